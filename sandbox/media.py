"""Files and what a message says about them: people's and the bot's uploads, found again by `file_id`."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.rules import PHOTO_MAX, UPLOAD_MAX, Refused, bad

FILE_KINDS: dict[str, dict[str, Any]] = {
    "photo": {"width": 1280, "height": 960},
    "voice": {"duration": 4, "mime_type": "audio/ogg"},
    "video": {"width": 1280, "height": 720, "duration": 12, "mime_type": "video/mp4"},
    "video_note": {"length": 384, "duration": 8},
    "audio": {"duration": 180, "mime_type": "audio/mpeg", "title": "Audio"},
    "animation": {"width": 480, "height": 270, "duration": 3, "mime_type": "video/mp4"},
    "document": {"file_name": "document.pdf", "mime_type": "application/pdf"},
    "sticker": {
        "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "🙂",
    },
}  # fmt: skip
WITH_CAPTION = frozenset({"photo", "voice", "video", "audio", "animation", "document"})
OTHER_KINDS: dict[str, dict[str, Any]] = {
    "contact": {"phone_number": "+77010000000", "first_name": "Contact"},
    "location": {"latitude": 43.238949, "longitude": 76.889709},
    "dice": {"emoji": "🎲", "value": 4},
}
_SMALL = ":small"  # a photo comes in several sizes, each with a file_id of its own


class Upload(bytes):
    """Bytes that know the name of the file they came in."""

    filename: str

    def __new__(cls, data: bytes, filename: str) -> "Upload":
        made = super().__new__(cls, data)
        made.filename = filename
        return made


@dataclass(frozen=True)
class StoredFile:
    """A file at Telegram. `fields` is what the Bot API tells about it besides its ids."""

    file_id: str
    unique_id: str
    kind: str
    data: bytes
    fields: Mapping[str, Any]

    def content(self) -> Any:
        """The value a message carries under `kind`."""
        ids = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        whole = {**ids, **self.fields, "file_size": len(self.data)}
        if self.kind != "photo":
            return whole
        small = {
            "file_id": self.file_id + _SMALL,
            "file_unique_id": self.unique_id + "s",
            "width": max(1, self.fields["width"] // 4),
            "height": max(1, self.fields["height"] // 4),
            "file_size": max(1, len(self.data) // 4),
        }
        return [small, whole]


class Files:
    """All files of this Telegram, by `file_id`."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def __len__(self) -> int:
        return len(self._files)

    def add(self, kind: str, data: bytes | None = None, file_id: str | None = None, **fields: Any) -> StoredFile:
        """Store a new file; a `file_id` that is known already gives the file it names."""
        if file_id is not None and file_id in self._files:
            return self._files[file_id]
        file_id = file_id or f"{kind}-{secrets.token_urlsafe(18)}"
        content = f"sandbox {kind}".encode() if data is None else data
        stored = StoredFile(
            file_id, secrets.token_urlsafe(9), kind, content, {**FILE_KINDS[kind], **fields}
        )  # fmt: skip
        self._files[file_id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """Find a file; 400 if Telegram never gave out this `file_id`."""
        stored = self._files.get(file_id.removesuffix(_SMALL))
        if stored is None:
            bad("wrong file identifier/HTTP URL specified")
        return stored

    def given(self, kind: str, value: Any, uploads: Mapping[str, bytes], **fields: Any) -> StoredFile:
        """Take what the bot sends as `kind`: an upload (`attach://name`) or a `file_id` of the same kind."""
        value = str(value)
        if value.startswith(("http://", "https://")):
            bad("the sandbox opens no URL; failed to get HTTP URL content")
        if not value.startswith("attach://"):
            stored = self.get(value)
            if stored.kind != kind:
                bad(f"can't use file of type {stored.kind} as {kind}")
            return stored
        data = uploads.get(value.removeprefix("attach://"))
        if data is None:
            bad("wrong file identifier/HTTP URL specified")
        if not data:
            bad("file must be non-empty")
        if len(data) > UPLOAD_MAX:
            raise Refused(413, "Request Entity Too Large")
        if kind == "photo" and len(data) > PHOTO_MAX:
            bad("file is too big for a photo")
        return self.add(kind, data, **fields)
