"""The coordinator's numbers: how a case came and is coded, observers, more than one group, reports, broadcasts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('phone', 'outreach')"
TYPES = (
    "gbvims IN ('rape', 'sexual_assault', 'physical_assault', 'forced_marriage', 'denial_of_resources', "
    "'psychological_abuse', 'none')"
)
TEXTS = "channel", "entered_by", "gbvims", "violator", "violated", "circumstances"
ROLES_BEFORE, ROLES = "role IN ('lawyer', 'coordinator')", "role IN ('lawyer', 'coordinator', 'observer')"
REOPENED = sa.text("action = 'reopened'")
FITS = "languages", "regions", "categories"
NOTES_BEFORE = "kind IN ('note', 'closing', 'reopening', 'hand_over')"
NOTES = "kind IN ('note', 'closing', 'reopening', 'hand_over', 'reach', 'told')"
ONE_GROUP = "The operator group; one row."
GROUPS = "The operator groups, each with what it takes; nothing named is everything."


def upgrade() -> None:
    """Up."""
    with op.batch_alter_table("cases") as table:
        for name in TEXTS:
            table.add_column(sa.Column(name, sa.Text(), nullable=True))
        table.add_column(sa.Column("taken_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("told_elsewhere", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_check_constraint(op.f("ck_cases_channel"), CHANNELS)
        table.create_check_constraint(op.f("ck_cases_gbvims"), TYPES)
    with op.batch_alter_table("cases") as table:
        table.alter_column("told_elsewhere", server_default=None)
    op.execute(
        "UPDATE cases SET taken_at = coalesce((SELECT min(journal.at) FROM journal "
        "WHERE journal.case_code = cases.code AND journal.action = 'claimed'), claimed_at)"
    )
    op.drop_index("ix_cases_claimed_at", "cases")
    op.create_index("ix_cases_taken_at", "cases", ["taken_at"])
    op.create_index("ix_journal_reopened", "journal", ["at"], sqlite_where=REOPENED, postgresql_where=REOPENED)
    _change_roles(ROLES)
    _change_notes(NOTES)
    _add_what_groups_take()
    _create_tables()


def _change_roles(allowed: str) -> None:
    for name in ("people", "invitations"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_role"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_role"), allowed)


def _change_notes(allowed: str) -> None:
    with op.batch_alter_table("case_notes") as table:
        table.drop_constraint(op.f("ck_case_notes_kind"), type_="check")
        table.create_check_constraint(op.f("ck_case_notes_kind"), allowed)


def _add_what_groups_take() -> None:
    with op.batch_alter_table("groups") as table:
        for name in FITS:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("groups") as table:
        for name in FITS:
            table.alter_column(name, server_default=None)
    _say_of_groups(GROUPS)


def _say_of_groups(comment: str) -> None:
    if op.get_context().dialect.name == "postgresql":  # SQLite keeps no comments
        op.create_table_comment("groups", comment)


def _create_tables() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("what", "mode", "first_day", "last_day")),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("what IN ('chart', 'spreadsheet', 'table', 'document', 'log')", name=op.f("ck_orders_what")),
        sa.CheckConstraint("mode IN ('team', 'publication')", name=op.f("ck_orders_mode")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        comment="A chart or a file somebody asked for, until it is made; without a person it is for the operator group.",
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("person", "first_day", "last_day", "figures")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        comment="Every report that left the team, with what it showed: a later one must not give away what this one hid.",
    )
    op.create_index("ix_publications_first_day", "publications", ["first_day"])
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("to_role", sa.Text(), nullable=True),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("to_role IN ('lawyer', 'coordinator', 'observer')", name=op.f("ck_broadcasts_to_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        comment="A word of a coordinator to the whole team, or to one role; who got it stands in the outbox.",
    )


def downgrade() -> None:
    """Down."""
    for name in ("broadcasts", "publications", "orders"):
        op.drop_table(name)
    with op.batch_alter_table("groups") as table:
        for name in FITS:
            table.drop_column(name)
    _say_of_groups(ONE_GROUP)
    op.execute("UPDATE people SET role = NULL WHERE role = 'observer'")
    op.execute("DELETE FROM invitations WHERE role = 'observer'")
    _change_roles(ROLES_BEFORE)
    op.execute("UPDATE case_notes SET kind = 'note' WHERE kind IN ('reach', 'told')")
    _change_notes(NOTES_BEFORE)
    op.drop_index("ix_journal_reopened", "journal")
    op.drop_index("ix_cases_taken_at", "cases")
    op.create_index("ix_cases_claimed_at", "cases", ["claimed_at"])
    with op.batch_alter_table("cases") as table:
        for name in ("channel", "gbvims"):
            table.drop_constraint(op.f(f"ck_cases_{name}"), type_="check")
        for name in (*TEXTS, "taken_at", "told_elsewhere"):
            table.drop_column(name)
