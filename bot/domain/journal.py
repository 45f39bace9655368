"""The journal's words: what somebody saw or did. Each has a text of its own for whoever reads the journal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import PersonId
from bot.domain.people import Role


class Action(StrEnum):
    """What is noted. The value stands in the database for good, so it is never changed."""

    SUBMITTED = "submitted"
    ENTERED = "entered for her"
    QUEUED = "queued"
    OPENED = "opened"
    READ_WORDS = "read the conversation"
    CLAIMED = "claimed"
    RELEASED = "released"
    TAKEN_BACK = "taken back"
    LAWYER_UNREACHABLE = "lawyer unreachable"
    CLOSED = "closed"
    REOPENED = "reopened"
    NOTED = "wrote a note"
    STATUS = "said whose turn it is"
    CODED = "coded for the numbers"
    OFFERED = "offered to a colleague"
    OFFERED_TO_QUEUE = "offered to whoever takes it"
    HANDED_OVER = "handed over"
    OFFER_ENDED = "offered no more"
    OFFER_DECLINED = "declined an offer"
    DANGER = "danger"
    RISK_SEEN = "danger seen in her words"
    WINDOW = "a window may close"
    PAGED = "called people in private"
    DUTY_ON = "on duty"
    DUTY_OFF = "off duty"
    ROTA_ADDED = "added a shift"
    ROTA_REMOVED = "removed a shift"
    MOVED = "reached from another account"
    CONFLICT = "conflict"
    CONSENT_GIVEN = "consent given"
    CONSENT_TAKEN_BACK = "consent taken back"
    FOLLOWED_UP = "followed up"
    NOT_HER = "somebody else at the phone"
    THAWED = "her again at the phone"
    EXPORTED = "exported"
    LET_SEE = "let the lawyer see"
    LEFT_HIDDEN = "left hidden"
    UNMASKED_CALL = "unmasked: call"
    UNMASKED_DOCUMENT = "unmasked: document"
    UNMASKED_SAFETY = "unmasked: safety"
    SAVED = "saved as evidence"
    SHUT = "shut by her"
    OPENED_AGAIN = "taken back from erasing"
    ERASED = "erased"
    REFERRAL_ASKED = "asked about a referral"
    REFERRAL_AGREED = "agreed to a referral"
    REFERRAL_DECLINED = "declined a referral"
    REFERRAL_LETTER = "made a referral letter"
    REFERRAL_SENT = "sent a referral"
    REFERRAL_ACCEPTED = "referral accepted"
    REFERRAL_REFUSED = "referral refused"
    REFERRAL_NO_ANSWER = "referral without an answer"
    REFERRAL_DONE = "referral done"
    REFERRAL_STOP = "asked to stop a referral"
    REFERRAL_WITHDRAWN = "referral withdrawn"
    KEPT_COURT = "kept for a court"
    KEPT_REFERRAL = "kept for a referral"
    KEPT_DEADLINE = "kept for a deadline"
    KEPT_WISH = "kept by her wish"
    KEPT_NO_MORE = "kept no more"
    READ_JOURNAL = "read the journal"
    INVITED_LAWYER = "invited a lawyer"
    INVITED_COORDINATOR = "invited a coordinator"
    INVITED_OBSERVER = "invited an observer"
    JOINED_LAWYER = "joined as lawyer"
    JOINED_COORDINATOR = "joined as coordinator"
    JOINED_OBSERVER = "joined as observer"
    REMOVED_LAWYER = "removed a lawyer"
    REMOVED_COORDINATOR = "removed a coordinator"
    REMOVED_OBSERVER = "removed an observer"
    RENAMED = "gave another working name"
    MADE_LAWYER = "made somebody a lawyer"
    MADE_COORDINATOR = "made somebody a coordinator"
    MADE_OBSERVER = "made somebody an observer"
    BROADCAST = "wrote to the team"
    WITHDREW_LINK = "withdrew a link"
    PROFILE_CHANGED = "changed a profile"
    WENT_AWAY = "went away"
    CAME_BACK = "came back"
    PAUSED = "paused while its lawyer is away"
    PUT_BACK = "put back by a coordinator"
    LAWYER_LEFT = "lawyer left the team"
    BLOCKED_THREATS = "blocked for threats"
    BLOCKED_ADVERTISING = "blocked for advertising"
    BLOCKED_FLOOD = "blocked for a flood"
    UNBLOCKED = "unblocked"
    CHOSE_GROUP = "chose the operator group"
    GROUP_CHANGED = "changed what an operator group is for"
    GROUP_STOPPED = "stopped using an operator group"
    GROUP_LOST = "an operator group was lost"
    PHRASE_ADDED = "risk phrase added"
    PHRASE_OFF = "risk phrase switched off"
    PHRASE_ON = "risk phrase switched on"
    REPLY_ADDED = "canned reply added"
    REPLY_CHANGED = "canned reply changed"
    REPLY_OFF = "canned reply switched off"
    REPLY_ON = "canned reply switched on"
    RESTORED = "put back from a back-up"
    SERVICE_CHECKED = "checked a service"
    SERVICE_CHANGED = "changed a service"
    SERVICE_HIDDEN = "hid a service"
    SERVICE_ADDED = "added a service"
    DIRECTORY_TAKEN = "took the directory in"
    DIRECTORY_GIVEN = "gave the directory out"
    WISHED_ANOTHER = "wished another lawyer"
    WISHED_WOMAN = "wished a woman"
    WISHED_ANYBODY = "wished a woman no more"
    ORDERED_CHART = "asked for a chart"
    ORDERED_DOCUMENT = "asked for a document"
    ORDERED_SPREADSHEET = "asked for a spreadsheet"
    ORDERED_TABLE = "asked for a table"
    ORDERED_LOG = "asked for the case log"
    ORDERED_TEAM_DOCUMENT = "asked for a document for the team"
    ORDERED_TEAM_SPREADSHEET = "asked for a spreadsheet for the team"
    ORDERED_TEAM_TABLE = "asked for a table for the team"
    ORDERED_TEAM_LOG = "asked for the case log for the team"
    COMPLAINED = "told the coordinators"
    COMPLAINT_READ = "read what the coordinators were told"
    COMPLAINT_TAKEN = "took what the coordinators were told"
    COMPLAINT_ANSWERED = "answered what the coordinators were told"
    COMPLAINT_SETTLED = "settled what the coordinators were told"
    PUBLISHED = "was given numbers for publication"


HANDS_ON = (Action.CLAIMED, Action.HANDED_OVER, Action.RELEASED, Action.CLOSED)
"""Whoever did this with a case had it in his hands."""

BEHIND_HIS_BACK = frozenset({
    Action.WISHED_ANOTHER, Action.COMPLAINED, Action.COMPLAINT_READ, Action.COMPLAINT_TAKEN, Action.COMPLAINT_ANSWERED,
    Action.COMPLAINT_SETTLED,
})  # fmt: skip
"""What no lawyer sees, nor a coordinator who has ever had this case in his hands: she must be able to speak freely."""


@dataclass(frozen=True)
class Note:
    """One row of the journal: when, what, and who by role (`seeker` for a help-seeker, None for the hotline itself)."""

    at: datetime
    action: Action | None
    role: Role | str | None
    actor: PersonId | None


EVENTS = (
    Action.SUBMITTED, Action.QUEUED, Action.CLAIMED, Action.RELEASED, Action.TAKEN_BACK, Action.LAWYER_UNREACHABLE,
    Action.LAWYER_LEFT, Action.CLOSED, Action.REOPENED, Action.DANGER, Action.RISK_SEEN, Action.WINDOW, Action.MOVED,
    Action.CONSENT_GIVEN, Action.CONSENT_TAKEN_BACK, Action.FOLLOWED_UP, Action.NOT_HER, Action.THAWED, Action.LET_SEE,
    Action.LEFT_HIDDEN, Action.UNMASKED_CALL, Action.UNMASKED_DOCUMENT, Action.UNMASKED_SAFETY, Action.SAVED,
    Action.OPENED_AGAIN, Action.KEPT_COURT, Action.KEPT_REFERRAL, Action.KEPT_DEADLINE, Action.KEPT_WISH,
    Action.KEPT_NO_MORE, Action.PAGED, Action.REFERRAL_ASKED, Action.REFERRAL_AGREED, Action.REFERRAL_DECLINED,
    Action.REFERRAL_LETTER, Action.REFERRAL_SENT, Action.REFERRAL_ACCEPTED, Action.REFERRAL_REFUSED,
    Action.REFERRAL_NO_ANSWER, Action.REFERRAL_DONE, Action.REFERRAL_STOP, Action.REFERRAL_WITHDRAWN, Action.NOTED,
    Action.STATUS, Action.OFFERED, Action.OFFERED_TO_QUEUE, Action.OFFER_ENDED, Action.OFFER_DECLINED,
    Action.HANDED_OVER, Action.PUT_BACK, Action.PAUSED,
)  # fmt: skip
"""What a lawyer is told of a case's life. Not who looked at it or is in conflict, and nothing she said of him."""
