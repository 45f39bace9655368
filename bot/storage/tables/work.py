"""The lawyers' work on a case: what they write down, hand over, refer and plan; whom they suit, when they are there."""

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
)

from bot.storage.tables.base import Moment, metadata

case_notes = Table(
    "case_notes",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    CheckConstraint("kind IN ('note', 'closing', 'reopening', 'hand_over', 'reach', 'told')", name="kind"),
    Index("ix_case_notes_case_code", "case_code", "id"),
    comment="What the team writes down of a case, and never says to her; sealed with the case's key.",
)

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("case_code", Text, ForeignKey("cases.code"), primary_key=True),
    Column("from_person", Text, nullable=False),
    Column("to_person", Text),
    Column("at", Moment, nullable=False),
    Column("note", BigInteger, ForeignKey("case_notes.id"), nullable=False),
    Index("ix_hand_overs_to_person", "to_person"),
    comment="Offered to a colleague, or to whoever takes it; the case moves when its note is accepted.",
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("target", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("lawyer", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("sent_at", Moment),
    Column("settled_at", Moment),
    Column("due", Moment),
    Column("stage", Integer, nullable=False, default=0),
    CheckConstraint(
        "state IN ('asked', 'declined', 'agreed', 'sent', 'accepted', 'refused', 'no_answer', 'done', 'withdrawn')",
        name="state",
    ),
    Index("ix_referrals_case_code", "case_code", "id"),
    Index("ix_referrals_due", "due"),
    Index("ix_referrals_at", "at"),
    comment="To an organisation of the directory (`service:ID`) or a state body (`body:ID`), each with her own yes.",
)

agenda = Table(
    "agenda",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("lawyer", Text, nullable=False),
    Column("due", Moment, nullable=False),
    Column("deadline", Text),
    Column("runs_out", Moment),
    Column("sealed", LargeBinary),
    Column("told_at", Moment),
    CheckConstraint("(deadline IS NULL) = (runs_out IS NULL)", name="deadline"),
    Index("ix_agenda_due", "due"),
    Index("ix_agenda_case_code", "case_code", "due"),
    comment="What a lawyer wants to be reminded of, and the legal deadlines of `content/`; gone when it is done.",
)

complaints = Table(
    "complaints",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("taken_by", Text),
    Column("due", Moment),
    Column("settled_at", Moment),
    Index("ix_complaints_case_code", "case_code"),
    Index("ix_complaints_due", "due"),
    comment="What she tells the coordinators of how her case is worked on; no lawyer sees it.",
)

profiles = Table(
    "profiles",
    metadata,
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("languages", Text, nullable=False, default=""),
    Column("regions", Text, nullable=False, default=""),
    Column("categories", Text, nullable=False, default=""),
    Column("woman", Boolean, nullable=False, default=False),
    Column("duty", Text),
    Column("duty_until", Moment),
    Column("away_since", Moment),
    Column("away_until", Moment),
    CheckConstraint("duty IN ('on', 'off')", name="duty"),
    comment="Whom a lawyer suits, and whether he is on duty or away; an empty list means everything.",
)

rota = Table(
    "rota",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", Text, ForeignKey("people.id"), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("from_hour", Integer, nullable=False),
    Column("until_hour", Integer, nullable=False),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    CheckConstraint("from_hour BETWEEN 0 AND 23 AND until_hour BETWEEN 1 AND 24", name="hours"),
    Index("ix_rota_person", "person"),
    comment="Who is on duty when, every week anew, by the organisation's clock; until an earlier hour is the next day.",
)

replies = Table(
    "replies",
    metadata,
    Column("key", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("words", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    CheckConstraint("language IN ('kk', 'ru', 'en', 'ky')", name="language"),
    comment="Canned replies that coordinators changed, added or switched off, beside those of `content/replies/`.",
)
