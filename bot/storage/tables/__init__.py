"""Every table of the hotline. What anybody said or is called stands only in columns named `sealed` or `wrapped`.

Moments are whole microseconds since 1970 in UTC, so that both databases compare them alike.
A chat or an account is found by its keyed hash (`lookup`, HMAC-SHA-256); the number itself is sealed.
"""

from bot.storage.tables.base import EPOCH, Moment, metadata
from bot.storage.tables.cases import cases, conflicts, consents
from bot.storage.tables.knowledge import risk_phrases, services, warnings
from bot.storage.tables.numbers import broadcasts, orders, publications
from bot.storage.tables.people import code_tries, groups, invitations, keys, notes, people
from bot.storage.tables.running import hotline_state, journal, outbox, reminders, seen_updates, set_aside
from bot.storage.tables.words import chat_messages, draft_words, drafts, entries, shown, topics, withheld
from bot.storage.tables.work import agenda, case_notes, complaints, hand_overs, profiles, referrals, replies, rota

__all__ = [
    "EPOCH", "Moment", "agenda", "broadcasts", "case_notes", "cases", "chat_messages", "code_tries", "complaints",
    "conflicts", "consents", "draft_words", "drafts", "entries", "groups", "hand_overs", "hotline_state", "invitations",
    "journal", "keys", "metadata", "notes", "orders", "outbox", "people", "profiles", "publications", "referrals",
    "reminders", "replies", "risk_phrases", "rota", "seen_updates", "services", "set_aside", "shown", "topics",
    "warnings", "withheld",
]  # fmt: skip
