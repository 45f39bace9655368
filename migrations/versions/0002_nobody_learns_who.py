"""Nobody learns who: hiding, the notebook, the return code, erasing, consents by purpose, a journal that is chained."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PEOPLE = (
    ("hidden", sa.Boolean(), False),
    ("auto_hide", sa.Text(), None),
    ("disguise", sa.Text(), None),
    ("word_hash", sa.LargeBinary(), None),
    ("return_lookup", sa.Text(), None),
    ("return_code", sa.Text(), None),
    ("awaiting", sa.Text(), None),
    ("awaiting_since", sa.BigInteger(), None),
    ("frozen", sa.Boolean(), False),
    ("told_files", sa.Boolean(), False),
    ("blocked_at", sa.BigInteger(), None),
    ("moved_at", sa.BigInteger(), None),
    ("erase_at", sa.BigInteger(), None),
)
PEOPLE_RULES = {
    "auto_hide": "auto_hide IN ('hour', 'day', 'before_48h')",
    "disguise": "disguise IN ('chosen', 'on', 'shown')",
    "return_code": "return_code IN ('shown', 'kept', 'refused')",
}
CASES = (
    ("consent_evidence", sa.Boolean(), False),
    ("shut_until", sa.BigInteger(), None),
    ("hold", sa.Text(), None),
    ("hold_until", sa.BigInteger(), None),
    ("keep_until", sa.BigInteger(), None),
    ("told_at", sa.BigInteger(), None),
)
CASES_RULES_BEFORE = {
    "urgency": "urgency IN ('immediate', 'high', 'normal', 'low')",
    "status": "status IN ('submitted', 'queued', 'claimed', 'closed')",
}
CASES_RULES = {
    "urgency": "urgency IN ('immediate', 'high', 'normal', 'low') OR (status = 'erased' AND urgency = '')",
    "status": "status IN ('submitted', 'queued', 'claimed', 'closed', 'shut', 'erased')",
    "hold": "hold IN ('court', 'referral', 'deadline')",
    "seeker": "seeker IS NOT NULL OR status = 'erased'",
    "shut": "status <> 'shut' OR shut_until IS NOT NULL",
    "erased": "status <> 'erased' OR (seeker IS NULL AND lawyer IS NULL AND language IS NULL)",
}
OUTCOMES = "outcome IN ('done', 'refused', 'set_aside')"
KINDS_BEFORE = "kind IN ('unclaimed', 'silent', 'after_closing')"
KINDS = "kind IN ('unclaimed', 'silent', 'after_closing', 'follow_up', 'retention')"


def upgrade() -> None:
    """Up."""
    _add("people", PEOPLE)
    with op.batch_alter_table("people") as table:
        for name, rule in PEOPLE_RULES.items():
            table.create_check_constraint(op.f(f"ck_people_{name}"), rule)
        table.create_unique_constraint(op.f("uq_people_return_lookup"), ["return_lookup"])
        table.create_index("ix_people_erase_at", ["erase_at"])
    _add("cases", CASES)
    with op.batch_alter_table("cases") as table:
        table.alter_column("seeker", existing_type=sa.Text(), nullable=True)
        for name in CASES_RULES_BEFORE:
            table.drop_constraint(op.f(f"ck_cases_{name}"), type_="check")
        for name, rule in CASES_RULES.items():
            table.create_check_constraint(op.f(f"ck_cases_{name}"), rule)
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("topic", sa.Text(), nullable=True))
        table.add_column(sa.Column("lives", sa.Integer(), nullable=True))
        table.add_column(sa.Column("sealed_file", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("reminders") as table:
        table.drop_constraint(op.f("ck_reminders_kind"), type_="check")
        table.create_check_constraint(op.f("ck_reminders_kind"), KINDS)
    with op.batch_alter_table("journal") as table:
        table.add_column(sa.Column("role", sa.Text(), nullable=True))
        table.add_column(sa.Column("link", sa.LargeBinary(), nullable=True))
    _forget_who_wrote()
    _add("set_aside", (("owner", sa.Text(), "hotline"),))
    _add("seen_updates", (("outcome", sa.Text(), "done"), ("why", sa.Text(), None)))
    with op.batch_alter_table("seen_updates") as table:
        table.create_check_constraint(op.f("ck_seen_updates_outcome"), OUTCOMES)
        table.create_index("ix_seen_updates_at", ["at"])
    _make_tables()


def downgrade() -> None:
    """Down: what the earlier shape can't say becomes what it can, or goes."""
    for table in ("topics", "chat_messages", "withheld", "consents", "notes", "code_tries"):
        op.drop_table(table)
    with op.batch_alter_table("seen_updates") as table:
        table.drop_index("ix_seen_updates_at")
        table.drop_constraint(op.f("ck_seen_updates_outcome"), type_="check")
        table.drop_column("why")
        table.drop_column("outcome")
    with op.batch_alter_table("set_aside") as table:
        table.drop_column("owner")
    with op.batch_alter_table("journal") as table:
        table.drop_column("link")
        table.drop_column("role")
    op.execute("DELETE FROM reminders WHERE kind IN ('follow_up', 'retention')")
    with op.batch_alter_table("reminders") as table:
        table.drop_constraint(op.f("ck_reminders_kind"), type_="check")
        table.create_check_constraint(op.f("ck_reminders_kind"), KINDS_BEFORE)
    with op.batch_alter_table("outbox") as table:
        for name in ("sealed_file", "lives", "topic"):
            table.drop_column(name)
    op.execute("DELETE FROM cases WHERE status = 'erased'")
    op.execute(
        "UPDATE cases SET status = 'submitted', lawyer = NULL, queued_at = NULL, claimed_at = NULL, closed_at = NULL, "
        "outcome = NULL WHERE status = 'shut'"
    )
    with op.batch_alter_table("cases") as table:
        for name in CASES_RULES:
            table.drop_constraint(op.f(f"ck_cases_{name}"), type_="check")
        for name, rule in CASES_RULES_BEFORE.items():
            table.create_check_constraint(op.f(f"ck_cases_{name}"), rule)
        table.alter_column("seeker", existing_type=sa.Text(), nullable=False)
        for name, _, _ in CASES:
            table.drop_column(name)
    with op.batch_alter_table("people") as table:
        table.drop_index("ix_people_erase_at")
        table.drop_constraint(op.f("uq_people_return_lookup"), type_="unique")
        for name in PEOPLE_RULES:
            table.drop_constraint(op.f(f"ck_people_{name}"), type_="check")
        for name, _, _ in PEOPLE:
            table.drop_column(name)


