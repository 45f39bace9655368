"""Which texts the code asks for: literal keys, and those built from the words of the domain."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_args

from bot import accounts, content, i18n
from bot.__main__ import every_command, main
from bot.checks import CHECKS
from bot.domain import entering, errors
from bot.domain.broadcast import Reached
from bot.domain.case import Case, Outcome, Work
from bot.domain.case_notes import ENTERED, NoteKind
from bot.domain.coding import Channel, Circumstance, CodingPart, Context, Gbvims, Violator
from bot.domain.consent import Purpose
from bot.domain.danger import DangerKind
from bot.domain.desk import Cause, Pile
from bot.domain.directory import CHECKED, ServiceKind
from bot.domain.duty import OnFor
from bot.domain.elapsed import Elapsed
from bot.domain.errors import Refusal
from bot.domain.follow_up import Reach
from bot.domain.groups import Lack
from bot.domain.intake import Author, Kind
from bot.domain.journal import Action
from bot.domain.masking import WHOLE, Trace
from bot.domain.order import FILES, What
from bot.domain.people import AutoHide, Grounds, Role
from bot.domain.police import PoliceLink
from bot.domain.profile import Leave
from bot.domain.questionnaire import AGES, PREFERS_WOMAN, QUESTIONS, UNSURE, YES_NO
from bot.domain.reading import Reviewer
from bot.domain.referral import Need, ReferralState, ReferralStep, TargetKind
from bot.domain.report import Mode
from bot.domain.retention import Reason
from bot.domain.set_up import SetUp
from bot.domain.stretch import Stretch
from bot.domain.triage import Urgency
from bot.domain.windows import Nature, WindowState
from bot.papers import words as papers
from bot.papers.document import ADDRESSEES
from bot.services import danger
from bot.settings import COUNTRIES
from bot.storage.away import Disk
from bot.telegram import commands, keyboards
from bot.telegram.callbacks import Choice, Reply, Wellbeing, Why
from bot.telegram.enter_buttons import EnterAct
from bot.telegram.fit_buttons import CasesThen
from bot.telegram.her_buttons import ComplaintAct
from bot.telegram.messages import checking
from bot.telegram.messages import danger as to_her
from bot.telegram.messages import profile as profile_messages
from bot.telegram.messages import weeks as weeks_messages
from bot.telegram.work_buttons import OfferAct, WroteAct
from bot.texts import reviewing, rules, table
from tests.house.source import PRODUCT, Source, calls, sources

REFUSALS = tuple(name for name in vars(errors) if isinstance(vars(errors)[name], type)
                 and issubclass(vars(errors)[name], Refusal))  # fmt: skip

KEY_AT = {
    "text": 1, "plural": 1, "label": 1, "said": 1, "button": 1, "go": 1, "line": 1, "status": 1, "to_coordinator": 1,
    "urgent": 1, "told": 1, "_tell": 2,
    "answered": 3, "page_coordinators": 3, "_page": 4, "tell_her": 3, "_alarm": 0, **dict.fromkeys(REFUSALS, 0),
    "say": 0, "BadSettings": 0, "BadBackup": 0, "Wrong": 0,
}  # fmt: skip
"""Which argument of a function is a key."""

KEYWORDS = {("why", "show"), ("why", "post"), ("why", "card")}
"""Which keyword of a function is a key."""

PLAIN = {"label", "button", "go", "answered", "say", "BadSettings", "BadBackup", "Wrong", *REFUSALS}
"""What these say stands where no formatting is known: buttons, menus, pop-ups, the command line."""

_LITERAL = re.compile(r"[a-z_]+(\.[A-Za-z0-9_]+)+")
_BUILT = re.compile(r"[a-z_]+(\.([A-Za-z0-9_]+|\{\}))+")


@dataclass(frozen=True)
class Use:
    """A place in the code that asks for a text: a key, or a pattern such as `urgency.{}`."""

    where: str
    key: str
    function: str | None = None


def _answers() -> list[str]:
    named = {"region": (), "subcategory": (), "category": (UNSURE,)}
    about = content.taxonomy(COUNTRIES)
    return [f"option.{each.key}.{name}" for each in QUESTIONS for name in named.get(each.key, each.options(about, {}))]


ASKED_FOR = [each for each in NoteKind if each not in ENTERED]

BUILT: dict[str, Callable[[], list[str]]] = {
    "button.coding.{}": lambda: [f"button.coding.{each}" for each in CodingPart],
    "coding.help.{}": lambda: [f"coding.help.{each}" for each in (*Gbvims, *Circumstance, "told")],
    "circumstance.{}": lambda: [f"circumstance.{each}" for each in Circumstance],
    "context.{}": lambda: [f"context.{each}" for each in Context],
    "elapsed.{}": lambda: [f"elapsed.{each}" for each in Elapsed],
    "gbvims.{}": lambda: [f"gbvims.{each}" for each in Gbvims],
    "violator.{}": lambda: [f"violator.{each}" for each in Violator],
    "agenda.{}": lambda: [f"agenda.{each}" for each in ("today", "this_week", "later")],
    "{}.sign": lambda: [f"{each}.sign" for each in keyboards.SIGNS],
    "grounds.{}": lambda: [f"grounds.{each}" for each in Grounds],
    "button.page.{}": lambda: [f"button.page.{each}" for each in ("before", "after")],
    "broadcast.to.{}": lambda: [f"broadcast.to.{each}" for each in ("everybody", *Role)],
    "broadcast.{}": lambda: [f"broadcast.{each}" for each in Reached],
    "team.first.{}": lambda: [f"team.first.{each}" for each in Role],
    "team.sure_role.{}": lambda: [f"team.sure_role.{each}" for each in Role],
    "reading.{}.{}": lambda: [f"reading.{state}.{each}" for state in ("awaits", "checked") for each in Reviewer],
    "button.after.{}": lambda: [f"button.after.{each}" for each in Choice],
    "button.keep.{}": lambda: [f"button.keep.{each}" for each in Reason],
    "cli.audit.message.{}": lambda: [f"cli.audit.message.{each}" for each in accounts.MESSAGES],
    "cli.audit.update.{}": lambda: [f"cli.audit.update.{each}" for each in accounts.UPDATES],
    "cli.audit.wrong.{}": lambda: [f"cli.audit.wrong.{each}" for each in ("missing", "lost", "keyless")],
    "button.risk_add.{}": lambda: [f"button.risk_add.{each}" for each in ("immediate", "high")],
    "button.complaint.{}": lambda: [f"button.complaint.{each}" for each in ComplaintAct],
    "duty.still.{}": lambda: [f"duty.still.{each}" for each in range(to_her.STILL)],
    "button.hiding.{}": lambda: [f"button.hiding.{each}" for each in ("off", *AutoHide)],
    "cli.check.{}": lambda: [f"cli.check.{each}" for each in CHECKS],
    "button.offer.{}": lambda: [f"button.offer.{each}" for each in OfferAct],
    "button.take.{}": lambda: [f"button.take.{each}" for each in ASKED_FOR],
    "button.wrote.{}": lambda: [f"button.wrote.{each}" for each in WroteAct if each is not WroteAct.TAKE],
    "case_note.ask.{}": lambda: [f"case_note.ask.{each}" for each in ASKED_FOR],
    "case_note.kind.{}": lambda: [f"case_note.kind.{each}" for each in NoteKind],
    "case_note.question.{}": lambda: [f"case_note.question.{each}" for each in ASKED_FOR],
    "work.{}": lambda: [f"work.{each}" for each in Work],
    "button.agree.{}": lambda: [f"button.agree.{each}" for each in YES_NO],
    "consents.{}": lambda: [f"consents.{each}" for each in YES_NO],
    "cli.disk.{}": lambda: [f"cli.disk.{each}" for each in Disk],
    "cli.help.{}": lambda: [f"cli.help.{name}" for name, _ in every_command(main)],
    "cli.texts.area.{}": lambda: [f"cli.texts.area.{each}" for each in reviewing.AREAS],
    "cli.texts.wrong.{}": lambda: [f"cli.texts.wrong.{each}" for each in (*rules.NAMES, *table.RULES)],
    "command.{}": lambda: [
        f"command.{each}"
        for names in (*commands.OF_ROLE.values(), commands.GROUP, commands.NOTEBOOK)
        for each in names
    ],
    "danger.country.{}": lambda: [f"danger.country.{each}" for each in COUNTRIES],
    "button.kind.{}": lambda: [f"button.kind.{each}" for each in DangerKind],
    "card.window.{}": lambda: [f"card.window.{each}" for each in ("open", "over", *Nature)],
    "danger.crisis.{}": lambda: [f"danger.crisis.{each}" for each in danger.CRISIS_LINES],
    "danger.informed.{}": lambda: [f"danger.informed.{each}" for each in COUNTRIES],
    "danger.kind.{}": lambda: [f"danger.kind.{each}" for each in DangerKind],
    "window.{}": lambda: [f"window.{each}" for each in content.taxonomy(COUNTRIES).windows],
    "window.{}.{}": lambda: [f"window.{nature}.{state}" for nature in Nature for state in WindowState],
    "window.after.{}": lambda: [
        f"window.after.{each.code}"
        for each in content.taxonomy(COUNTRIES).windows.values() if each.nature is Nature.CLOSES
    ],
    "danger.who.{}": lambda: [f"danger.who.{each}" for each in danger.NUMBERS],
    "desk.pile.{}": lambda: [f"desk.pile.{each}" for each in Pile],
    "button.pile.{}": lambda: [f"button.pile.{each}" for each in Pile],
    "desk.last.{}": lambda: [f"desk.last.{each}" for each in (*Author, "team")],
    "desk.coming.{}": lambda: [f"desk.coming.{each}" for each in Cause],
    "desk.word.{}": lambda: [f"desk.word.{each}" for each in ("said", "edited")],
    "desk.who.{}": lambda: [f"desk.who.{each}" for each in Author],
    "directory.field.{}": lambda: [f"directory.field.{each}" for each in (*checking.CHOSEN, *checking.WRITTEN)],
    "directory.how.{}": lambda: [f"directory.how.{each}" for each in checking.HOW],
    "directory.kind.{}": lambda: [f"directory.kind.{each}" for each in ServiceKind],
    "directory.police.{}": lambda: [f"directory.police.{each}" for each in PoliceLink],
    "directory.wrong.{}": lambda: [f"directory.wrong.{each}" for each in CHECKED],
    "directory.{}": lambda: [f"directory.{each}" for each in ("add", "give_out", "take_in")],
    "evidence.side.{}": lambda: [f"evidence.side.{each}" for each in Author],
    "report.about.{}": lambda: [f"report.about.{each}" for each in (*FILES, *Mode)],
    "button.{}": lambda: [f"button.{each}" for each in Stretch],
    "button.what.{}": lambda: [f"button.what.{each}" for each in FILES],
    "button.mode.{}": lambda: [f"button.mode.{each}" for each in Mode],
    "order.what.{}": lambda: [f"order.what.{each}" for each in What],
    "order.file.{}": lambda: [f"order.file.{each}" for each in Mode],
    "journal.did.{}": lambda: [f"journal.did.{each.name.lower()}" for each in Action],
    "kind.{}": lambda: [f"kind.{each}" for each in ("sticker", "contact", "location", "poll", "other")],
    "language.{}": lambda: [f"language.{each}" for each in i18n.LANGUAGES],
    "enter.ask.{}": lambda: [f"enter.ask.{each.key}" for each in entering.QUESTIONS],
    "button.enter.{}": lambda: [f"button.enter.{each}" for each in EnterAct if each not in ("here", "back")],
    "channel.{}": lambda: [f"channel.{each}" for each in Channel],
    "card.channel.{}": lambda: [f"card.channel.{each}" for each in Channel],
    "name.{}": lambda: [f"name.{each}" for each in {
        *(each.key for each in (*QUESTIONS, *entering.QUESTIONS)), *Purpose, PREFERS_WOMAN
    }],
    "option.age.{}": lambda: [f"option.age.{each}" for each in AGES],
    "option.{}.{}": lambda: [*_answers(), "option.age.18_plus", "option.evidence.yes", "option.evidence.no",
                                 f"option.{PREFERS_WOMAN}.yes"],
    "appeal.for_whom.{}": lambda: [f"appeal.for_whom.{each}" for each in ("self", "other", "outreach")],
    "export.kind.{}": lambda: [f"export.kind.{each}" for each in Kind if each is not Kind.TEXT],
    "duty.for.{}": lambda: [f"duty.for.{each}" for each in OnFor],
    "follow_up.{}": lambda: [f"follow_up.{each}" for each in Wellbeing],
    "notice.{}": lambda: [f"notice.{each}" for each in Reply],
    "outcome.{}": lambda: [f"outcome.{each}" for each in Outcome],
    "question.{}": lambda: [f"question.{each}" for each in {*(each.key for each in QUESTIONS), *Purpose}],
    "button.refer.{}": lambda: [f"button.refer.{each}" for each in TargetKind],
    "button.referral.{}": lambda: [f"button.referral.{each}" for each in ReferralStep if not each.hers],
    "letter.need.{}": lambda: [f"letter.need.{each}" for each in Need],
    "paper.table.{}": lambda: [f"paper.table.{each}" for each in papers.EVERY],
    "paper.about.{}": lambda: [f"paper.about.{each}" for each in papers.EVERY],
    "log.referred.{}": lambda: [f"log.referred.{each}" for each in TargetKind],
    "paper.flow.{}": lambda: [f"paper.flow.{each}" for each in papers.FLOW],
    "paper.times.{}": lambda: [f"paper.times.{each}" for each in papers.TIMES],
    "paper.beside.{}": lambda: sorted({f"paper.beside.{each}" for names in papers.BESIDE.values() for each in names}),
    "paper.to.{}": lambda: [f"paper.to.{each}" for each in ADDRESSEES],
    "referral.due.{}": lambda: [f"referral.due.{each}" for each in ("agreed", "sent", "accepted")],
    "referral.state.{}": lambda: [f"referral.state.{each}" for each in ReferralState],
    "sharing.now.{}": lambda: [f"sharing.now.{each}" for each in ReferralState if each is not ReferralState.ASKED],
    "sharing.state.{}": lambda: [f"sharing.state.{each}" for each in ReferralState],
    "relay.{}": lambda: [f"relay.{each}" for each in (*Reach, "unreachable")],
    "role.{}": lambda: [f"role.{each}" for each in Role],
    "status.{}": lambda: [f"status.{each.__name__.lower()}" for each in get_args(Case)],
    "withheld.{}": lambda: [f"withheld.{each}" for each in Trace],
    "withheld.{}.{}": lambda: [f"withheld.{each}.{state}" for each in WHOLE for state in ("asked", "dropped")],
    "button.unmask.{}": lambda: [f"button.unmask.{each}" for each in Why],
    "urgency.{}": lambda: [f"urgency.{each}" for each in Urgency],
    "group.lack.{}": lambda: [f"group.lack.{each}" for each in Lack],
    "setup.{}": lambda: [f"setup.{each}" for each in SetUp],
    "suits.{}": lambda: [f"suits.{each}" for each in profile_messages.LISTS],
    "button.leave.{}": lambda: [f"button.leave.{each}" for each in (*Leave, *CasesThen)],
    "week.by.{}": lambda: [f"week.by.{each}" for each in weeks_messages.SHOWN],
    "button.week.{}": lambda: [f"button.week.{each}" for each in weeks_messages.SHOWN],
}  # fmt: skip
"""Every key the code builds, and what it can become. A new pattern in the code needs its line here."""


@cache
def uses() -> tuple[Use, ...]:
    """Every place that asks for a text."""
    return tuple(use for source in sources(*PRODUCT) for use in (*_asked(source), *_standing(source)))


def keys_of(use: Use) -> list[str]:
    """The keys a place may ask for."""
    return BUILT[use.key]() if "{}" in use.key else [use.key]


def _asked(source: Source) -> Iterator[Use]:
    """Keys in the place of a call where a key belongs, also those with no dot in them."""
    for name, call in calls(source):
        at = KEY_AT.get(name)
        given = [each.value for each in call.keywords if each.arg == "key" or (each.arg, name) in KEYWORDS]
        if at is not None and len(call.args) > at:
            given.append(call.args[at])
        for argument in given:
            for node in _branches(argument):
                if (key := _key(node)) is not None:
                    yield Use(source.at(node), key, name)


def _standing(source: Source) -> Iterator[Use]:
    """Whatever else looks like a key of a family that the catalogs have; storage says nothing to anybody."""
    if source.name.startswith("bot/storage/"):
        return
    families = {key.partition(".")[0] for key in i18n._texts("en")}
    for node in ast.walk(source.tree):
        key = _key(node)
        if key is not None and key.partition(".")[0] in families and (_LITERAL.fullmatch(key) or _BUILT.fullmatch(key)):
            yield Use(source.at(node), key)


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _key(node: ast.AST) -> str | None:
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=values):
            return "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in values)
        case _:
            return None
