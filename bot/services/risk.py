"""What the risk screen says of somebody's words, by the rules of the files and what coordinators changed."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from bot.domain.risk import NOTHING, Finding, Level, Screen
from bot.domain.triage import Urgency
from bot.phrases import written_screen
from bot.storage.cipher import Cipher
from bot.storage.unit_of_work import UnitOfWork

_made: WeakKeyDictionary[Cipher, tuple[object, Screen]] = WeakKeyDictionary()
"""The screen of each open database, with the version of its phrases."""


async def screen_of(uow: UnitOfWork) -> Screen:
    """The screen as the rules stand now, also when another process changed them."""
    version, known = await uow.risk.version(), _made.get(uow.cipher)
    if known is None or known[0] != version:
        kept = await uow.risk.all() if version[0] else []
        off = {(each.phrase.language, each.phrase.text) for each in kept}
        changed = written_screen().changed([each.phrase for each in kept if each.active], off) if kept else None
        known = _made[uow.cipher] = (version, changed or written_screen())
    return known[1]


async def seen_in(uow: UnitOfWork, texts: Iterable[str]) -> Finding:
    """What is seen in these texts together: the weightiest of what is seen in each."""
    screen = await screen_of(uow)
    found = [each for each in map(screen.look, filter(None, texts)) if each.level is not Level.NONE]
    if not found:
        return NOTHING
    first = min(found, key=lambda each: each.level is not Level.IMMEDIATE)
    return Finding(first.level, first.kind, tuple(phrase for each in found for phrase in each.matched))


def kinds_of(found: Finding) -> list[str]:
    """The kinds of danger that make it as weighty as it is, as a case keeps them."""
    weightiest = (phrase for phrase in found.matched if phrase.level is found.level)
    return list(dict.fromkeys(phrase.kind or OTHER for phrase in weightiest))


def raised(urgency: Urgency, found: Finding) -> Urgency:
    """An urgency, raised to what was seen; never lowered."""
    return urgency if found.level is Level.NONE else urgency.raised_to(Urgency(found.level))


def sounds(found: Finding) -> bool:
    """True for immediate danger, and for a bare call for help."""
    return found.level is Level.IMMEDIATE or (found.level is Level.HIGH and found.kind is None)


OTHER = "other"
"""How a case keeps danger of no kind that has an answer of its own."""
