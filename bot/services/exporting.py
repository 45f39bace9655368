"""Export: she is given everything that is kept about her, in one message or one file, and the files themselves."""

from bot.domain.case import Case, Shut
from bot.domain.errors import NotAllowed
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.services import moving
from bot.services.reach import zone_of
from bot.services.referring import who
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import conversation
from bot.telegram.messages import export as messages


async def export(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """Everything of hers. Raises NotAllowed while somebody else may sit at her account, or has just come to it."""
    require(person, Right.APPEAL)
    kept = await _everything(uow, settings, person)
    message, file = messages.export(person, kept, settings.zone, uow.now)
    uow.journal.note(Action.EXPORTED, actor=person)
    await uow.outbox.put(message, to=person, file=file)


async def files(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """What can't be written down is sent again, in its order. Raises NotAllowed as `export` does."""
    require(person, Right.APPEAL)
    kept = await _everything(uow, settings, person)
    said = [entry.piece for appeal in kept.appeals for entry in appeal.entries]
    uow.journal.note(Action.EXPORTED, actor=person)
    for piece in (*said, *kept.draft_words, *(note for _, note in kept.notes)):
        if piece.file_id:
            for method in conversation.rebuilt(person, piece, None, protected=False):
                await uow.outbox.put(method, to=person)


async def _everything(uow: UnitOfWork, settings: Settings, person: Person) -> messages.Everything:
    if person.frozen:
        raise NotAllowed("refusal.frozen")
    if not await moving.may_read_history(uow, person):
        raise NotAllowed("again.later")
    hers = [case for case in reversed(await uow.cases.of_seeker(person.id)) if not isinstance(case, Shut)]
    return messages.Everything(
        appeals=[await _appeal(uow, settings, case) for case in hers],
        draft=await uow.drafts.answers(person.id) or {},
        draft_words=[word.piece for word in await uow.drafts.words(person.id)],
        notes=await uow.holdings.notes(person.id),
    )


async def _appeal(uow: UnitOfWork, settings: Settings, case: Case) -> messages.Appeal:
    code = case.file.code
    zone = zone_of(settings, case.file)
    named = [(each, await who(uow, each.target)) for each in await uow.referrals.of(code)]
    entries, told = await uow.threads.of(code), await uow.complaints.of(code)
    return messages.Appeal(case, zone, await uow.consents.of(code), entries, named, told)
