"""The lawyer's desk: notes, hand-overs, referrals, the agenda, complaints, profiles, the rota and canned replies."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS_BEFORE = "kind IN ('unclaimed', 'silent', 'after_closing', 'follow_up', 'retention', 'window')"
KINDS = KINDS_BEFORE.removesuffix(")") + ", 'page', 'waiting', 'hand_over')"
WORK = "work IN ('working', 'waiting_for_her', 'waiting_for_authority', 'in_court')"
STATES = "state IN ('asked', 'declined', 'agreed', 'sent', 'accepted', 'refused', 'no_answer', 'done', 'withdrawn')"
TABLES = "replies", "rota", "profiles", "complaints", "agenda", "referrals", "hand_overs", "case_notes"


def upgrade() -> None:
    """Up."""
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("work", sa.Text(), nullable=True))
        table.add_column(sa.Column("her_turn_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("prefers_woman", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_check_constraint(op.f("ck_cases_work"), WORK)
    with op.batch_alter_table("cases") as table:
        table.alter_column("prefers_woman", server_default=None)
    with op.batch_alter_table("reminders") as table:
        table.drop_constraint(op.f("ck_reminders_kind"), type_="check")
        table.create_check_constraint(op.f("ck_reminders_kind"), KINDS)
    _make_notes()
    _make_referrals()
    _make_agenda()
    _make_complaints()
    _make_profiles()
    _make_replies()


def downgrade() -> None:
    """Down."""
    for name in TABLES:
        op.drop_table(name)
    op.execute("DELETE FROM reminders WHERE kind IN ('page', 'waiting', 'hand_over')")
    with op.batch_alter_table("reminders") as table:
        table.drop_constraint(op.f("ck_reminders_kind"), type_="check")
        table.create_check_constraint(op.f("ck_reminders_kind"), KINDS_BEFORE)
    with op.batch_alter_table("cases") as table:
        table.drop_constraint(op.f("ck_cases_work"), type_="check")
        table.drop_column("prefers_woman")
        table.drop_column("her_turn_at")
        table.drop_column("work")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False)


def _case() -> sa.Column[str]:
    return sa.Column("case_code", sa.Text(), nullable=False)


def _of_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_code"], ["cases.code"], name=op.f(f"fk_{table}_case_code"))


def _make_notes() -> None:
    op.create_table(
        "case_notes",
        _id(),
        _case(),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('note', 'closing', 'reopening', 'hand_over')", name=op.f("ck_case_notes_kind")),
        _of_case("case_notes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
        comment="What the team writes down of a case, and never says to her; sealed with the case's key.",
    )
    op.create_index("ix_case_notes_case_code", "case_notes", ["case_code", "id"])
    op.create_table(
        "hand_overs",
        _case(),
        sa.Column("from_person", sa.Text(), nullable=False),
        sa.Column("to_person", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.BigInteger(), nullable=False),
        _of_case("hand_overs"),
        sa.ForeignKeyConstraint(["note"], ["case_notes.id"], name=op.f("fk_hand_overs_note")),
        sa.PrimaryKeyConstraint("case_code", name=op.f("pk_hand_overs")),
        comment="Offered to a colleague, or to whoever takes it; the case moves when its note is accepted.",
    )
    op.create_index("ix_hand_overs_to_person", "hand_overs", ["to_person"])


def _make_referrals() -> None:
    op.create_table(
        "referrals",
        _id(),
        _case(),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("target", "state", "lawyer")),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("agreed_at", "sent_at", "settled_at", "due")),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_referrals_state")),
        _of_case("referrals"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        comment="To an organisation of the directory (`service:ID`) or a state body (`body:ID`), each with her own yes.",
    )
    op.create_index("ix_referrals_case_code", "referrals", ["case_code", "id"])
    op.create_index("ix_referrals_due", "referrals", ["due"])
    op.create_index("ix_referrals_at", "referrals", ["at"])


def _make_agenda() -> None:
    op.create_table(
        "agenda",
        _id(),
        _case(),
        sa.Column("lawyer", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.Text(), nullable=True),
        sa.Column("runs_out", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(deadline IS NULL) = (runs_out IS NULL)", name=op.f("ck_agenda_deadline")),
        _of_case("agenda"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda")),
        comment="What a lawyer wants to be reminded of, and the legal deadlines of `content/`; gone when it is done.",
    )
    op.create_index("ix_agenda_due", "agenda", ["due"])
    op.create_index("ix_agenda_case_code", "agenda", ["case_code", "due"])


def _make_complaints() -> None:
    op.create_table(
        "complaints",
        _id(),
        _case(),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        _of_case("complaints"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        comment="What she tells the coordinators of how her case is worked on; no lawyer sees it.",
    )
    op.create_index("ix_complaints_case_code", "complaints", ["case_code"])
    op.create_index("ix_complaints_due", "complaints", ["due"])


def _make_profiles() -> None:
    op.create_table(
        "profiles",
        sa.Column("person", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("languages", "regions", "categories")),
        sa.Column("woman", sa.Boolean(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("duty_until", "away_since", "away_until")),
        sa.CheckConstraint("duty IN ('on', 'off')", name=op.f("ck_profiles_duty")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_profiles_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_profiles")),
        comment="Whom a lawyer suits, and whether he is on duty or away; an empty list means everything.",
    )
    op.create_table(
        "rota",
        _id(),
        sa.Column("person", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("weekday", "from_hour", "until_hour")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_rota_weekday")),
        sa.CheckConstraint("from_hour BETWEEN 0 AND 23 AND until_hour BETWEEN 1 AND 24", name=op.f("ck_rota_hours")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_rota_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota")),
        comment="Who is on duty when, every week anew, by the organisation's clock; until an earlier hour is the next day.",
    )
    op.create_index("ix_rota_person", "rota", ["person"])


def _make_replies() -> None:
    op.create_table(
        "replies",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "language", "words")),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en', 'ky')", name=op.f("ck_replies_language")),
        sa.PrimaryKeyConstraint("key", "language", name=op.f("pk_replies")),
        comment="Canned replies that coordinators changed, added or switched off, beside those of `content/replies/`.",
    )
