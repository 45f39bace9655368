"""Buttons: at most 64 bytes for the longest values there are, a prefix of its own each, and a door behind every one.

Source of the limit: Bot API, InlineKeyboardButton.callback_data (1-64 bytes).
"""

import ast
import string
from collections.abc import Iterator
from itertools import product

import pytest
from aiogram.filters.callback_data import CallbackData

from bot import articles, content
from bot.domain import entering
from bot.domain.case import Outcome, Work
from bot.domain.case_notes import NoteKind
from bot.domain.coding import Circumstance, CodingPart, Gbvims, Violator
from bot.domain.consent import Purpose
from bot.domain.danger import DangerKind
from bot.domain.desk import Pile
from bot.domain.duty import OnFor
from bot.domain.ids import CODE_LETTERS, new_case_code
from bot.domain.order import What
from bot.domain.people import AutoHide, Grounds, Role
from bot.domain.profile import Leave
from bot.domain.questionnaire import QUESTIONS, SKIPPED
from bot.domain.referral import Need, ReferralStep, TargetKind
from bot.domain.report import Mode
from bot.domain.retention import Reason
from bot.domain.stretch import Stretch
from bot.i18n import LANGUAGES
from bot.replies import written_replies
from bot.services import phrasing
from bot.settings import COUNTRIES
from bot.telegram import callbacks
from bot.telegram.agenda_buttons import PlannedAct
from bot.telegram.callbacks import ALL, Act, Choice, Place
from bot.telegram.desk_buttons import Part
from bot.telegram.enter_buttons import EnterAct, EnterAnswer
from bot.telegram.fit_buttons import CasesThen, Step, SuitsPart
from bot.telegram.group_buttons import GroupsPart
from bot.telegram.her_buttons import ComplaintAct, Wished
from bot.telegram.messages import checking, weeks
from bot.telegram.service_buttons import ServiceAct
from bot.telegram.team_buttons import AllAct, BroadcastAct, MemberAct
from bot.telegram.work_buttons import OfferAct, WroteAct
from tests.house.source import calls, sources

MOST = 64
CODE = new_case_code(lambda below: below - 1)
PAGES = tuple(range(12))


def _options() -> Iterator[tuple[str, str]]:
    """Every question with everything that may be answered to it, skipping included."""
    about = content.taxonomy(COUNTRIES)
    given: list[dict[str, str]] = [{}]
    given += [{"country": country} for country in COUNTRIES]
    given += [{"category": category.code} for category in about.categories]
    for question in QUESTIONS:
        for answers in given:
            yield from ((question.key, option) for option in (*question.options(about, answers), SKIPPED))


