"""What is to be said, what is due, what was done."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from bot.storage.tables.base import Moment, metadata

REOPENED = text("action = 'reopened'")
"""A week's few among the millions of rows of the journal; a query has to write it out to be helped by the index."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", Text, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("method", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("slot", Text),
    Column("replaceable", Boolean, nullable=False, default=False),
    Column("album", Text),
    Column("reply_slot", Text),
    Column("topic", Text),
    Column("lives", Integer),
    Column("sealed_file", LargeBinary),
    Column("case_code", Text),
    Column("attempts", Integer, nullable=False, default=0),
    Column("in_doubt", Boolean, nullable=False, default=False),
    Column("why", Text),
    Column("settled_at", Moment),
    CheckConstraint("state IN ('waiting', 'held', 'sending', 'sent', 'replaced', 'dead')", name="state"),
    Index("ix_outbox_state", "state", "chat", "lane", "id"),
    Index("ix_outbox_slot", "slot"),
    comment="What is to be said and was said. The words are wiped when they are sent.",
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("due", Moment, nullable=False),
    Column("stage", Integer, nullable=False, default=0),
    CheckConstraint(
        "kind IN ('unclaimed', 'silent', 'after_closing', 'follow_up', 'retention', 'window', "
        "'page', 'waiting', 'hand_over')",
        name="kind",
    ),
    Index("ix_reminders_due", "due"),
    Index("uq_reminders_case_kind", "case_code", "kind", unique=True),
)

journal = Table(
    "journal",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text),
    Column("role", Text),
    Column("action", Text, nullable=False),
    Column("case_code", Text),
    Column("link", LargeBinary),
    Index("ix_journal_case_code", "case_code"),
    Index("ix_journal_reopened", "at", sqlite_where=REOPENED, postgresql_where=REOPENED),
    comment="Who saw and did what, without content.",
)

seen_updates = Table(
    "seen_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("outcome", Text, nullable=False, default="done"),
    Column("why", Text),
    CheckConstraint("outcome IN ('done', 'refused', 'set_aside')", name="outcome"),
    Index("ix_seen_updates_at", "at"),
    comment="Updates whose effects stand; a repetition has none.",
)

set_aside = Table(
    "set_aside",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("owner", Text, nullable=False, default="hotline"),
    Column("sealed", LargeBinary, nullable=False),
    comment="Updates that could not be handled, whole and sealed: nothing is thrown away.",
)

hotline_state = Table(
    "hotline_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="Facts of the process itself: whether it stopped cleanly.",
)
