"""What it knows: the directory, the phrases of danger, when it happened and what closes when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CASES = ("happened_from", sa.BigInteger()), ("happened_until", sa.BigInteger()), ("danger", sa.Text())
OF_FEW = "role", "auto_hide", "moved_at", "blocked_at"
KINDS_BEFORE = "kind IN ('unclaimed', 'silent', 'after_closing', 'follow_up', 'retention')"
KINDS = "kind IN ('unclaimed', 'silent', 'after_closing', 'follow_up', 'retention', 'window')"


def upgrade() -> None:
    """Up."""
    with op.batch_alter_table("cases") as table:
        for name, kind in CASES:
            table.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("reminders") as table:
        table.drop_constraint(op.f("ck_reminders_kind"), type_="check")
        table.create_check_constraint(op.f("ck_reminders_kind"), KINDS)
    _make_services()
    _make_risk_phrases()
    op.create_table(
        "warnings",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person", "kind", name=op.f("pk_warnings")),
        comment="She was told that she may be in danger; the lawyer on duty is warned when due, unless she says not to.",
    )
    op.create_index("ix_warnings_due", "warnings", ["due"])
    _make_indexes()


def downgrade() -> None:
    """Down."""
    for column in OF_FEW:
        op.drop_index(f"ix_people_{column}", "people")
    for name in ("status", "claimed_at", "closed_at"):
        op.drop_index(f"ix_cases_{name}", "cases")
    op.create_index("ix_cases_status", "cases", ["status", "queued_at"])
    for table in ("warnings", "risk_phrases", "services"):
        op.drop_table(table)
    op.execute("DELETE FROM reminders WHERE kind = 'window'")
    with op.batch_alter_table("reminders") as table:
        table.drop_constraint(op.f("ck_reminders_kind"), type_="check")
        table.create_check_constraint(op.f("ck_reminders_kind"), KINDS_BEFORE)
    with op.batch_alter_table("cases") as table:
        for name, _ in CASES:
            table.drop_column(name)


def _make_services() -> None:
    texts = ("region", "city", "name_kk", "name_ru", "name_en", "name_ky")
    more = ("operator_type", "phone", "whatsapp", "website")
    op.create_table(
        "services",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in texts),
        sa.Column("kind", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in more),
        sa.Column("serves", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("free", sa.Text(), nullable=True),
        sa.Column("police_linked", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("notes", "source", "source_url")),
        sa.Column("source_year", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("call_first", sa.Integer(), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("police_linked IN ('yes', 'no', 'dispatch')", name=op.f("ck_services_police_linked")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        comment="The directory. A row with `changed_at` is the coordinators'; the seed never overwrites it.",
    )
    op.create_index("ix_services_country", "services", ["country", "region"])


def _make_risk_phrases() -> None:
    op.create_table(
        "risk_phrases",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("language", "kind", "level", "phrase")),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("level IN ('immediate', 'high')", name=op.f("ck_risk_phrases_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_phrases")),
        comment="Phrases that coordinators added to those of `content/risk/`, or switched off.",
    )
    op.create_index("uq_risk_phrases_language_phrase", "risk_phrases", ["language", "phrase"], unique=True)


def _make_indexes() -> None:
    """So that what is looked for again and again is found among a million cases as among a thousand."""
    op.drop_index("ix_cases_status", "cases")
    op.create_index("ix_cases_status", "cases", ["status", "closed_at"])
    op.create_index("ix_cases_claimed_at", "cases", ["claimed_at"])
    op.create_index("ix_cases_closed_at", "cases", ["closed_at"])
    for column in OF_FEW:
        few = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_people_{column}", "people", [column], sqlite_where=few, postgresql_where=few)
