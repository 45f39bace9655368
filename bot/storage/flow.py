"""How the work went, asked of the database: which cases count, how long they waited, when they were first answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
)

from bot.domain.case import Outcome
from bot.domain.intake import Author
from bot.domain.journal import Action
from bot.domain.report import Spread
from bot.domain.triage import Urgency
from bot.storage import tables
from bot.storage.tables.base import Moment

C, E, J = tables.cases, tables.entries, tables.journal

REAL = C.c.outcome.is_distinct_from(Outcome.TEST)
"""Somebody needed something; whoever only tried it out is counted apart."""

WRITTEN_OUT: ColumnElement[str] = literal_column(f"'{Action.REOPENED}'", Text)
"""Not a parameter: only so a database sees that the index of these rows fits."""

WAITS = C.c.status.in_(("submitted", "queued"))

_MICROSECOND = timedelta(microseconds=1)


def came(start: datetime, end: datetime) -> ColumnElement[bool]:
    """What came in during this time."""
    return and_(C.c.submitted_at >= start, C.c.submitted_at < end, REAL)


def how_many(column: ColumnElement[datetime], start: datetime, end: datetime) -> Select[int]:
    """To how many this happened during this time."""
    return select(func.count()).select_from(C).where(column >= start, column < end, REAL)


def reopened(start: datetime, end: datetime) -> Select[int]:
    """How often a case was opened again during this time."""
    only_tried = exists().where(C.c.code == J.c.case_code, C.c.outcome == Outcome.TEST)
    here = (J.c.action == WRITTEN_OUT, J.c.at >= start, J.c.at < end)
    return select(func.count()).select_from(J).where(*here, ~only_tried)


def missed(start: datetime, end: datetime, now: datetime) -> Select[int]:
    """How many of those that came waited longer for a lawyer than they may; of what was erased nobody knows."""
    until = func.coalesce(C.c.taken_at, literal(now, Moment()))
    late = or_(*(and_(C.c.urgency == each, _span(until) > each.limit // _MICROSECOND) for each in Urgency))
    known = or_(C.c.taken_at.is_not(None), WAITS)
    return select(func.count()).select_from(C).where(came(start, end), C.c.status != "erased", known, late)


def to_claim(start: datetime, end: datetime) -> Select[Any]:
    """How long each of those that came by the bot waited for a lawyer, as far as one has come."""
    return _waits(C.c.taken_at, start, end)


def to_answer(start: datetime, end: datetime) -> Select[Any]:
    """How long each of those that came by the bot waited for the first words of a lawyer, as far as there are any."""
    his = (E.c.case_code == C.c.code, E.c.author == Author.LAWYER)
    first = select(E.c.at).where(*his).order_by(E.c.id).limit(1).correlate(C).scalar_subquery()
    return _waits(first, start, end)


def in_order(waits: Select[Any]) -> Select[Any]:
    """Of these waits the ones `spread` needs: those in the middle, and the one that nine of ten don't exceed."""
    each = waits.subquery("waits")
    placed = (
        select(
            each.c.wait,
            func.row_number().over(order_by=each.c.wait).label("place"),
            func.count().over().label("many"),
        )
        .where(each.c.wait.is_not(None))
        .subquery("placed")
    )
    many, place = placed.c.many, placed.c.place
    wanted = or_(place == (many + 1) // 2, place == (many + 2) // 2, place == (9 * many + 9) // 10)
    return select(placed).where(wanted).order_by(place)


def spread(rows: Sequence[Row[Any]]) -> Spread | None:
    """What those rows say; None where nobody has waited yet."""
    if not rows:
        return None
    many, waits = rows[0].many, {row.place: row.wait for row in rows}
    middle = (waits[(many + 1) // 2] + waits[(many + 2) // 2]) // 2
    return Spread(median=middle * _MICROSECOND, ninetieth=waits[(9 * many + 9) // 10] * _MICROSECOND)


def _waits(until: ColumnElement[Any], start: datetime, end: datetime) -> Select[Any]:
    by_the_bot = (C.c.channel.is_(None), C.c.status != "erased")
    return select(_span(until).label("wait")).where(came(start, end), *by_the_bot)


def _span(until: ColumnElement[Any]) -> ColumnElement[int]:
    """The microseconds from when it came until then."""
    return type_coerce(until, BigInteger) - type_coerce(C.c.submitted_at, BigInteger)
