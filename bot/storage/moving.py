"""Moving: a help-seeker's row goes to the account she writes from now; what that account had begun goes with her.

The account she had keeps nothing: who writes from there is a newcomer. Message ids of one chat mean nothing in another,
so whatever pointed at a message of the old chat is forgotten.
"""

from typing import Any

from sqlalchemy import Column, Table, delete, exists, insert, select, update

from bot.domain.ids import PersonId
from bot.domain.people import Disguise, Person
from bot.storage import tables
from bot.storage.people import person_owner
from bot.storage.transaction import Transaction
from bot.storage.waiting import WIPED

P, OUT, D, W, K = tables.people, tables.outbox, tables.drafts, tables.draft_words, tables.keys

SETTLED = ("sent", "replaced", "dead")
SAYS = ("Send",)
"""What the methods that put something new on a screen begin with; all others point at what is there."""


def told_slot(person: PersonId) -> str:
    """The slot of the line that tells her lawyers that she writes from another account."""
    return f"moved:{person}"


class Moving:
    """From one account to another, and what has to be said before her history is shown there."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def take_over(self, her: Person, newcomer: Person) -> None:
        """Her row goes to the newcomer's account, and the newcomer's row is gone."""
        old, new = (self._tx.cipher.lookup("account", each.account) for each in (her, newcomer))
        for owner in (person_owner(her.id), person_owner(newcomer.id)):
            await self._tx.ready(owner)
        await self._bring(her, newcomer)
        await self._move_waiting(old, new, newcomer)
        await self._forget_chat(old)
        await self._tx.write(delete(P).where(P.c.id == newcomer.id))
        await self._tx.write(delete(K).where(K.c.owner == person_owner(newcomer.id)))
        owner = person_owner(her.id)
        account = self._tx.seal(owner, f"people.sealed_account/{her.id}", newcomer.account)
        place = {"lookup": new, "sealed_account": account, "started": True, "reachable": True}
        await self.come_back(her, **place, moved_at=self._tx.now, held=True)

    async def come_back(self, her: Person, **values: Any) -> None:
        """Whatever kept her chat shut is over: hidden, frozen, a notebook."""
        open_now = {"hidden": False, "frozen": False, "awaiting": None, "seen_at": self._tx.now}
        notebook = {"disguise": Disguise.ON} if her.disguised else {}
        await self._tx.write(update(P).where(P.c.id == her.id).values(open_now | notebook | values))

    async def untold(self, person: PersonId) -> bool:
        """True while a lawyer who holds a case of hers has not been sent the line about her other account."""
        waits = (OUT.c.slot == told_slot(person), OUT.c.state.not_in(SETTLED))
        return bool(await self._tx.read(select(OUT.c.id).where(*waits).limit(1), touching=(OUT,)))

    async def told(self) -> list[PersonId]:
        """Whose lawyers have all been sent that line since she moved; each is named once."""
        slot = "moved:" + P.c.id
        waits = exists().where(OUT.c.slot == slot, OUT.c.state.not_in(SETTLED))
        query = select(P.c.id).where(P.c.moved_at.is_not(None), P.c.held, exists().where(OUT.c.slot == slot), ~waits)
        found = [PersonId(row.id) for row in await self._tx.read(query, touching=(OUT,))]
        slots = [told_slot(each) for each in found]
        if slots:
            await self._tx.write(update(OUT).where(OUT.c.slot.in_(slots)).values(slot=None))
        return found

    async def _bring(self, her: Person, newcomer: Person) -> None:
        """What the newcomer has begun: appeals, draft, notes, failed tries. A draft of her own keeps its answers."""
        cases, tries, here = tables.cases, tables.code_tries, (D.c.person == newcomer.id)
        await self._tx.write(update(cases).where(cases.c.seeker == newcomer.id).values(seeker=her.id))
        await self._tx.write(
            update(tries).where(tries.c.person == newcomer.id).values(person=her.id), touching=(tries,)
        )
        if her.case is None and newcomer.case is not None:
            await self._tx.write(update(P).where(P.c.id == her.id).values(current_case=newcomer.case.file.code))
        await self._tx.write(
            update(W).where(W.c.person == her.id, W.c.message_id > 0).values(message_id=-W.c.id), touching=(W,)
        )
        draft = await self._tx.read(select(D).where(here))
        if draft and not her.drafting:
            sealed = self._resealed(her, newcomer, "drafts.sealed_answers", draft[0].sealed_answers, whole=True)
            await self._tx.write(insert(D).values(person=her.id, sealed_answers=sealed, since=draft[0].since))
        await self._tx.write(delete(D).where(here))
        await self._give(W, W.c.person, her, newcomer)
        await self._give(tables.notes, tables.notes.c.person, her, newcomer)
        await self._give_set_aside(her, newcomer)

    async def _give(self, table: Table, holder: Column[Any], her: Person, newcomer: Person) -> None:
        query = select(table.c.id, table.c.sealed).where(holder == newcomer.id)
        for row in await self._tx.read(query, touching=(table,)):
            sealed = self._resealed(her, newcomer, f"{table.name}.sealed/{row.id}", row.sealed)
            await self._tx.write(update(table).where(table.c.id == row.id).values(person=her.id, sealed=sealed))

    async def _give_set_aside(self, her: Person, newcomer: Person) -> None:
        """What could not be handled keeps a key that opens it."""
        aside = tables.set_aside
        query = select(aside.c.update_id, aside.c.sealed).where(aside.c.owner == person_owner(newcomer.id))
        for row in await self._tx.read(query, touching=(aside,)):
            sealed = self._resealed(her, newcomer, f"set_aside.sealed/{row.update_id}", row.sealed)
            here = update(aside).where(aside.c.update_id == row.update_id)
            await self._tx.write(here.values(owner=person_owner(her.id), sealed=sealed))

    def _resealed(self, her: Person, newcomer: Person, place: str, sealed: bytes, *, whole: bool = False) -> bytes:
        """What one key sealed, under the other; `whole`: the place is the person, not a row."""
        before, after = (f"{place}/{each.id}" if whole else place for each in (newcomer, her))
        return self._tx.seal(person_owner(her.id), after, self._tx.unseal(person_owner(newcomer.id), before, sealed))

    async def _forget_chat(self, old: str) -> None:
        """Unless something is still to be deleted there: what that is, is looked up when it is."""
        await self._tx.write(delete(tables.shown).where(tables.shown.c.chat == old), touching=(tables.shown,))
        if await self._tx.read(select(OUT.c.id).where(OUT.c.chat == old).limit(1)):
            return
        for table in (tables.chat_messages, tables.topics):
            await self._tx.write(delete(table).where(table.c.chat == old), touching=(table,))

    async def _move_waiting(self, old: str, new: str, newcomer: Person) -> None:
        """What waited for the old chat waits for the new one, held; what was sealed for the newcomer is not said.

        What was to be deleted in the old chat, because she hid it, is deleted there.
        """
        hers = (OUT.c.owner == person_owner(newcomer.id), OUT.c.state.not_in(SETTLED))
        await self._tx.write(update(OUT).where(*hers).values(WIPED | {"state": "replaced"}), touching=(OUT,))
        goes = (OUT.c.chat == old, ~(OUT.c.method.like("Delete%") & OUT.c.state.not_in(SETTLED)))
        query = select(OUT, K.c.wrapped).join(K, K.c.owner == OUT.c.owner)
        for row in await self._tx.read(query.where(*goes, OUT.c.state.not_in(SETTLED))):
            await self._tx.write(update(OUT).where(OUT.c.id == row.id).values(self._for(row, newcomer.account)))
        await self._tx.write(update(OUT).where(*goes).values(chat=new))

    def _for(self, row: Any, account: int) -> dict[str, Any]:
        of_the_moment = row.lives is not None or (row.slot or "").startswith(("screen:", "notice:"))
        if not row.method.startswith(SAYS) or of_the_moment:
            return WIPED | {"state": "replaced", "settled_at": self._tx.now}
        if not self._tx.cipher.knows(row.owner):
            self._tx.cipher.learn(row.owner, row.wrapped)
        place = f"outbox.sealed/{row.id}"
        kept = self._tx.unseal(row.owner, place, row.sealed)
        kept["params"]["chat_id"] = account
        state = row.state if row.state == "sending" else "held"
        return {"state": state, "sealed": self._tx.seal(row.owner, place, kept)}
