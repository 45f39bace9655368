"""People who write without a pause, and the reckoning afterwards: who received what, how often, in which order."""

import asyncio
import itertools
from collections import Counter, deque
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from bot.domain.ids import CaseCode
from bot.domain.intake import Author
from bot.storage import tables
from bot.storage.threads import entry_slot
from tests.processes.hotline import REPEATED, Hotline
from tests.processes.machine import until

NO_FLOOD = 16
"""Messages of one person in a minute; from 20 on they are folded for her lawyer, which is another test's matter."""


ENOUGH = 150
"""Messages on their way that keep a process busy until it is killed."""


async def write(hotline: Hotline, stop: asyncio.Event, per_second: float, at_most: int | None = None) -> None:
    """Every help-seeker in turn writes her next message; after every third her lawyer answers.

    `at_most`: they wait while more than this is on its way.
    """
    holders = {id(her): lawyer for lawyer in hotline.lawyers for her in lawyer.seekers}
    wrote: dict[int, deque[float]] = {id(her): deque(maxlen=NO_FLOOD) for her in hotline.seekers}
    clock = asyncio.get_running_loop().time
    for number, her in enumerate(itertools.cycle(hotline.seekers)):
        if stop.is_set():
            return
        if at_most and number % 10 == 0:
            await _room(hotline, stop, at_most)
        lately = wrote[id(her)]
        if len(lately) == NO_FLOOD and clock() - lately[0] < 70:
            await asyncio.sleep(1 / per_second)
            continue
        lately.append(clock())
        acts = [hotline.writes(her)]
        if number % 3 == 2:
            acts.append(hotline.answers(holders[id(her)], her))
        await hotline.sandbox.act(*acts)
        await asyncio.sleep(1 / per_second)


async def _room(hotline: Hotline, stop: asyncio.Event, at_most: int) -> None:
    async def there() -> bool:
        waiting = (await hotline.outbox()).get("waiting", 0)
        return stop.is_set() or waiting + await hotline.sandbox.pending() <= at_most

    await until("room for more", there, seconds=600, every=0.5)


@asynccontextmanager
async def under_load(hotline: Hotline, per_second: float) -> AsyncIterator[None]:
    """People write as long as this lasts; a slow machine is kept busy, not buried."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write(hotline, stop, per_second, at_most=ENOUGH))
        yield
        stop.set()


@dataclass
class Reckoning:
    """What was written beside what is kept and shown; what went wrong in words too.

    `in_flight` are the times a message was being sent when its process died: each may show it once more, nothing else
    may. `unmarked` is what a member of the staff saw twice without being told; help-seekers see no mark.
    """

    wrong: list[str] = field(default_factory=list)
    messages: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    in_flight: int = 0
    repeated: Counter[int] = field(default_factory=Counter)
    marked: int = 0
    unmarked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sends:
    """How often a message was taken up to be sent, and whether it was ever in doubt that it arrived."""

    times: int
    in_doubt: bool


async def reckon(hotline: Hotline, *, also: Collection[str] = ()) -> Reckoning:
    """Compare what was written with what stands in the chats and in the database.

    `also`: how messages may end besides having been sent, where somebody went away for good.
    """
    found = Reckoning()
    kept, sends = await hotline.threads(), await _sends(hotline)
    found.in_flight = sum(each.times - 1 for each in sends.values() if each.in_doubt)
    for lawyer in hotline.lawyers:
        chat = [m["text"] or "" for m in await hotline.sandbox.chat(lawyer.account) if m["from_bot"]]
        for her in lawyer.seekers:
            hers_to_him = [text for text in chat if f"{her.name} says" in text]
            _compare(found, lawyer.account, her.said, hers_to_him, sends, mark=True)
            _keeps(found, her.said, kept[her.code][Author.SEEKER])
            _keeps(found, lawyer.said[her.code], kept[her.code][Author.LAWYER])
            hers = [m["text"] or "" for m in await hotline.sandbox.chat(her.account) if m["from_bot"]]
            told = [text for text in hers if f"{her.code} " in text and lawyer.name in text]
            _compare(found, her.account, lawyer.said[her.code], told, sends, mark=False)
    outbox = await hotline.outbox()
    if set(outbox) - {"sent", "replaced", *also}:
        found.wrong.append(f"the outbox is not at rest: {outbox}")
    if await hotline.set_aside():
        found.wrong.append(f"{await hotline.set_aside()} updates were set aside")
    async with hotline.database() as database, database.unit_of_work() as uow:
        if open_ends := (await uow.accounting.audit(uow.now - timedelta(days=1))).open_ends:
            found.wrong.append(f"it does not add up: {open_ends}")
    return found


async def _sends(hotline: Hotline) -> dict[tuple[int, str], Sends]:
    """By chat and words, how the outbox says it sent each entry."""
    out, found = tables.outbox.c, {}
    async with hotline.database() as database, database.unit_of_work() as uow:
        words: dict[str, str] = {}
        for her in hotline.seekers:
            entries = await uow.threads.of(CaseCode(her.code))
            words |= {entry_slot(entry.id): entry.piece.text for entry in entries}
        people = [*(her.account for her in hotline.seekers), *(lawyer.account for lawyer in hotline.lawyers)]
        accounts = {uow.cipher.lookup("account", account): account for account in people}
        query = select(out.chat, out.slot, out.attempts, out.in_doubt)
        for row in await uow.read(query.where(out.slot.like("entry:%"), out.method.like("Send%"))):
            if row.slot in words:
                found[accounts[row.chat], words[row.slot]] = Sends(row.attempts, row.in_doubt)
    return found


def _keeps(found: Reckoning, said: list[str], kept: list[str]) -> None:
    """Every word had its effect, once, in its turn."""
    times = Counter(kept)
    found.lost += sum(words not in times for words in said)
    found.doubled += sum(number - 1 for number in times.values())
    if kept != said:
        found.wrong.append(f"kept: {_difference(said, kept)}")


def _compare(
    found: Reckoning,
    chat: int,
    said: list[str],
    shown: list[str],
    sends: Mapping[tuple[int, str], Sends],
    *,
    mark: bool,
) -> None:
    """Every word is shown, in its turn; again only what was in flight, right after itself, and marked for staff."""
    found.messages += len(said)
    first: list[str] = []
    for text in shown:
        words, marked = text.splitlines()[-1], REPEATED in text
        if words not in first:
            first.append(words)
            continue
        found.repeated[chat] += 1
        found.marked += marked
        if first[-1] != words:
            found.wrong.append(f"{words!r} was repeated out of its turn")
        if mark and not marked:
            found.unmarked.append(words)
        sent = sends.get((chat, words))
        if sent is None or not sent.in_doubt or sent.times < sum(words == each.splitlines()[-1] for each in shown):
            found.wrong.append(f"{words!r} was repeated and had not been in flight: {sent}")
    found.lost += sum(words not in first for words in said)
    places = [said.index(words) for words in first if words in said]
    found.disordered += sum(later < earlier for earlier, later in itertools.pairwise(places))
    if first != said:
        found.wrong.append(f"chat {chat}: {_difference(said, first)}")


def _difference(said: list[str], shown: list[str]) -> str:
    missing = [words for words in said if words not in shown]
    strange = [words for words in shown if words not in said]
    if missing or strange:
        return f"{len(missing)} of {len(said)} missing {missing[:5]}, {len(strange)} too many {strange[:5]}"
    return "another order or a repetition"
