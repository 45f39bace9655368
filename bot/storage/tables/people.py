"""Who writes: keys, people, the group, and the links onto the team."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, LargeBinary, Table, Text

from bot.storage.tables.base import Moment, metadata, of_few

keys = Table(
    "keys",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    comment="One data key a case and a person, wrapped by the master key. To destroy it is to erase what it sealed.",
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("lookup", Text, nullable=False, unique=True),
    Column("sealed_account", LargeBinary, nullable=False),
    Column("language", Text),
    Column("role", Text),
    Column("sealed_working_name", LargeBinary),
    Column("started", Boolean, nullable=False, default=False),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("held", Boolean, nullable=False, default=False),
    Column("current_case", Text),
    Column("since", Moment, nullable=False),
    Column("seen_at", Moment),
    Column("hidden", Boolean, nullable=False, default=False),
    Column("auto_hide", Text),
    Column("disguise", Text),
    Column("word_hash", LargeBinary),
    Column("return_lookup", Text, unique=True),
    Column("return_code", Text),
    Column("awaiting", Text),
    Column("awaiting_since", Moment),
    Column("frozen", Boolean, nullable=False, default=False),
    Column("told_files", Boolean, nullable=False, default=False),
    Column("blocked_at", Moment),
    Column("moved_at", Moment),
    Column("erase_at", Moment),
    CheckConstraint("language IN ('kk', 'ru', 'en', 'ky')", name="language"),
    CheckConstraint("role IN ('lawyer', 'coordinator', 'observer')", name="role"),
    CheckConstraint("auto_hide IN ('hour', 'day', 'before_48h')", name="auto_hide"),
    CheckConstraint("disguise IN ('chosen', 'on', 'shown')", name="disguise"),
    CheckConstraint("return_code IN ('shown', 'kept', 'refused')", name="return_code"),
    Index("ix_people_erase_at", "erase_at"),
    *(of_few("people", column) for column in ("role", "auto_hide", "moved_at", "blocked_at")),
)

code_tries = Table(
    "code_tries",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_code_tries_at", "at"),
    comment="Return codes that opened nothing, for an hour.",
)

notes = Table(
    "notes",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_notes_person", "person", "id"),
    comment="What she wrote into the notebook; sealed with her own key.",
)

groups = Table(
    "groups",
    metadata,
    Column("id", Text, primary_key=True),
    Column("lookup", Text, nullable=False, unique=True),
    Column("sealed_chat", LargeBinary, nullable=False),
    Column("language", Text),
    Column("since", Moment, nullable=False),
    Column("languages", Text, nullable=False, default=""),
    Column("regions", Text, nullable=False, default=""),
    Column("categories", Text, nullable=False, default=""),
    comment="The operator groups, each with what it takes; nothing named is everything.",
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_lookup", Text, unique=True),
    Column("role", Text, nullable=False),
    Column("made_by", Text),
    Column("sealed_name", LargeBinary),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    CheckConstraint("role IN ('lawyer', 'coordinator', 'observer')", name="role"),
    comment="One-time links. Without a token: the coordinator is being asked for the working name.",
)
