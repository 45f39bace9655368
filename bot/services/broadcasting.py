"""A word to the whole team: seen before it is sent, said once to each in his chat, behind all that anybody waits for.

Nothing of it ever reaches a help-seeker: what is typed for the team goes to nobody when it comes too late, and a reply
to it, or a new version, goes into no case.
"""

from dataclasses import replace

from bot.domain.broadcast import BROADCAST_MOST, SAME_WITHIN, Broadcast, audience, sorted_out
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.intake import Kind, Piece
from bot.domain.journal import Action
from bot.domain.people import Person, Role
from bot.domain.rights import Right, require
from bot.domain.team import ASKED
from bot.i18n import label
from bot.services import team
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import broadcast as messages

TO_ALL = f"{ASKED}all:"
"""What a coordinator is asked for begins with this; then the role, or nothing for everybody."""

LISTED = 5


async def ask_whom(uow: UnitOfWork, settings: Settings, coordinator: Person, on: int | None) -> None:
    """To whom? Below it what was sent lately."""
    require(coordinator, Right.BROADCAST)
    await uow.people.await_text(coordinator, None)
    everybody = await uow.people.members()
    counts = {to: len(audience(everybody, coordinator.id, to)) for to in (None, *Role)}
    latest = await uow.broadcasts.latest(LISTED)
    await uow.outbox.put(messages.whom(coordinator, counts, latest, settings.zone, on), to=coordinator)


async def ask_words(uow: UnitOfWork, coordinator: Person, to: Role | None, on: int | None) -> None:
    """What shall be said? The coordinator's next text is it."""
    require(coordinator, Right.BROADCAST)
    await uow.broadcasts.drop_unsent(coordinator.id)
    await uow.people.await_text(coordinator, f"{TO_ALL}{to or ''}")
    await uow.outbox.put(messages.ask(coordinator, to, on), to=coordinator)


async def write(uow: UnitOfWork, coordinator: Person, piece: Piece, message_id: int) -> None:
    """These words, shown as everybody will read them; what was written before instead of them is not sent any more.

    Raises Unfit for what can't be said to everybody; the question stays open.
    """
    require(coordinator, Right.BROADCAST)
    team.typed(uow, coordinator, message_id)
    words = piece.text.strip()
    if piece.kind is not Kind.TEXT or not 1 <= len(words) <= BROADCAST_MOST:
        raise Unfit("broadcast.unfit", most=str(BROADCAST_MOST))
    role = (coordinator.awaiting or "").removeprefix(TO_ALL)
    made = await uow.broadcasts.begin(coordinator.id, Role(role) if role else None, words)
    await uow.people.await_text(coordinator, coordinator.awaiting)  # one more text is better words, and for no case
    number = len(audience(await uow.people.members(), coordinator.id, made.to))
    await uow.outbox.put(messages.preview(coordinator, made, number), to=coordinator)


async def send(uow: UnitOfWork, settings: Settings, coordinator: Person, number: int, on: int | None) -> None:
    """To each of them, once: a second tap sends nothing. Who can't be reached now gets it on coming back."""
    begun = await _found(uow, coordinator, number)
    lately = await uow.broadcasts.latest(LISTED, SAME_WITHIN)
    if (begun.by, begun.to, begun.words) in [(sent.by, sent.to, sent.words) for sent in lately]:
        raise OutOfDate("broadcast.same" if not begun.recipients else "refusal.old_button")
    people = audience(await uow.people.members(), coordinator.id, begun.to)
    if not people:
        raise OutOfDate("broadcast.nobody")
    sent = replace(begun, recipients=tuple(each.id for each in people))
    if begun.by != coordinator.id or not await uow.broadcasts.send(sent):
        raise OutOfDate("refusal.old_button")
    await uow.people.await_text(coordinator, None)
    uow.journal.note(Action.BROADCAST, actor=coordinator)
    for each in people:
        await _say(uow, each, sent)
    await show(uow, settings, coordinator, number, on)


async def drop(uow: UnitOfWork, settings: Settings, coordinator: Person, on: int | None) -> None:
    """It is not sent."""
    require(coordinator, Right.BROADCAST)
    await uow.broadcasts.drop_unsent(coordinator.id)
    await ask_whom(uow, settings, coordinator, on)


async def show(uow: UnitOfWork, settings: Settings, coordinator: Person, number: int, on: int | None) -> None:
    """Who got it, who waits for it, and whom it can't reach now. Raises OutOfDate for what was never sent."""
    found = await _found(uow, coordinator, number)
    if not found.recipients:
        raise OutOfDate("refusal.old_button")
    known = {each.id: each for each in await uow.people.members()}
    people = [known[each] for each in found.recipients if each in known]
    parts = sorted_out(people, await uow.broadcasts.states(found))
    await uow.outbox.put(messages.who_got_it(coordinator, found, parts, settings.zone, on), to=coordinator)


async def _say(uow: UnitOfWork, member: Person, broadcast: Broadcast) -> None:
    there = member.started and member.reachable
    if not there:
        await uow.people.set(member, held=True)
    await uow.outbox.put(
        messages.to_member(member, broadcast),
        to=member,
        slot=broadcast.slot,
        lane=Lane.TO_TEAM,
        mark=label(member.language, "relay.repeated"),
        held=not there,
    )


async def _found(uow: UnitOfWork, coordinator: Person, number: int) -> Broadcast:
    require(coordinator, Right.BROADCAST)
    found = await uow.broadcasts.find(number)
    if found is None:
        raise OutOfDate("refusal.old_button")
    return found
