"""What goes first, and what a message looks like once its turn has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from bot.domain.ids import CaseCode
from bot.domain.triage import Urgency


class Lane(IntEnum):
    """What goes first. Within a chat and a lane, order is kept."""

    URGENT = 0
    CONVERSATION = 1
    IMMEDIATE_CARD = 2
    CARD = 3
    EDIT = 4
    DIGEST = 5
    LATER_CARD = 6
    """Cards of somebody who has sent many within an hour: behind everybody else's."""
    TO_TEAM = 7
    """What coordinators say to the whole team: nothing a help-seeker waits for waits behind it."""


@dataclass(frozen=True)
class Fingerprint:
    """The SHA-256 of a file, to be worked out when a message is sent: one of the two becomes its last line."""

    file_id: str
    found: str
    too_large: str


@dataclass(frozen=True)
class Due:
    """A message leased for sending. `rows` are the outbox rows it settles: several for an album.

    `mark`: what a possible repetition begins with.
    """

    rows: tuple[int, ...]
    chat: str
    method: str
    params: Mapping[str, Any]
    slot: str | None
    slot_message: int | None
    reply_message: int | None
    case: CaseCode | None
    lane: Lane
    attempts: int
    in_doubt: bool
    mark: str | None
    due_at: datetime
    album: tuple["Due", ...] = ()
    lives: timedelta | None = None
    """For how long it may stand in the chat; then it is deleted there."""
    topic: CaseCode | None = None
    """The case in whose topic it belongs, where the bot has topics."""
    holds: Urgency | None = None
    """It goes to the lawyer who holds the case, which is this urgent; None: to anybody else."""
    thread: int | None = None
    """The topic it is said in."""
    file: bytes | None = None
    """The bytes of a document that is sent for the first time."""
    fingerprint: Fingerprint | None = None
    """A file whose fingerprint stands in its last line."""

    @property
    def anew(self) -> bool:
        """True for the edit of a slot that shows nowhere: it is said as a new message."""
        return self.method.startswith("Edit") and self.params.get("message_id") == 0 and self.slot_message is None

    @property
    def is_group(self) -> bool:
        """True for a group: Telegram gives groups negative numbers."""
        return int(self.params.get("chat_id", 0)) < 0