def _carried(kind: type[CallbackData]) -> Iterator[CallbackData]:
    """Every value a button of this class may carry."""
    values: dict[str, tuple[object, ...]] = {
        "DeadlineOf.of": tuple(each.code for each in content.deadlines(COUNTRIES)),
        "of": ("", *(each.code for each in content.deadlines(COUNTRIES))),
        "ReportFor.of": (None, *Stretch),
        "first": ("20000101", "20991231"),
        "last": ("20000101", "20991231"),
        "what": tuple(What),
        "mode": tuple(Mode),
        "ReportOf.language": LANGUAGES,
        "make": (False, True),
        "happened": (False, True),
        "days": (1, 7),
        "month": (200002, 299912),
        "PlanDay.day": (0, 1, 28),
        "PlanHour.day": (20000101, 29991231),
        "hour": (0, 23),
        "minutes": (0, 10**8 - 1),
        "PlannedDoes.id": (0, 2**63 - 1),
        "PlannedDoes.act": tuple(PlannedAct),
        "Speak.to": LANGUAGES,
        "GroupSpeaks.to": LANGUAGES,
        "question": tuple(question.key for question in QUESTIONS),
        "page": PAGES,
        "her": ("a" * 16,),
        "EnterDoes.act": tuple(EnterAct),
        "EnterDoes.her": ("", "a" * 16),
        "EnterPage.page": (0, 999),
        "EnterChange.question": tuple(question.key for question in entering.QUESTIONS),
        "code": (CODE,),
        "outcome": tuple(Outcome),
        "choice": tuple(Choice),
        "reason": (None, *Reason),
        "HideBy.choice": ("off", *AutoHide),
        "CaseAct.act": tuple(Act),
        "Jot.act": tuple(callbacks.JotAct),
        "note": (0, 2**63 - 1),
        "Member.act": tuple(MemberAct),
        "Member.id": ("", "a" * 16),
        "BroadcastTo.role": (None, *Role),
        "BroadcastOf.act": tuple(BroadcastAct),
        "BroadcastOf.id": (0, 2**63 - 1),
        "GiveAll.id": ("a" * 16,),
        "GiveAll.to": ("", "queue", "a" * 16),
        "AllOf.act": tuple(AllAct),
        "AllOf.id": ("a" * 16,),
        "RoleOf.id": ("a" * 16,),
        "RoleOf.role": (None, *Role),
        "LinkOf.id": ("", "a" * 16),
        "Unblock.id": ("a" * 16,),
        "work": tuple(Work),
        "Wrote.act": tuple(WroteAct),
        "Wrote.kind": tuple(NoteKind),
        "leads_to": ("", "out_of_remit", "a" * 16),
        "HandTo.id": ("", "a" * 16),
        "Offer.act": tuple(OfferAct),
        "country": COUNTRIES,
        "Near.region": ("", *(region.iso for region in content.taxonomy(COUNTRIES).regions)),
        "category": ("", *(category.code for category in content.taxonomy(COUNTRIES).categories)),
        "ServiceDoes.act": tuple(ServiceAct),
        "ServiceDoes.id": ("", "x" * 24),
        "ServiceField.id": ("x" * 24,),
        "ServiceField.column": (*checking.CHOSEN, *checking.WRITTEN),
        "ServiceField.value": ("", "KZ-11", "emergency", "dispatch"),
        "Wish.wished": tuple(Wished),
        "Wish.code": ("", CODE),
        "ComplaintDoes.act": tuple(ComplaintAct),
        "key": (f"own{2**63 - 1:x}", *(each.key for each in written_replies())),
        "language": LANGUAGES,
        "ReplyShow.language": ("", *LANGUAGES),
        "WordingAsk.key": ("", f"own{2**63 - 1:x}"),
        "WordingSwitch.on": (False, True),
        "mark": ("f" * 8,),
        "RiskList.language": ("", *phrasing.SPOKEN),
        "RiskList.kind": ("", *phrasing.KINDS),
        "RiskSwitch.id": ("f" * 16,),
        "RiskSwitch.on": (False, True),
        "RiskAdd.language": phrasing.SPOKEN,
        "RiskAdd.kind": phrasing.KINDS,
        "RiskAdd.level": ("immediate", "high"),
        "ReferTo.kind": tuple(TargetKind),
        "ReferTarget.kind": tuple(TargetKind),
        "ReferTarget.id": ("x" * 24,),
        "ReferralOf.id": (0, 2**63 - 1),
        "ReferralOf.step": (None, *ReferralStep),
        "ReferralLetter.id": (0, 2**63 - 1),
        "ReferralLetter.language": ("", *LANGUAGES),
        "MyReferral.id": (0, 2**63 - 1),
        "ask": (False, True),
        "linked": (False, True),
        "needs": (0, 2 ** len(Need) - 1),
        "made": (False, True),
        "OnDuty.to": (None, *OnFor),
        "RotaDay.weekday": (None, *range(7)),
        "weekday": tuple(range(7)),
        "person": ("", "a" * 16),
        "start": (None, 0, 23),
        "until": (None, 1, 24),
        "RotaDrop.id": (0, 2**63 - 1),
        "grounds": tuple(Grounds),
        "sure": (False, True),
        "role": tuple(Role),
        "DeskLeaf.pile": tuple(Pile),
        "DeskLeaf.code": ("", CODE),
        "back": (False, True),
        "rank": (-(2**62) + 1, 0, 2**62 - 1),
        "CasePart.part": tuple(Part),
        "CodingOf.part": (None, *CodingPart),
        "wide": (False, True),
        "CodeAs.part": tuple(CodingPart),
        "CodeAs.value": (*Gbvims, *Violator, *Circumstance, "told", *content.violated_rights()),
        "at": (0, 2**63 - 1),
        "Noticed.code": ("", CODE),
        "Noticed.choice": tuple(callbacks.Reply),
        "answer": tuple(callbacks.Wellbeing),
        "purpose": tuple(Purpose),
        "given": (True, False),
        "Go.to": tuple(Place),
        "year": (0, 1970, 9999),
        "number": (0, 53),
        "WeekTable.table": weeks.SHOWN,
        "WeekTable.within": ("", *(category.code for category in content.taxonomy(COUNTRIES).categories)),
        "entry": (0, 2**63 - 1),
        "let": (True, False),
        "why": (None, *callbacks.Why),
        "topic": tuple(articles.shelf()),
        "GroupTakes.part": tuple(GroupsPart),
        "GroupTakes.id": ("a" * 16,),
        "GroupTakes.value": ("", *LANGUAGES, *(region.iso for region in content.taxonomy(COUNTRIES).regions)),
        "GroupStop.id": ("a" * 16,),
        "part": tuple(SuitsPart),
        "Suits.value": ("", *(region.iso for region in content.taxonomy(COUNTRIES).regions)),
        "Suits.id": ("", "a" * 16),
        "LawyerStep.step": tuple(Step),
        "LeaveFor.leave": tuple(Leave),
        "LeaveFor.cases": (None, *CasesThen),
        "turn": (True, False),
        "kind": tuple(DangerKind),
    }
    if kind is callbacks.Answer:
        yield from (callbacks.Answer(question=question, option=option) for question, option in set(_options()))
        return
    if kind is EnterAnswer:
        about = content.taxonomy(COUNTRIES)
        for asked in entering.QUESTIONS:
            subs = tuple(sub.code for one in about.categories for sub in one.subcategories)
            given = subs if asked.key == "subcategory" else asked.options(about, {"country": "KZ"})
            yield from (EnterAnswer(her="a" * 16, question=asked.key, option=option) for option in (*given, SKIPPED))
        return
    names = list(kind.model_fields)
    for each in product(*(values.get(f"{kind.__name__}.{name}") or values[name] for name in names)):
        yield kind(**dict(zip(names, each, strict=True)))


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_button_fits_and_is_read_back(kind: type[CallbackData]) -> None:
    carried = list(_carried(kind))
    assert carried
    for each in carried:
        packed = each.pack()
        assert 1 <= len(packed.encode()) <= MOST, packed
        assert kind.unpack(packed) == each


