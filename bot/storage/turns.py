"""Whose turn it is: what delivery asks at every pass, put together once."""

from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, func, select

from bot.storage import tables

OUT, K, P, C = tables.outbox, tables.keys, tables.people, tables.cases


def _first_of_each() -> Select[int]:
    """The id of the first message of each chat, found in the index alone: the sealed rows are not touched for it."""
    first = OUT.alias("first")
    passed_over: BindParameter[list[str]] = bindparam("passed_over", expanding=True)
    chats = select(OUT.c.chat).where(OUT.c.state == "waiting", OUT.c.chat.not_in(passed_over)).distinct()
    each = chats.subquery("chats")
    return select(
        select(first.c.id)
        .where(first.c.state == "waiting", first.c.chat == each.c.chat)
        .order_by(first.c.lane, first.c.id)
        .limit(1)
        .correlate(each)
        .scalar_subquery()
    ).select_from(each)


def with_reader() -> Select[Any]:
    """A row, the key it is sealed with, and who reads it there: hidden, or the lawyer who holds its case.

    What is said of a case to that lawyer belongs in its topic, whoever says it.
    """
    code = func.coalesce(OUT.c.topic, OUT.c.case_code)
    held_there = and_(C.c.code == code, C.c.lawyer == P.c.id, C.c.status == "claimed")
    return (
        select(OUT, K.c.wrapped, P.c.hidden, C.c.urgency.label("holds"))
        .outerjoin(K, K.c.owner == OUT.c.owner)
        .outerjoin(P, P.c.lookup == OUT.c.chat)
        .outerjoin(C, held_there)
    )


TURN = (
    with_reader()
    .where(
        OUT.c.id.in_(_first_of_each()),
        OUT.c.state == "waiting",  # looked at once more when the lock is there
        OUT.c.not_before <= bindparam("now"),
    )
    .order_by(OUT.c.lane, OUT.c.id)
    .limit(bindparam("room"))
    .with_for_update(of=OUT, skip_locked=True)
)
"""The first of each chat that may go at `now`, `room` of them; not of the chats that are `passed_over`."""
