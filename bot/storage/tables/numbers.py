"""What leaves the team as numbers, what of it is still to be made, and what is said to all of the team."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, LargeBinary, Table, Text

from bot.storage.tables.base import Moment, metadata

orders = Table(
    "orders",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("person", Text),
    Column("what", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("language", Text),
    Column("tried", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    CheckConstraint("what IN ('chart', 'spreadsheet', 'table', 'document', 'log')", name="what"),
    CheckConstraint("mode IN ('team', 'publication')", name="mode"),
    comment="A chart or a file somebody asked for, until it is made; without a person it is for the operator group.",
)

publications = Table(
    "publications",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Index("ix_publications_first_day", "first_day"),
    comment="Every report that left the team, with what it showed: a later one must not give away what this one hid.",
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Column("to_role", Text),
    Column("recipients", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    CheckConstraint("to_role IN ('lawyer', 'coordinator', 'observer')", name="to_role"),
    comment="A word of a coordinator to the whole team, or to one role; who got it stands in the outbox.",
)
