"""What the hotline knows of the world, as coordinators keep it."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, Table, Text

from bot.storage.tables.base import Moment, metadata

services = Table(
    "services",
    metadata,
    Column("id", Text, primary_key=True),
    Column("country", Text, nullable=False),
    Column("region", Text),
    Column("city", Text),
    Column("name_kk", Text),
    Column("name_ru", Text),
    Column("name_en", Text),
    Column("name_ky", Text),
    Column("kind", Text, nullable=False),
    Column("operator_type", Text),
    Column("phone", Text),
    Column("whatsapp", Text),
    Column("website", Text),
    Column("serves", Text, nullable=False, default=""),
    Column("hours", Text),
    Column("free", Text),
    Column("police_linked", Text, nullable=False),
    Column("notes", Text),
    Column("source", Text),
    Column("source_url", Text),
    Column("source_year", Integer),
    Column("confidence", Text),
    Column("shown", Boolean, nullable=False),
    Column("call_first", Integer, nullable=False),
    Column("verified_at", Moment),
    Column("changed_at", Moment),
    CheckConstraint("police_linked IN ('yes', 'no', 'dispatch')", name="police_linked"),
    Index("ix_services_country", "country", "region"),
    comment="The directory. A row with `changed_at` is the coordinators'; the seed never overwrites it.",
)

risk_phrases = Table(
    "risk_phrases",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("phrase", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    CheckConstraint("level IN ('immediate', 'high')", name="level"),
    Index("uq_risk_phrases_language_phrase", "language", "phrase", unique=True),
    comment="Phrases that coordinators added to those of `content/risk/`, or switched off.",
)

warnings = Table(
    "warnings",
    metadata,
    Column("person", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("told_at", Moment, nullable=False),
    Column("due", Moment),
    Index("ix_warnings_due", "due"),
    comment="She was told that she may be in danger; the lawyer on duty is warned when due, unless she says not to.",
)
