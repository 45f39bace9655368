"""What it knows: the directory, the phrases of danger, when it happened and what closes when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CASES = ("happened_from", sa.BigInteger()), ("happened_until", sa.BigInteger()), ("danger", sa.Text())
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
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_warnings")),
        comment="The lawyer on duty is warned then that she may be in danger, unless she says not to.",
    )
    op.create_index("ix_warnings_due", "warnings", ["due"])


def downgrade() -> None:
    """Down."""
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
