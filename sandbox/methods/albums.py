"""sendMediaGroup: 2-10 photos and videos, or documents, or audio files, as one album."""

import secrets
from typing import Any

from sandbox.arguments import Arguments
from sandbox.message import Raw
from sandbox.methods.place import caption_content, find_place, publish
from sandbox.methods.registry import Uploads, method
from sandbox.methods.sending import file_content, upload_fields
from sandbox.rules import ALBUM_MAX, ALBUM_MIN, bad, not_here
from sandbox.world import World


@method("sendMediaGroup")
def send_media_group(world: World, args: Arguments, uploads: Uploads) -> list[Raw]:
    """Send an album whole or not at all."""
    place = find_place(world, args)
    media: list[dict[str, Any]] = args["media"]
    if not ALBUM_MIN <= len(media) <= ALBUM_MAX:
        bad(f"an album must include {ALBUM_MIN}-{ALBUM_MAX} items")
    kinds = {item["type"] for item in media}
    for alone in ("document", "audio"):
        if alone in kinds and len(kinds) > 1:
            bad(f"{alone} can't be mixed with other media types")
    if kinds - {"photo", "video", "document", "audio"}:
        not_here(f"albums of {', '.join(sorted(kinds))}")
    captions = [caption_content(world, item) for item in media]
    world.pace_check(place.chat)
    contents = [_content(world, item, uploads) for item in media]
    world.spend(place.chat, messages=len(media))
    album = str(secrets.randbits(60))
    return [
        publish(world, place, {**content, **caption, "media_group_id": album}).payload()
        for content, caption in zip(contents, captions, strict=True)
    ]


def _content(world: World, item: dict[str, Any], uploads: Uploads) -> Raw:
    value = str(item["media"])
    fields = upload_fields(item["type"], value.removeprefix("attach://"), item, uploads)
    return file_content(world.files.given(item["type"], value, uploads, **fields), item)
