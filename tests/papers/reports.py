"""Two reports to draw: the team's own with every code there is, and one that leaves it with numbers that are hidden."""

from datetime import date, timedelta

from bot.content import taxonomy, violated_rights
from bot.domain.case import Outcome
from bot.domain.coding import Channel, Context, Gbvims, Violator
from bot.domain.elapsed import Elapsed
from bot.domain.people import LANGUAGES
from bot.domain.period import Period
from bot.domain.questionnaire import AGES
from bot.domain.referral import ReferralState
from bot.domain.report import Cell, Flow, Hidden, Mode, Report, Spread
from bot.domain.triage import Urgency

MADE = date(2026, 11, 23)

CODES: dict[str, list[str]] = {
    "category": [each.code for each in taxonomy().categories],
    "subcategory": [sub.code for each in taxonomy().categories for sub in each.subcategories],
    "country": [*taxonomy().countries],
    "region": [each.iso for each in taxonomy().regions],
    "language": [*LANGUAGES],
    "urgency": [*Urgency],
    "age": [*AGES],
    "outcome": [each for each in Outcome if each is not Outcome.TEST],
    "channel": [*Channel],
    "gbvims": [*Gbvims],
    "violator": [*Violator],
    "elapsed": [*Elapsed],
    "context": [*Context],
    "violated": [*violated_rights()],
}
"""Every code of every table; the unknown comes besides."""

FLOW = Flow(
    came=1234, claimed=1200, closed=900, reopened=12, waiting=34, missed=5,
    to_claim=Spread(timedelta(minutes=6), timedelta(hours=5)), to_answer=None,
    referrals=dict.fromkeys(ReferralState, 3),
)  # fmt: skip


def team() -> Report:
    """The team's own, of a week."""
    tables = {name: {code: 1000 - at for at, code in enumerate(codes)} | {"": 7} for name, codes in CODES.items()}
    week = Period(date(2026, 11, 16), date(2026, 11, 22))
    return Report(week, Mode.TEAM, 1234, 3, 2, 0, 0, tables, FLOW)


def told() -> Report:
    """For publication, of a quarter; the hidden ones stand where their true numbers would."""
    few, more = Hidden.FEW, Hidden.MORE
    cells = (21, more, 9, few, 7, few, 5)
    tables: dict[str, dict[str, Cell]] = {
        "category": dict(zip(CODES["category"], cells, strict=False)),
        "country": {"KZ": 40, "KG": 12},
        "region": {"KZ-75": 12, "KZ-71": few},
        "urgency": {"low": 3000, "immediate": few},
    }
    return Report(Period.quarter(2026, 4), Mode.PUBLICATION, 52, few, more, 7, 0, tables, as_of=date(2027, 1, 2))


def empty() -> Report:
    """A week in which nothing came."""
    return Report(Period(date(2026, 11, 16), date(2026, 11, 22)), Mode.TEAM, 0, 0, 0, 0, 0, {"category": {}})
