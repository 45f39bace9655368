"""What a button carries: at most 64 bytes, a prefix of its own, and nothing that is trusted. Services check again.

Source of the limit: Bot API, InlineKeyboardButton.callback_data (1-64 bytes).
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.consent import Purpose
from bot.domain.people import Grounds
from bot.domain.retention import Reason
from bot.telegram.agenda_buttons import AGENDA
from bot.telegram.choices import CallFrom as CallFrom
from bot.telegram.choices import Choice as Choice
from bot.telegram.choices import InDanger as InDanger
from bot.telegram.choices import Reply as Reply
from bot.telegram.choices import Wellbeing as Wellbeing
from bot.telegram.choices import Why as Why
from bot.telegram.coding_buttons import CODING
from bot.telegram.desk_buttons import CasePart, DeskLeaf
from bot.telegram.duty_buttons import OnDuty, RotaAdd, RotaDay, RotaDrop
from bot.telegram.enter_buttons import ALL as ENTER_BUTTONS
from bot.telegram.fit_buttons import LawyerStep, LeaveFor, Suits
from bot.telegram.group_buttons import ALL as GROUP_BUTTONS
from bot.telegram.her_buttons import ComplaintDoes, Wish
from bot.telegram.jots import Jot as Jot
from bot.telegram.jots import JotAct as JotAct
from bot.telegram.reading import Read, Shelf
from bot.telegram.referral_buttons import MyReferral, ReferralLetter, ReferralOf, ReferTarget, ReferTo
from bot.telegram.reply_buttons import ALL as REPLY_BUTTONS
from bot.telegram.report_buttons import REPORT_BUTTONS
from bot.telegram.risk_buttons import RiskAdd, RiskList, RiskSwitch
from bot.telegram.service_buttons import Near, NearWhere, ServiceDoes, ServiceField, ServiceList
from bot.telegram.team_buttons import TEAM
from bot.telegram.week_buttons import WeekTable
from bot.telegram.work_buttons import HandTo, Offer, WorkOn, Wrote

EntryId = Annotated[int, Field(ge=0, lt=2**63)]
"""A number that a database can look for; a forged one that can't be is no button at all."""


class Place(StrEnum):
    """Where a button of the help-seeker leads."""

    HOME = "home"
    HERE = "here"
    SHOW = "show"
    NOTICE = "notice"
    LANGUAGE = "language"
    NEW = "new"
    BACK = "back"
    CHANGE = "change"
    TALK = "talk"
    SEND = "send"
    DISCARD = "discard"
    DISCARD_NOW = "discard_now"
    CASES = "cases"
    DANGER = "danger"
    HIDE = "hide"
    AGAIN = "again"
    KINDS = "kinds"
    HELD = "held"
    CRISIS = "crisis"
    DUTY = "duty"
    UNWARN = "unwarn"
    DATA = "data"
    HIDING = "hiding"
    NOTEBOOK = "notebook"
    CODE = "code"
    CONSENTS = "consents"
    EXPORT = "export"
    FILES = "files"
    ERASE = "erase"
    CODE_NEW = "code_new"
    CODE_SHOW = "code_show"
    CODE_KEPT = "code_kept"
    CODE_NONE = "code_none"
    ENTER_CODE = "enter_code"
    ERASE_WHEN = "erase_when"
    ERASE_LATER = "erase_later"
    ERASE_NOW = "erase_now"
    WORD = "word"
    NOTEBOOK_OFF = "notebook_off"
    SERVICES = "services"
    SHARING = "sharing"


class Act(StrEnum):
    """What a button of a case does."""

    MORE = "more"
    CLAIM = "claim"
    NOT_ME = "notme"
    OPEN = "open"
    RELEASE = "release"
    CLOSE = "close"
    SEND = "send"
    SAVE = "save"
    THAW = "thaw"
    REPLIES = "reply"
    REFER = "refer"
    NOTE = "note"
    STATUS = "status"
    HAND_OVER = "hand"
    WHY = "why"
    REOPEN = "reopen"
    REMIND = "remind"
    DEADLINE = "deadline"
    CODE = "code"


class Speak(CallbackData, prefix="lang"):
    """A language for the person who taps."""

    to: str


