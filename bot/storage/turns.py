"""Whose turn it is: what delivery asks at every pass, put together once."""

from sqlalchemy import BindParameter, Select, bindparam, select

from bot.storage import tables

OUT, K, P = tables.outbox, tables.keys, tables.people


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


TURN = (
    select(OUT, K.c.wrapped, P.c.hidden)
    .outerjoin(K, K.c.owner == OUT.c.owner)
    .outerjoin(P, P.c.lookup == OUT.c.chat)
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
