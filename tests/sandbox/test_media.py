"""Files: what people send, what the bot uploads, and what it sends again by file_id."""

from typing import Any

import pytest
from aiogram.types import Update

from sandbox.media import FILE_KINDS, Upload
from sandbox.rules import DOWNLOAD_MAX, PHOTO_MAX
from sandbox.telegram import Account, Telegram
from tests.sandbox.conftest import Ask, Refusal

KINDS = [*FILE_KINDS, "contact", "location", "poll", "dice", "venue", "story"]
METHODS = {
    "photo": "sendPhoto", "voice": "sendVoice", "video": "sendVideo", "video_note": "sendVideoNote",
    "audio": "sendAudio", "animation": "sendAnimation", "document": "sendDocument", "sticker": "sendSticker",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_reaches_the_bot(kind: str, seeker: Account, updates: Any) -> None:
    sent = seeker.sends(kind)
    assert sent.kind == kind
    raw = (await updates())[-1]
    update = Update.model_validate(raw)
    assert update.message is not None
    assert update.message.content_type == kind


@pytest.mark.parametrize("kind", sorted(METHODS))
async def test_a_file_goes_on_by_its_id(kind: str, seeker: Account, lawyer: Account, ask: Ask) -> None:
    lawyer.start()
    file_id = seeker.sends(kind, file_id=f"canary-{kind}").file_id
    assert file_id == f"canary-{kind}"
    await ask(METHODS[kind], chat_id=lawyer.id, **{kind: file_id})
    assert (lawyer.last.kind, lawyer.last.file_id) == (kind, file_id)


async def test_a_wrong_file_id(seeker: Account, refusal: Refusal) -> None:
    code, text = await refusal("sendPhoto", chat_id=seeker.id, photo="AgACnonsense")
    assert (code, "wrong file identifier" in text) == (400, True)
    voice = seeker.sends("voice").file_id
    code, text = await refusal("sendPhoto", chat_id=seeker.id, photo=voice)
    assert (code, text) == (400, "Bad Request: can't use file of type voice as photo")
    assert (await refusal("sendPhoto", chat_id=seeker.id, photo="https://a.kz/b.png"))[0] == 400
    assert (await refusal("sendPhoto", chat_id=seeker.id, photo="attach://nothing"))[0] == 400
    assert (await refusal("sendPhoto", chat_id=seeker.id))[0] == 400


async def test_an_upload_gets_an_id_that_can_be_used_again(seeker: Account, ask: Ask) -> None:
    files = {"x": Upload(b"report", "report.csv")}
    sent = await ask("sendDocument", chat_id=seeker.id, document="attach://x", files=files)
    assert sent["document"]["file_name"] == "report.csv"
    await ask("sendDocument", chat_id=seeker.id, document=sent["document"]["file_id"])
    assert seeker.last.file_id == sent["document"]["file_id"]


async def test_uploads_have_limits(seeker: Account, refusal: Refusal) -> None:
    assert (await refusal("sendPhoto", chat_id=seeker.id, files={"photo": b""}))[0] == 400
    assert (await refusal("sendPhoto", chat_id=seeker.id, files={"photo": bytes(PHOTO_MAX + 1)}))[0] == 400


async def test_downloads(telegram: Telegram, seeker: Account, ask: Ask, refusal: Refusal) -> None:
    voice = seeker.sends("voice", data=b"ogg")
    found = await ask("getFile", file_id=voice.file_id)
    assert found["file_size"] == 3
    assert telegram.files.get(found["file_path"].rsplit("/", 1)[-1]).data == b"ogg"
    film = seeker.sends("video", data=bytes(DOWNLOAD_MAX + 1))
    assert await refusal("getFile", file_id=film.file_id) == (400, "Bad Request: file is too big")


async def test_view_once_never_reaches_a_bot(seeker: Account, updates: Any, refusal: Refusal) -> None:
    await updates()
    message = seeker.sends("photo", view_once=True)
    assert await updates() == []
    assert message in seeker.messages
    code, _ = await refusal("copyMessage", chat_id=seeker.id, from_chat_id=seeker.id, message_id=message.message_id)
    assert code == 400


async def test_each_part_of_an_album_is_its_own_update(seeker: Account, updates: Any) -> None:
    await updates()
    for number in range(3):
        seeker.sends("photo", album="evidence", caption="look" if number == 0 else None)
    parts = [update["message"] for update in await updates()]
    assert [part["media_group_id"] for part in parts] == ["evidence"] * 3
    assert [part.get("caption") for part in parts] == ["look", None, None]


def items(*kinds: str) -> list[dict[str, Any]]:
    return [{"type": kind, "media": f"attach://{kind}"} for kind in kinds]


UPLOADS = dict.fromkeys(FILE_KINDS, b"x")


@pytest.mark.parametrize(
    "kinds", [("photo", "video"), ("document",) * 10, ("audio", "audio")], ids=["pictures", "documents", "audio"]
)
async def test_albums_telegram_takes(kinds: tuple[str, ...], seeker: Account, ask: Ask) -> None:
    sent = await ask("sendMediaGroup", chat_id=seeker.id, media=items(*kinds), files=UPLOADS)
    assert len({part["media_group_id"] for part in sent}) == 1
    assert [message.kind for message in seeker.messages[1:]] == list(kinds)


@pytest.mark.parametrize(
    "kinds", [("photo",), ("photo",) * 11, ("photo", "document"), ("audio", "video"), ("audio", "document")]
)
async def test_albums_telegram_refuses(kinds: tuple[str, ...], seeker: Account, refusal: Refusal) -> None:
    code, _ = await refusal("sendMediaGroup", chat_id=seeker.id, media=items(*kinds), files=UPLOADS)
    assert code == 400
    assert len(seeker.messages) == 1


async def test_an_album_with_one_bad_part_sends_none(seeker: Account, refusal: Refusal) -> None:
    media = [*items("photo"), {"type": "photo", "media": "nonsense"}]
    assert (await refusal("sendMediaGroup", chat_id=seeker.id, media=media, files=UPLOADS))[0] == 400
    assert len(seeker.messages) == 1


async def test_the_small_kinds(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    await ask("sendContact", chat_id=seeker.id, phone_number="+7701", first_name="Centre")
    await ask("sendVenue", chat_id=seeker.id, latitude=43.2, longitude=76.9, title="Centre", address="Abay 1")
    await ask("sendLocation", chat_id=seeker.id, latitude="43.2", longitude="76.9")
    kinds = [message.kind for message in seeker.messages[1:]]
    assert kinds == ["contact", "venue", "location"]
    code, _ = await refusal("sendLocation", chat_id=seeker.id, latitude=143, longitude=76.9)
    assert code == 400


async def test_chat_actions(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    await ask("sendChatAction", chat_id=seeker.id, action="typing")
    assert (await refusal("sendChatAction", chat_id=seeker.id, action="singing"))[0] == 400
