"""The beginning: people, cases, conversations, the outbox and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "cases",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("seeker", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("subcategory", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("for_whom", sa.Text(), nullable=True),
        sa.Column("safe_to_contact", sa.Text(), nullable=True),
        sa.Column("age", sa.Text(), nullable=True),
        sa.Column("happened", sa.Text(), nullable=True),
        sa.Column("officials", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("consent_share", sa.Boolean(), nullable=False),
        sa.Column("consent_statistics", sa.Boolean(), nullable=False),
        sa.Column("consent_follow_up", sa.Boolean(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=True),
        sa.Column("lawyer", sa.Text(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status <> 'claimed' OR (lawyer IS NOT NULL AND claimed_at IS NOT NULL AND closed_at IS NULL AND outcome IS NULL)",
            name=op.f("ck_cases_claimed"),
        ),
        sa.CheckConstraint(
            "status <> 'closed' OR (lawyer IS NOT NULL AND closed_at IS NOT NULL AND outcome IS NOT NULL)",
            name=op.f("ck_cases_closed"),
        ),
        sa.CheckConstraint(
            "status <> 'queued' OR (queued_at IS NOT NULL AND lawyer IS NULL AND claimed_at IS NULL AND closed_at IS NULL AND outcome IS NULL)",
            name=op.f("ck_cases_queued"),
        ),
        sa.CheckConstraint(
            "status <> 'submitted' OR (queued_at IS NULL AND lawyer IS NULL AND claimed_at IS NULL AND closed_at IS NULL AND outcome IS NULL)",
            name=op.f("ck_cases_submitted"),
        ),
        sa.CheckConstraint("status IN ('submitted', 'queued', 'claimed', 'closed')", name=op.f("ck_cases_status")),
        sa.CheckConstraint("urgency IN ('immediate', 'high', 'normal', 'low')", name=op.f("ck_cases_urgency")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_cases")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("ix_cases_lawyer", ["lawyer", "status"], unique=False)
        batch_op.create_index("ix_cases_seeker", ["seeker", "submitted_at"], unique=False)
        batch_op.create_index("ix_cases_status", ["status", "queued_at"], unique=False)
        batch_op.create_index("ix_cases_submitted_at", ["submitted_at"], unique=False)

    op.create_table(
        "draft_words",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_words")),
    )
    with op.batch_alter_table("draft_words", schema=None) as batch_op:
        batch_op.create_index("ix_draft_words_person", ["person", "message_id"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.Column("sealed_chat", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("lookup", name=op.f("uq_groups_lookup")),
        comment="The operator group; one row.",
    )
    op.create_table(
        "hotline_state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hotline_state")),
        comment="Facts of the process itself: whether it stopped cleanly.",
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_lookup", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("role IN ('lawyer', 'coordinator')", name=op.f("ck_invitations_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_lookup", name=op.f("uq_invitations_token_lookup")),
        comment="One-time links. Without a token: the coordinator is being asked for the working name.",
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("case_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        comment="Who saw and did what, without content.",
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_case_code", ["case_code"], unique=False)

    op.create_table(
        "keys",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_keys")),
        comment="One data key a case and a person, wrapped by the master key. To destroy it is to erase what it sealed.",
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("replaceable", sa.Boolean(), nullable=False),
        sa.Column("album", sa.Text(), nullable=True),
        sa.Column("reply_slot", sa.Text(), nullable=True),
        sa.Column("case_code", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("in_doubt", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'held', 'sending', 'sent', 'replaced', 'dead')", name=op.f("ck_outbox_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        comment="What is to be said and was said. The words are wiped when they are sent.",
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_slot", ["slot"], unique=False)
        batch_op.create_index("ix_outbox_state", ["state", "chat", "lane", "id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.Column("sealed_account", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("sealed_working_name", sa.LargeBinary(), nullable=True),
        sa.Column("started", sa.Boolean(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("current_case", sa.Text(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en', 'ky')", name=op.f("ck_people_language")),
        sa.CheckConstraint("role IN ('lawyer', 'coordinator')", name=op.f("ck_people_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("lookup", name=op.f("uq_people_lookup")),
    )
    op.create_table(
        "seen_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_seen_updates")),
        comment="Updates whose effects stand; a repetition has none.",
    )
    op.create_table(
        "set_aside",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_set_aside")),
        comment="Updates that could not be handled, whole and sealed: nothing is thrown away.",
    )
    op.create_table(
        "shown",
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("case_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("chat", "message_id", name=op.f("pk_shown")),
        comment="Which message of which chat shows what: for replies, edits and cards.",
    )
    with op.batch_alter_table("shown", schema=None) as batch_op:
        batch_op.create_index("ix_shown_slot", ["slot"], unique=False)

    op.create_table(
        "conflicts",
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_code"], ["cases.code"], name=op.f("fk_conflicts_case_code")),
        sa.PrimaryKeyConstraint("case_code", "person", name=op.f("pk_conflicts")),
        comment="`Not me`: this lawyer never sees this case again.",
    )
    op.create_table(
        "drafts",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_drafts_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_drafts")),
        comment="An appeal she has not sent yet; sealed with her own key.",
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("author IN ('seeker', 'lawyer')", name=op.f("ck_entries_author")),
        sa.ForeignKeyConstraint(["case_code"], ["cases.code"], name=op.f("fk_entries_case_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        comment="The conversation of a case; sealed with the case's key.",
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index("ix_entries_case_code", ["case_code", "id"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('unclaimed', 'silent', 'after_closing')", name=op.f("ck_reminders_kind")),
        sa.ForeignKeyConstraint(["case_code"], ["cases.code"], name=op.f("fk_reminders_case_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index("ix_reminders_due", ["due"], unique=False)
        batch_op.create_index("uq_reminders_case_kind", ["case_code", "kind"], unique=True)


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index("uq_reminders_case_kind")
        batch_op.drop_index("ix_reminders_due")

    op.drop_table("reminders")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index("ix_entries_case_code")

    op.drop_table("entries")
    op.drop_table("drafts")
    op.drop_table("conflicts")
    with op.batch_alter_table("shown", schema=None) as batch_op:
        batch_op.drop_index("ix_shown_slot")

    op.drop_table("shown")
    op.drop_table("set_aside")
    op.drop_table("seen_updates")
    op.drop_table("people")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_state")
        batch_op.drop_index("ix_outbox_slot")

    op.drop_table("outbox")
    op.drop_table("keys")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_case_code")

    op.drop_table("journal")
    op.drop_table("invitations")
    op.drop_table("hotline_state")
    op.drop_table("groups")
    with op.batch_alter_table("draft_words", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_words_person")

    op.drop_table("draft_words")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_submitted_at")
        batch_op.drop_index("ix_cases_status")
        batch_op.drop_index("ix_cases_seeker")
        batch_op.drop_index("ix_cases_lawyer")

    op.drop_table("cases")
