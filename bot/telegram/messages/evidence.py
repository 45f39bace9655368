"""A copy to be kept: the piece under a head with code, moment and side, and below it the fingerprint."""

from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.methods import SendMessage, TelegramMethod

from bot.domain.intake import Entry, Piece
from bot.domain.people import Person
from bot.i18n import Markup, label, text
from bot.telegram.messages.common import lines, message
from bot.telegram.messages.conversation import rebuilt


def copy(lawyer: Person, entry: Entry, piece: Piece, zone: ZoneInfo) -> list[TelegramMethod[Any]]:
    """The piece itself, which may be saved and passed on."""
    moment = entry.at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
    side = label(lawyer.language, f"evidence.side.{entry.author}")
    head = label(lawyer.language, "evidence.head", code=entry.case, moment=moment, side=side)
    return rebuilt(lawyer, piece, head, protected=False)


def below(lawyer: Person, entry: Entry, piece: Piece) -> SendMessage:
    """What was saved; the fingerprint of its words stands here, that of a file is worked out when it is sent."""
    language = lawyer.language
    digest = sha256(piece.text.encode(errors="surrogatepass")).hexdigest() if piece.text else None
    words = lines(
        text(language, "evidence.saved", code=entry.case),
        text(language, "evidence.sha256.text", sha256=digest) if digest else None,
    )
    return message(lawyer, words)


def file_lines(lawyer: Person) -> tuple[Markup, Markup]:
    """The line with a file's fingerprint, `{sha256}` still open, and the one for a file too large to be read."""
    found = text(lawyer.language, "evidence.sha256.file", sha256="{sha256}")
    return found, text(lawyer.language, "evidence.too_large")