def _add(name: str, columns: tuple[tuple[str, sa.types.TypeEngine[object], object], ...]) -> None:
    """New columns; where one can't be empty the rows that are there get its default, and later ones say it."""
    with op.batch_alter_table(name) as table:
        for column, kind, value in columns:
            default = sa.false() if value is False else None if value is None else sa.text(f"'{value}'")
            table.add_column(sa.Column(column, kind, nullable=value is None, server_default=default))
    with op.batch_alter_table(name) as table:
        for column, kind, value in columns:
            if value is not None:
                table.alter_column(column, existing_type=kind, existing_nullable=False, server_default=None)


def _forget_who_wrote() -> None:
    """The journal names roles; of the help-seekers not even the random id."""
    op.execute("UPDATE journal SET role = (SELECT role FROM people WHERE people.id = journal.actor)")
    op.execute("UPDATE journal SET role = 'seeker', actor = NULL WHERE actor IS NOT NULL AND role IS NULL")


def _make_tables() -> None:
    op.create_table(
        "code_tries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_tries")),
        comment="Return codes that opened nothing, for an hour.",
    )
    op.create_index("ix_code_tries_at", "code_tries", ["at"])
    op.create_table(
        "notes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        comment="What she wrote into the notebook; sealed with her own key.",
    )
    op.create_index("ix_notes_person", "notes", ["person", "id"])
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('share', 'statistics', 'follow_up', 'evidence')", name=op.f("ck_consents_purpose")
        ),
        sa.ForeignKeyConstraint(["case_code"], ["cases.code"], name=op.f("fk_consents_case_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        comment="Every yes and no of hers, with the version of the text she read.",
    )
    op.create_index("ix_consents_case_code", "consents", ["case_code", "id"])
    op.create_table(
        "withheld",
        sa.Column("entry", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'allowed', 'dropped')", name=op.f("ck_withheld_state")),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name=op.f("fk_withheld_entry")),
        sa.ForeignKeyConstraint(["case_code"], ["cases.code"], name=op.f("fk_withheld_case_code")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_withheld")),
        comment="Entries that hold a number or a place: what the lawyer sees of them is her choice.",
    )
    op.create_index("ix_withheld_case_code", "withheld", ["case_code"])
    op.create_table(
        "chat_messages",
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("case_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("chat", "message_id", name=op.f("pk_chat_messages")),
        comment="What stands in a private chat, both directions, while Telegram still lets it be deleted.",
    )
    for column in ("until", "at", "case_code"):
        op.create_index(f"ix_chat_messages_{column}", "chat_messages", [column])
    op.create_table(
        "topics",
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "case_code", name=op.f("pk_topics")),
        comment="The topic of a private chat in which a case's conversation runs.",
    )
