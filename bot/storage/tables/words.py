"""What was said and written, and which message of which chat shows it."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Text

from bot.storage.tables.base import Moment, metadata

drafts = Table(
    "drafts",
    metadata,
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("sealed_answers", LargeBinary, nullable=False),
    Column("since", Moment, nullable=False),
    comment="An appeal she has not sent yet; sealed with her own key.",
)

draft_words = Table(
    "draft_words",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", Text, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("replaces", BigInteger),
    Index("ix_draft_words_person", "person", "message_id"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("replaces", BigInteger),
    CheckConstraint("author IN ('seeker', 'lawyer')", name="author"),
    Index("ix_entries_case_code", "case_code", "id"),
    comment="The conversation of a case; sealed with the case's key.",
)

shown = Table(
    "shown",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", Text, nullable=False),
    Column("case_code", Text),
    Index("ix_shown_slot", "slot"),
    comment="Which message of which chat shows what: for replies, edits and cards.",
    info={"newest_wins": True},
)

withheld = Table(
    "withheld",
    metadata,
    Column("entry", BigInteger, ForeignKey("entries.id"), primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("state", Text, nullable=False),
    CheckConstraint("state IN ('asked', 'allowed', 'dropped')", name="state"),
    Index("ix_withheld_case_code", "case_code"),
    comment="Entries that hold a number or a place: what the lawyer sees of them is her choice.",
)

chat_messages = Table(
    "chat_messages",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment),
    Column("case_code", Text),
    Index("ix_chat_messages_until", "until"),
    Index("ix_chat_messages_at", "at"),
    Index("ix_chat_messages_case_code", "case_code"),
    comment="What stands in a private chat, both directions, while Telegram still lets it be deleted.",
    info={"newest_wins": True},
)

topics = Table(
    "topics",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("case_code", Text, primary_key=True),
    Column("thread_id", BigInteger, nullable=False),
    comment="The topic of a private chat in which a case's conversation runs.",
    info={"newest_wins": True},
)