class Go(CallbackData, prefix="go"):
    """To another screen."""

    to: Place


class Answer(CallbackData, prefix="a"):
    """An answer of the questionnaire."""

    question: str
    option: str


class Change(CallbackData, prefix="ch"):
    """Ask this question again."""

    question: str


class Page(CallbackData, prefix="p"):
    """Another page of a long list of options."""

    question: str
    page: int


class CaseAct(CallbackData, prefix="c"):
    """Something done with a case."""

    act: Act
    code: str


class CloseAs(CallbackData, prefix="o"):
    """Close a case with this outcome."""

    code: str
    outcome: str


class AfterClosing(CallbackData, prefix="x"):
    """What becomes of words written after closing."""

    code: str
    choice: Choice


class MyCase(CallbackData, prefix="m"):
    """A help-seeker goes on with this case."""

    code: str


class Agree(CallbackData, prefix="k"):
    """Her yes or no to one purpose in one appeal."""

    purpose: Purpose
    given: bool
    code: str


class ConsentsOf(CallbackData, prefix="ks"):
    """What she agrees to in this appeal."""

    code: str


class Noticed(CallbackData, prefix="nt"):
    """What she does with a neutral line. `code`: the closed appeal it asks about; none: her lawyer's words wait."""

    choice: Reply
    code: str = ""


class HowSheIs(CallbackData, prefix="h"):
    """Her answer to *how are you*."""

    code: str
    answer: Wellbeing


class WeekOf(CallbackData, prefix="w"):
    """The counts of this week."""

    year: int
    number: int


class GroupSpeaks(CallbackData, prefix="g"):
    """This group becomes the operator group, in this language."""

    to: str


class Withhold(CallbackData, prefix="n"):
    """Her choice about what was withheld in her words, up to this entry: let the lawyer see it or not."""

    entry: EntryId
    let: bool


class Unmask(CallbackData, prefix="u"):
    """A lawyer wants to see what is masked in this entry; without a reason he is asked for one."""

    entry: EntryId
    why: Why | None = None


class Block(CallbackData, prefix="b"):
    """Take nothing more from whoever wrote this case, on these grounds; `sure` at the second tap."""

    code: str
    grounds: Grounds
    sure: bool = False


class Unblock(CallbackData, prefix="ub"):
    """Take again what this person writes; `id` is nobody's account."""

    id: str


class Keep(CallbackData, prefix="kp"):
    """An ended case is kept longer; without a reason the reasons are shown."""

    code: str
    reason: Reason | None = None


class KeepMine(CallbackData, prefix="km"):
    """She keeps an ended appeal of hers longer."""

    code: str


class HideBy(CallbackData, prefix="hb"):
    """When the chat is hidden by itself: a value of AutoHide, or `off`."""

    choice: str


class JournalPage(CallbackData, prefix="jp"):
    """Another page of a case's journal."""

    code: str
    page: int


ALL: tuple[type[CallbackData], ...] = (
    Speak, Go, Answer, Change, Page, CaseAct, CloseAs, AfterClosing, MyCase, Agree, ConsentsOf,
    Noticed, HowSheIs, WeekOf, WeekTable, *TEAM, GroupSpeaks, Withhold, Unmask,
    Block, Unblock, Keep, KeepMine, HideBy, JournalPage, Jot,
    InDanger, CallFrom, Shelf, Read, Near, NearWhere, ServiceDoes, ServiceList, ServiceField,
    *REPLY_BUTTONS, RiskList, RiskSwitch, RiskAdd, *AGENDA, WorkOn, Wrote, HandTo, Offer,
    Suits, LawyerStep, LeaveFor,
    ReferTo, ReferTarget, ReferralOf, ReferralLetter, MyReferral,
    OnDuty, RotaDay, RotaAdd, RotaDrop, Wish, ComplaintDoes,
    DeskLeaf, CasePart, *CODING, *ENTER_BUTTONS, *GROUP_BUTTONS, *REPORT_BUTTONS,
)  # fmt: skip

PUT_OFF = tuple(f"{Noticed.__prefix__}{Noticed.__separator__}{choice}" for choice in (Reply.LATER, Reply.NOT_ME))
"""How taps begin that keep closed what waits for her: whoever taps them may not be her."""
