"""The journal's words: what somebody saw or did. Each has a text of its own for whoever reads the journal."""

from enum import StrEnum


class Action(StrEnum):
    """What is noted. The value stands in the database for good, so it is never changed."""

    SUBMITTED = "submitted"
    QUEUED = "queued"
    OPENED = "opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    TAKEN_BACK = "taken back"
    LAWYER_UNREACHABLE = "lawyer unreachable"
    CLOSED = "closed"
    REOPENED = "reopened"
    DANGER = "danger"
    CONFLICT = "conflict"
    CONSENT_GIVEN = "consent given"
    CONSENT_TAKEN_BACK = "consent taken back"
    FOLLOWED_UP = "followed up"
    NOT_HER = "somebody else at the phone"
    EXPORTED = "exported"
    READ_JOURNAL = "read the journal"
    INVITED_LAWYER = "invited a lawyer"
    INVITED_COORDINATOR = "invited a coordinator"
    JOINED_LAWYER = "joined as lawyer"
    JOINED_COORDINATOR = "joined as coordinator"
    REMOVED_LAWYER = "removed a lawyer"
    REMOVED_COORDINATOR = "removed a coordinator"
    LAWYER_LEFT = "lawyer left the team"
    CHOSE_GROUP = "chose the operator group"