def test_all_answers_of_all_questions_were_tried() -> None:
    about = content.taxonomy(COUNTRIES)
    tried = set(_options())
    assert {("category", each.code) for each in about.categories} < tried
    assert {("subcategory", sub.code) for each in about.categories for sub in each.subcategories} < tried
    assert {("region", each.iso) for each in about.regions} < tried


def test_prefixes_are_unique() -> None:
    prefixes = [kind.__prefix__ for kind in ALL]
    assert len(set(prefixes)) == len(prefixes)
    assert all(set(prefix) <= set(string.ascii_lowercase) for prefix in prefixes)


def test_every_class_of_buttons_is_listed() -> None:
    written = [
        node.name
        for source in sources("bot", "handlers")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "CallbackData" for base in node.bases)
    ]
    assert sorted(written) == sorted(kind.__name__ for kind in ALL)


def test_behind_every_class_of_buttons_is_a_handler() -> None:
    opened = {
        call.func.value.id
        for source in sources("handlers")
        for name, call in calls(source)
        if name == "filter" and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
    }
    assert {kind.__name__ for kind in ALL} - opened == set()


@pytest.mark.parametrize(("named", "filtered"), [(Place, "To"), (Act, "Doing")])
def test_behind_every_place_and_act_is_a_handler(named: type[Place] | type[Act], filtered: str) -> None:
    opened = {
        argument.attr
        for source in sources("handlers")
        for name, call in calls(source)
        if name == filtered
        for argument in call.args
        if isinstance(argument, ast.Attribute)
    }
    assert {each.name for each in named} ^ opened == set()


def test_codes_are_made_of_letters_that_take_one_byte() -> None:
    assert CODE_LETTERS.isascii()
    assert len(CODE) == 7
