"""The canned replies of `content/replies/`: a file each, named by its key, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.reply import CannedReply

REPLIES = Path(__file__).resolve().parent.parent / "content" / "replies"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def written_replies(folder: Path = REPLIES) -> tuple[CannedReply, ...]:
    """Every reply of the files, in the order they ask for."""
    read = [(path.stem, yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)) for path in folder.glob("*.yaml")]
    return tuple(_reply(key, data) for key, data in sorted(read, key=lambda each: each[1]["order"]))


def _reply(key: str, data: dict[str, Any]) -> CannedReply:
    return CannedReply(key, words=data["words"], titles=data["title"])
