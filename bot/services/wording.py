"""The canned replies in the coordinators' hands: read, changed, added in four languages, switched off and on."""

from dataclasses import replace

from bot.content import telling
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.journal import Action
from bot.domain.people import LANGUAGES, Person
from bot.domain.reply import LONGEST, CannedReply
from bot.domain.rights import Right, require
from bot.replies import written_replies
from bot.services import replies
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import wording as messages

AWAITED = "reply:"
"""What a coordinator is asked for begins with this; then the key and the language."""

A_PAGE = 8


async def show(uow: UnitOfWork, coordinator: Person, page: int, on: int | None) -> None:
    """Every reply by its title, also what is switched off or not written in every language."""
    require(coordinator, Right.REPLIES)
    await uow.people.await_text(coordinator, None)
    every = await replies.every(uow)
    last = max(0, (len(every) - 1) // A_PAGE)
    page = min(page, last)
    shown = every[page * A_PAGE : (page + 1) * A_PAGE]
    await uow.outbox.put(messages.listed(coordinator, shown, page, last, on), to=coordinator)


async def show_one(uow: UnitOfWork, coordinator: Person, key: str, on: int | None) -> None:
    """One reply in all its languages."""
    require(coordinator, Right.REPLIES)
    await uow.people.await_text(coordinator, None)
    await uow.outbox.put(messages.one(coordinator, await replies.find(uow, key), on), to=coordinator)


async def switch(uow: UnitOfWork, coordinator: Person, key: str, *, to: bool, on: int | None) -> None:
    """Lawyers are offered it no more, or again. Words that are those of the files follow the files again."""
    require(coordinator, Right.REPLIES)
    reply = await replies.find(uow, key)
    written = _written(key)
    for language, words in reply.words.items():
        if to and written is not None and written.words.get(language) == words:
            await uow.replies.forget(key, language)
        else:
            await uow.replies.keep(key, language, words, active=to)
    uow.journal.note(Action.REPLY_ON if to else Action.REPLY_OFF, actor=coordinator, case=None)
    await uow.outbox.put(messages.one(coordinator, replace(reply, active=to), on), to=coordinator)


async def ask(uow: UnitOfWork, coordinator: Person, key: str, language: str, on: int | None) -> None:
    """The next text is this reply in this language; without a key a new reply. Raises OutOfDate for a forged button."""
    require(coordinator, Right.REPLIES)
    if language not in LANGUAGES:
        raise OutOfDate("refusal.old_button")
    if key:
        await replies.find(uow, key)
    await _await(uow, coordinator, key or f"own{uow.new_id():x}", language)
    await uow.outbox.put(messages.ask(coordinator, key, language, on), to=coordinator)


async def write(uow: UnitOfWork, coordinator: Person, text: str) -> None:
    """The words. Raises Unfit for what can't stand there, and goes on waiting; what is missing is asked for next."""
    require(coordinator, Right.REPLIES)
    key, language = (coordinator.awaiting or "").removeprefix(AWAITED).split(":")
    words = "\n".join(line.strip() for line in text.strip().splitlines())
    _check(words)
    known = next((each for each in await replies.every(uow) if each.key == key), None)
    await uow.replies.keep(key, language, words, active=known.active if known else True)
    uow.journal.note(Action.REPLY_CHANGED if known else Action.REPLY_ADDED, actor=coordinator, case=None)
    reply = await replies.find(uow, key)
    if reply.missing:
        await _await(uow, coordinator, key, reply.missing[0])
    else:
        await uow.people.await_text(coordinator, None)
    await uow.outbox.put(messages.kept(coordinator, reply, language), to=coordinator)


def _check(words: str) -> None:
    if not 1 <= len(words) <= LONGEST:
        raise Unfit("replies.unfit", most=str(LONGEST))
    told = telling(words.partition("\n")[0])
    if told is not None:
        raise Unfit("replies.telling", word=told)


async def _await(uow: UnitOfWork, coordinator: Person, key: str, language: str) -> None:
    await uow.people.await_text(coordinator, f"{AWAITED}{key}:{language}")


def _written(key: str) -> CannedReply | None:
    return next((each for each in written_replies() if each.key == key), None)
