"""The notebook: a disguise she chooses. After hiding, the chat is an empty notebook that really keeps notes.

Set-up: her return code shown or knowingly refused, then her own word typed twice. From the next hiding on the chat is a
notebook until the word, or the return code, is typed; nothing of a case is sent there, for a hidden chat is sent only
what is urgent. Three wrong words are three notes. What calls for help opens the numbers in any state.
"""

from bot.content import calls_of_help
from bot.domain.danger import DangerKind
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.intake import Kind, Piece
from bot.domain.notebook import LISTED, TRIED_MOST, TRIED_WITHIN, calls_for_help, own_word, plain
from bot.domain.people import Disguise, Person
from bot.domain.return_code import written_code
from bot.domain.rights import Right, allowed, require
from bot.phrases import written_screen
from bot.services import danger, moving, return_code
from bot.services.risk import seen_in, sounds
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram import commands
from bot.telegram.callbacks import JotAct
from bot.telegram.messages import notebook as messages

WORD, WORD_AGAIN = "word", "word_again"
"""What her next text is while she chooses her word."""


async def about(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """What the notebook is, before she decides."""
    require(person, Right.APPEAL)
    await uow.people.await_text(person, None)
    await uow.outbox.put(messages.about(person, on), to=person)


async def ask_word(uow: UnitOfWork, person: Person) -> None:
    """Her next word is the one that opens the notebook. Raises Unfit while nothing is decided about the return code."""
    require(person, Right.APPEAL)
    if person.return_code is None:
        raise Unfit("refusal.code_first")
    await uow.people.await_text(person, WORD)
    await uow.outbox.put(messages.told(person, "notebook.ask_word"), to=person)


async def take_word(uow: UnitOfWork, person: Person, words: str, message_id: int) -> None:
    """The word, or the same word again; it is deleted from the chat at once. The second time must be as the first."""
    require(person, Right.APPEAL)
    await return_code.delete(uow, person, message_id)
    word = own_word(words)
    if word is None or calls(words):
        await uow.outbox.put(messages.told(person, "notebook.word_taken"), to=person)
    elif person.awaiting == WORD:
        await uow.notes.keep_word(person, word)
        await uow.people.await_text(person, WORD_AGAIN)
        await uow.outbox.put(messages.told(person, "notebook.ask_again"), to=person)
    elif await uow.notes.is_word(person, word):
        await uow.people.await_text(person, None)
        await uow.people.set(person, disguise=Disguise.ON)
        ready = messages.told(person, "notebook.ready", word=messages.default_word(person.language))
        await uow.outbox.put(ready, to=person)
    else:
        await uow.people.await_text(person, WORD)
        await uow.outbox.put(messages.told(person, "notebook.differs"), to=person)


async def switch_off(uow: UnitOfWork, person: Person) -> None:
    """No notebook any more; the notes stay."""
    require(person, Right.APPEAL)
    await uow.people.await_text(person, None)
    await uow.people.set(person, disguise=None, word_hash=None)
    await uow.outbox.put(messages.told(person, "notebook.off"), to=person)


async def put_on(uow: UnitOfWork, person: Person) -> None:
    """Her chat has just been hidden: from now on it is a notebook, its menu too, if she has chosen so."""
    if person.disguise is Disguise.ON:
        await uow.people.set(person, disguise=Disguise.SHOWN)
        await uow.outbox.forget_menu(uow.cipher.lookup("account", person.account))
        if person.language is not None:
            await uow.outbox.put(commands.for_notebook(person), to=person, lane=Lane.URGENT)


async def show(uow: UnitOfWork, settings: Settings, person: Person, on: int | None = None) -> None:
    """The latest notes."""
    notes = await uow.notes.of(person.id, LISTED)
    await uow.outbox.put(messages.pages(person, notes, settings.zone, on), to=person, lane=Lane.URGENT)


async def write(uow: UnitOfWork, settings: Settings, person: Person, piece: Piece, message_id: int) -> None:
    """Something written into the notebook: a call for help, a code, her word, or a note."""
    words = piece.text if piece.kind is Kind.TEXT else ""
    code, word = written_code(words), own_word(words)
    if calls(words):
        await danger.show(uow, settings, person)
    elif code is not None and await return_code.enter_unseen(uow, settings, person, code, message_id):
        return
    elif word is not None and await _is_her_word(uow, person, word):
        await return_code.delete(uow, person, message_id)
        await moving.open_notebook(uow, person)
    else:
        await uow.notes.add(person.id, piece)
        urgent = sounds(await seen_in(uow, [piece.text]))
        answer = messages.open_help(person) if urgent else messages.saved(person)
        await uow.outbox.put(answer, to=person, lane=Lane.URGENT)


async def _is_her_word(uow: UnitOfWork, person: Person, word: str) -> bool:
    """False also when she writes faster than anybody looks for a word: then it is a note like any other."""
    lately = await uow.notes.written_since(person.id, uow.now - TRIED_WITHIN)
    return lately < TRIED_MOST and await uow.notes.is_word(person, word)


async def act(uow: UnitOfWork, settings: Settings, person: Person, act: JotAct, note: int, on: int | None) -> None:
    """A button of the notebook. Raises OutOfDate where no notebook is."""
    if not person.disguised:
        raise OutOfDate("refusal.old_button")
    if act is JotAct.ASK_ALL:
        await uow.outbox.put(messages.ask_all(person, on), to=person, lane=Lane.URGENT)
        return
    if act in (JotAct.REMOVE, JotAct.REMOVE_ALL):
        await uow.notes.remove(person.id, note if act is JotAct.REMOVE else None)
    await show(uow, settings, person, on)


async def call_duty(uow: UnitOfWork, settings: Settings, person: Person, kind: DangerKind | None = None) -> None:
    """She calls a lawyer from the danger screen: she acts, so the notebook opens. Blocked, she sees the numbers."""
    if not allowed(person, Right.WRITE):
        await danger.show(uow, settings, person)
        return
    await moving.open_notebook(uow, person)
    await danger.call_duty(uow, settings, await uow.people.get(person.id), kind=kind)


def may_be_word(words: str) -> bool:
    """True for a single word that is no cry for help: that one is hers to say, whatever she was asked."""
    return own_word(words) is not None and not sounds(written_screen().look(words))


def calls(words: str) -> bool:
    """True when these words alone open the numbers: 112, SOS, or the everyday word of any of the four languages."""
    return calls_for_help(words, calls_of_help() | {plain(each) for each in messages.default_words()})
