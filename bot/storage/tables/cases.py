"""Cases, and who may not see them."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from bot.storage.tables.base import Moment, metadata

cases = Table(
    "cases",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, nullable=False, default=0),
    Column("status", Text, nullable=False),
    Column("seeker", Text),
    Column("submitted_at", Moment, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("subcategory", Text),
    Column("language", Text),
    Column("country", Text),
    Column("region", Text),
    Column("for_whom", Text),
    Column("safe_to_contact", Text),
    Column("age", Text),
    Column("happened", Text),
    Column("happened_from", Moment),
    Column("happened_until", Moment),
    Column("danger", Text),
    Column("officials", Text),
    Column("contact", Text),
    Column("hours", Text),
    Column("consent_share", Boolean, nullable=False, default=False),
    Column("consent_statistics", Boolean, nullable=False, default=False),
    Column("consent_follow_up", Boolean, nullable=False, default=False),
    Column("consent_evidence", Boolean, nullable=False, default=False),
    Column("queued_at", Moment),
    Column("lawyer", Text),
    Column("claimed_at", Moment),
    Column("closed_at", Moment),
    Column("outcome", Text),
    Column("shut_until", Moment),
    Column("hold", Text),
    Column("hold_until", Moment),
    Column("keep_until", Moment),
    Column("told_at", Moment),
    Column("work", Text),
    Column("her_turn_at", Moment),
    Column("prefers_woman", Boolean, nullable=False, default=False),
    Column("channel", Text),
    Column("entered_by", Text),
    Column("gbvims", Text),
    Column("violator", Text),
    Column("violated", Text),
    Column("circumstances", Text),
    Column("taken_at", Moment),
    Column("told_elsewhere", Boolean, nullable=False, default=False),
    CheckConstraint("channel IN ('phone', 'outreach')", name="channel"),
    CheckConstraint(
        "gbvims IN ('rape', 'sexual_assault', 'physical_assault', 'forced_marriage', 'denial_of_resources', "
        "'psychological_abuse', 'none')",
        name="gbvims",
    ),
    CheckConstraint(
        "urgency IN ('immediate', 'high', 'normal', 'low') OR (status = 'erased' AND urgency = '')", name="urgency"
    ),
    CheckConstraint("status IN ('submitted', 'queued', 'claimed', 'closed', 'shut', 'erased')", name="status"),
    CheckConstraint(
        "work IN ('working', 'waiting_for_her', 'waiting_for_authority', 'in_court')",
        name="work",
    ),
    CheckConstraint("hold IN ('court', 'referral', 'deadline')", name="hold"),
    CheckConstraint("seeker IS NOT NULL OR status = 'erased'", name="seeker"),
    CheckConstraint("status <> 'shut' OR shut_until IS NOT NULL", name="shut"),
    CheckConstraint("status <> 'erased' OR (seeker IS NULL AND lawyer IS NULL AND language IS NULL)", name="erased"),
    CheckConstraint(
        "status <> 'submitted' OR (queued_at IS NULL AND lawyer IS NULL AND claimed_at IS NULL "
        "AND closed_at IS NULL AND outcome IS NULL)",
        name="submitted",
    ),
    CheckConstraint(
        "status <> 'queued' OR (queued_at IS NOT NULL AND lawyer IS NULL AND claimed_at IS NULL "
        "AND closed_at IS NULL AND outcome IS NULL)",
        name="queued",
    ),
    CheckConstraint(
        "status <> 'claimed' OR (lawyer IS NOT NULL AND claimed_at IS NOT NULL "
        "AND closed_at IS NULL AND outcome IS NULL)",
        name="claimed",
    ),
    CheckConstraint(
        "status <> 'closed' OR (lawyer IS NOT NULL AND closed_at IS NOT NULL AND outcome IS NOT NULL)",
        name="closed",
    ),
    Index("ix_cases_seeker", "seeker", "submitted_at"),
    Index("ix_cases_lawyer", "lawyer", "status"),
    Index("ix_cases_submitted_at", "submitted_at"),
    Index("ix_cases_status", "status", "closed_at"),
    Index("ix_cases_taken_at", "taken_at"),
    Index("ix_cases_closed_at", "closed_at"),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("case_code", Text, ForeignKey("cases.code"), primary_key=True),
    Column("person", Text, primary_key=True),
    comment="`Not me`: this lawyer never sees this case again.",
)

consents = Table(
    "consents",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("purpose IN ('share', 'statistics', 'follow_up', 'evidence')", name="purpose"),
    Index("ix_consents_case_code", "case_code", "id"),
    comment="Every yes and no of hers, with the version of the text she read.",
)
