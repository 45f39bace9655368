"""Coordinators read the phrases of the risk screen, try it, add phrases and switch them off; each change is journaled.

A sentence that is tried is looked at and forgotten. What is changed holds from the next batch of updates on, in every
process.
"""

from hashlib import sha256

from bot.domain.danger import DangerKind
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.journal import Action
from bot.domain.people import LANGUAGES, Person
from bot.domain.rights import Right, require
from bot.domain.risk import Level, Phrase
from bot.domain.risk.patterns import fits
from bot.phrases import ANY, OTHER, written_rules
from bot.services.risk import screen_of
from bot.storage.risk import KeptPhrase
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import phrasing as messages

AWAITED = "risk:"
"""Before what stands in `awaiting` while a phrase is being written."""

A_PAGE = 8
LONGEST = 120
"""Letters of a phrase: one line of a phone, three times over."""

SPOKEN = (*LANGUAGES, ANY)
KINDS = (*DangerKind, OTHER)


async def show(uow: UnitOfWork, coordinator: Person, sentence: str) -> None:
    """What would be found in this sentence; without one, how it works and whose phrases to look at."""
    require(coordinator, Right.PHRASES)
    await uow.people.await_text(coordinator, None)
    if not sentence:
        await uow.outbox.put(messages.languages(coordinator, SPOKEN), to=coordinator)
        return
    found = (await screen_of(uow)).look(sentence)
    await uow.outbox.put(messages.found(coordinator, found), to=coordinator)


async def list_phrases(
    uow: UnitOfWork, coordinator: Person, language: str, kind: str, page: int, on: int | None
) -> None:
    """The phrases of a language and a kind; before that, which kind. Raises OutOfDate for a forged one."""
    require(coordinator, Right.PHRASES)
    await uow.people.await_text(coordinator, None)
    _check(language or ANY, kind or OTHER)
    if not language:
        await uow.outbox.put(messages.languages(coordinator, SPOKEN, on), to=coordinator)
        return
    if not kind:
        await uow.outbox.put(messages.kinds(coordinator, language, KINDS, on), to=coordinator)
        return
    listed = [each for each in await _all(uow) if (each.phrase.language, each.phrase.kind or OTHER) == (language, kind)]
    last = max(0, (len(listed) - 1) // A_PAGE)
    page = min(page, last)
    shown = [(id_of(each.phrase), each) for each in listed[page * A_PAGE : (page + 1) * A_PAGE]]
    await uow.outbox.put(messages.phrases(coordinator, language, kind, shown, page, last, on), to=coordinator)


async def switch(uow: UnitOfWork, coordinator: Person, number: str, page: int, *, to: bool, on: int | None) -> None:
    """A phrase counts no more, or again. Raises OutOfDate for one that is gone."""
    require(coordinator, Right.PHRASES)
    found = next((each.phrase for each in await _all(uow) if id_of(each.phrase) == number), None)
    if found is None:
        raise OutOfDate("refusal.old_button")
    await uow.risk.keep(found, active=to)
    uow.journal.note(Action.PHRASE_ON if to else Action.PHRASE_OFF, actor=coordinator, case=None)
    await list_phrases(uow, coordinator, found.language, found.kind or OTHER, page, on)


async def ask(uow: UnitOfWork, coordinator: Person, language: str, kind: str, level: str, on: int | None) -> None:
    """The next text is a new phrase."""
    require(coordinator, Right.PHRASES)
    _check(language, kind, level)
    await uow.people.await_text(coordinator, f"{AWAITED}{language}:{kind}:{level}")
    await uow.outbox.put(messages.ask(coordinator, language, kind, level, on), to=coordinator)


async def add(uow: UnitOfWork, coordinator: Person, words: str) -> None:
    """The phrase. Raises Unfit for what can't be one, and goes on waiting."""
    require(coordinator, Right.PHRASES)
    language, kind, level = (coordinator.awaiting or "").removeprefix(AWAITED).split(":")
    text = " ".join(words.casefold().split())
    phrase = Phrase(language, None if kind == OTHER else DangerKind(kind), Level(level), text)
    if len(text) > LONGEST or not fits(text, _lists()):
        raise Unfit("risk.unfit")
    await uow.people.await_text(coordinator, None)
    await uow.risk.keep(phrase, active=True)
    uow.journal.note(Action.PHRASE_ADDED, actor=coordinator, case=None)
    await uow.outbox.put(messages.added(coordinator, phrase), to=coordinator)


def id_of(phrase: Phrase) -> str:
    """A short name for a phrase, for a button."""
    return sha256(f"{phrase.language}\n{phrase.text}".encode()).hexdigest()[:16]


async def _all(uow: UnitOfWork) -> list[KeptPhrase]:
    """The phrases of the files and those of the coordinators, which stand in place of the same ones of the files."""
    kept = {(each.phrase.language, each.phrase.text): each for each in await uow.risk.all()}
    written = {(each.language, each.text): KeptPhrase(0, each, active=True) for each in written_rules().phrases}
    return list((written | kept).values())


def _lists() -> frozenset[str]:
    return frozenset(name for lists in written_rules().words.values() for name in lists)


def _check(language: str, kind: str, level: str = Level.HIGH) -> None:
    if language not in SPOKEN or kind not in KINDS or level not in (Level.HIGH, Level.IMMEDIATE):
        raise OutOfDate("refusal.old_button")
