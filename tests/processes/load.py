"""People who write without a pause, and the reckoning afterwards: who received what, how often, in which order."""

import asyncio
import itertools
from collections import Counter, deque
from dataclasses import dataclass, field

from bot.domain.intake import Author
from tests.processes.hotline import REPEATED, Hotline

NO_FLOOD = 16
"""Messages of one person in a minute; from 20 on they are folded for her lawyer, which is another test's matter."""


async def write(hotline: Hotline, stop: asyncio.Event, per_second: float) -> None:
    """Every help-seeker in turn writes her next message; after every third her lawyer answers."""
    holders = {id(her): lawyer for lawyer in hotline.lawyers for her in lawyer.seekers}
    wrote: dict[int, deque[float]] = {id(her): deque(maxlen=NO_FLOOD) for her in hotline.seekers}
    clock = asyncio.get_running_loop().time
    for number, her in enumerate(itertools.cycle(hotline.seekers)):
        if stop.is_set():
            return
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


@dataclass
class Reckoning:
    """What went wrong, in words; and how many messages were shown twice, with the mark and without."""

    wrong: list[str] = field(default_factory=list)
    messages: int = 0
    marked: int = 0
    repeated: Counter[int] = field(default_factory=Counter)
    unmarked: list[str] = field(default_factory=list)


async def reckon(hotline: Hotline) -> Reckoning:
    """Compare what was written with what stands in the chats and in the database."""
    found = Reckoning()
    kept = await hotline.threads()
    for lawyer in hotline.lawyers:
        chat = [m["text"] or "" for m in await hotline.sandbox.chat(lawyer.account) if m["from_bot"]]
        for her in lawyer.seekers:
            hers_to_him = [text for text in chat if f"{her.name} says" in text]
            _compare(found, lawyer.account, her.said, hers_to_him, mark=True)
            if kept[her.code][Author.SEEKER] != her.said:
                found.wrong.append(f"thread of {her.code}: {_difference(her.said, kept[her.code][Author.SEEKER])}")
            if kept[her.code][Author.LAWYER] != lawyer.said[her.code]:
                found.wrong.append(f"his words in {her.code} are not the ones kept")
            hers = [m["text"] or "" for m in await hotline.sandbox.chat(her.account) if m["from_bot"]]
            told = [text for text in hers if f"{her.code} " in text and lawyer.name in text]
            _compare(found, her.account, lawyer.said[her.code], told, mark=False)
    outbox = await hotline.outbox()
    if set(outbox) - {"sent", "replaced"}:
        found.wrong.append(f"the outbox is not at rest: {outbox}")
    if await hotline.set_aside():
        found.wrong.append(f"{await hotline.set_aside()} updates were set aside")
    return found


def _compare(found: Reckoning, chat: int, said: list[str], shown: list[str], *, mark: bool) -> None:
    found.messages += len(said)
    first: list[str] = []
    for text in shown:
        words = text.splitlines()[-1]
        marked = REPEATED in text
        found.marked += marked
        if words not in first:
            first.append(words)
            continue
        found.repeated[chat] += 1
        if first[-1] != words:
            found.wrong.append(f"{words!r} was repeated out of its turn")
        if mark and not marked:
            found.unmarked.append(words)
    if first != said:
        found.wrong.append(f"chat {chat}: {_difference(said, first)}")


def _difference(said: list[str], shown: list[str]) -> str:
    missing = [words for words in said if words not in shown]
    strange = [words for words in shown if words not in said]
    if missing or strange:
        return f"{len(missing)} of {len(said)} missing {missing[:5]}, {len(strange)} too many {strange[:5]}"
    return "another order or a repetition"
