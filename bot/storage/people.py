"""People: found by a keyed hash of the account, kept with nothing that names them."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Row, and_, func, insert, select, update

from bot.domain.case import Case, Claimed
from bot.domain.ids import CaseCode, PersonId, new_person_id
from bot.domain.people import NOBODY, ON_CASES, AutoHide, Disguise, Person, ReturnCode, Role
from bot.storage import tables
from bot.storage.cases import case_of, owner_of
from bot.storage.transaction import Transaction

AWAITED_FOR = timedelta(minutes=10)
"""A question older than this is forgotten: what she writes then are her own words, not an answer."""

P, C, D, K, INV = tables.people, tables.cases, tables.drafts, tables.keys, tables.invitations
CON = tables.conflicts
_CASE_KEY = K.alias("case_key")


def person_owner(person: str) -> str:
    """The name under which a person's data key is kept."""
    return f"person:{person}"


_WHO = (
    select(
        P.c.id.label("person_id"),
        P.c.lookup,
        P.c.sealed_account,
        P.c.language.label("reads"),
        P.c.role,
        P.c.sealed_working_name,
        P.c.started,
        P.c.reachable,
        P.c.held,
        P.c.seen_at,
        P.c.hidden,
        P.c.frozen,
        P.c.blocked_at,
        P.c.auto_hide,
        P.c.disguise,
        P.c.return_code,
        P.c.awaiting,
        P.c.awaiting_since,
        P.c.told_files,
        P.c.moved_at,
        P.c.erase_at,
        K.c.wrapped,
        _CASE_KEY.c.wrapped.label("case_wrapped"),
        D.c.person.label("draft"),
        select(func.min(INV.c.id))
        .where(INV.c.made_by == P.c.id, INV.c.token_lookup.is_(None))
        .correlate(P)
        .scalar_subquery()
        .label("naming"),
        select(func.count())
        .select_from(C)
        .where(C.c.seeker == P.c.id, C.c.status != "closed")
        .correlate(P)
        .scalar_subquery()
        .label("open_cases"),
        C,
    )
    .select_from(P)
    .join(K, K.c.owner == "person:" + P.c.id)
    .outerjoin(D, D.c.person == P.c.id)
    .outerjoin(C, C.c.code == P.c.current_case)
    .outerjoin(_CASE_KEY, _CASE_KEY.c.owner == "case:" + P.c.current_case)
)


class People:
    """Everybody who ever wrote to the hotline."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._expected: dict[str, Person] = {}
        self._as_of = 0

    async def expect(self, accounts: Collection[int]) -> set[CaseCode]:
        """Read whoever is behind these accounts, and the lawyers of their cases, at once; which cases she writes in.

        They are good until anything is written in this transaction; then each is read again. What a relayed message
        does is only appended, and a statement costs more than everything else about it.
        """
        lookups = {self._tx.cipher.lookup("account", account): account for account in accounts}
        found = [self._person(row) for row in await self._tx.read(_WHO.where(P.c.lookup.in_(lookups)))]
        lawyers = {each.case.lawyer for each in found if isinstance(each.case, Claimed)} - {each.id for each in found}
        found += [self._person(row) for row in await self._tx.read(_WHO.where(P.c.id.in_(lawyers)))] if lawyers else []
        self._expected = {self._tx.cipher.lookup("account", each.account): each for each in found}
        self._expected |= {each.id: each for each in found}
        self._as_of = self._tx.writes
        return {each.case.file.code for each in found if isinstance(each.case, Claimed) and each.role is None}

    async def by_account(self, account: int) -> Person:
        """The person behind an account; a new one when nobody was."""
        lookup = self._tx.cipher.lookup("account", account)
        return await self._one(P.c.lookup, lookup) or await self._add(account, lookup)

    async def by_id(self, person: PersonId) -> Person | None:
        """The person with this id; None for a forged one."""
        return await self._one(P.c.id, person)

    async def get(self, person: PersonId) -> Person:
        """The person with this id, who must exist."""
        found = await self.by_id(person)
        if found is None:
            raise LookupError(person)
        return found

    async def by_chat(self, chat: str) -> Person | None:
        """The person whose private chat has this lookup."""
        return await self._one(P.c.lookup, chat)

    async def coordinators(self, case: CaseCode | None = None) -> list[Person]:
        """Every coordinator who can be written to; about a case, whoever said *not me* of it is left out."""
        query = _WHO.where(and_(P.c.role == Role.COORDINATOR, P.c.started, P.c.reachable)).order_by(P.c.since)
        if case is not None:
            query = query.where(P.c.id.not_in(select(CON.c.person).where(CON.c.case_code == case)))
        return [self._person(row) for row in await self._tx.read(query)]

    async def members(self) -> list[Person]:
        """Everybody on the team, the longest known first."""
        return await self._in_roles(Role)

    async def on_cases(self) -> list[Person]:
        """Everybody who may have a case in their hands, the longest known first."""
        return await self._in_roles(ON_CASES)

    async def blocked(self) -> list[Person]:
        """Everybody from whom nothing is taken, the latest first."""
        rows = await self._tx.read(_WHO.where(P.c.blocked_at.is_not(None)).order_by(P.c.blocked_at.desc()))
        return [self._person(row) for row in rows]

    async def hiding_by_themselves(self) -> list[Person]:
        """Everybody whose chat is to be hidden by itself and is not hidden now."""
        rows = await self._tx.read(_WHO.where(P.c.auto_hide.is_not(None), P.c.hidden.is_(False), P.c.role.is_(None)))
        return [self._person(row) for row in rows]

    async def hide_everybody(self) -> list[Person]:
        """Whoever is not on the team counts as hidden until she comes; those among them who chose the notebook."""
        seen = (P.c.role.is_(None), P.c.erase_at.is_(None), P.c.hidden.is_(False))
        rows = await self._tx.read(_WHO.where(*seen, P.c.disguise == Disguise.ON))
        await self._tx.write(update(P).where(*seen).values(hidden=True, held=True))
        return [self._person(row) for row in rows]

    async def lawyers(self) -> list[Person]:
        """Every lawyer, the longest on the team first."""
        return await self._in_roles([Role.LAWYER])

    async def set(self, person: Person, **values: Any) -> None:
        """Change what is kept of a person, by the names of the columns."""
        await self._tx.write(update(P).where(P.c.id == person.id).values(**values))

    async def await_text(self, person: Person, what: str | None, lasts: timedelta = AWAITED_FOR) -> None:
        """Her next text is this, for as long as anybody remembers the question; None: it is her words again."""
        since = self._tx.now + lasts - AWAITED_FOR  # a question that lasts longer counts as asked later
        await self.set(person, awaiting=what, awaiting_since=since if what else None)

    async def set_current(self, person: PersonId, code: CaseCode | None) -> None:
        """The case her words, or his, go to."""
        await self._tx.write(update(P).where(P.c.id == person).values(current_case=code))

    async def set_role(self, person: Person, role: Role | None, working_name: str | None) -> None:
        """Take a person into the team under a working name, or out of it."""
        owner = person_owner(person.id)
        await self._tx.ready(owner)
        sealed = working_name and self._tx.seal(owner, f"people.sealed_working_name/{person.id}", working_name)
        await self.set(person, role=role, sealed_working_name=sealed or None)

    async def _in_roles(self, roles: Iterable[Role]) -> list[Person]:
        rows = await self._tx.read(_WHO.where(P.c.role.in_(sorted(roles))).order_by(P.c.since))
        return [self._person(row) for row in rows]

    async def _one(self, column: Column[Any], value: str) -> Person | None:
        if self._as_of == self._tx.writes and value in self._expected:
            found = self._expected[value]
            seen = self._tx.seen_at(found.id)
            return replace(found, seen_at=seen) if seen else found
        rows = await self._tx.read(_WHO.where(column == value))
        return self._person(rows[0]) if rows else None

    def _still(self, row: Row[Any]) -> bool:
        since: datetime | None = row.awaiting_since
        return since is None or self._tx.now - since < AWAITED_FOR

    async def add_without_account(self) -> Person:
        """Somebody who came by phone or was met in the street: no account leads to her, and nothing can be sent."""
        return await self._add(NOBODY, f"called:{new_person_id(self._tx.chance)}", reachable=False)

    async def _add(self, account: int, lookup: str, *, reachable: bool = True) -> Person:
        person = new_person_id(self._tx.chance)
        owner = person_owner(person)
        await self._tx.new_key(owner)
        sealed = self._tx.seal(owner, f"people.sealed_account/{person}", account)
        await self._tx.write(
            insert(P).values(id=person, lookup=lookup, sealed_account=sealed, since=self._tx.now, reachable=reachable)
        )
        return Person(account=account, language=None, id=person, reachable=reachable)

    def _person(self, row: Row[Any]) -> Person:
        person = PersonId(row.person_id)
        owner = person_owner(person)
        if not self._tx.cipher.knows(owner):
            self._tx.cipher.learn(owner, row.wrapped)
        role = Role(row.role) if row.role else None
        case = self._case(row)
        if role is not None and not (isinstance(case, Claimed) and case.lawyer == person):
            case = None
        name = row.sealed_working_name
        return Person(
            account=self._tx.unseal(owner, f"people.sealed_account/{person}", row.sealed_account),
            language=row.reads,
            id=person,
            role=role,
            working_name=name and self._tx.unseal(owner, f"people.sealed_working_name/{person}", name),
            started=row.started,
            reachable=row.reachable,
            drafting=row.draft is not None,
            naming=row.naming,
            case=case,
            open_cases=row.open_cases,
            held=row.held,
            seen_at=self._tx.seen_at(person) or row.seen_at,
            hidden=row.hidden,
            frozen=row.frozen,
            blocked=row.blocked_at is not None,
            auto_hide=AutoHide(row.auto_hide) if row.auto_hide else None,
            disguise=Disguise(row.disguise) if row.disguise else None,
            return_code=ReturnCode(row.return_code) if row.return_code else None,
            awaiting=row.awaiting if self._still(row) else None,
            lapsed=None if self._still(row) else row.awaiting,
            told_files=row.told_files,
            moved_at=row.moved_at,
            erase_at=row.erase_at,
        )

    def _case(self, row: Row[Any]) -> Case | None:
        if row.code is None:
            return None
        owner = owner_of(CaseCode(row.code))
        if row.case_wrapped is not None and not self._tx.cipher.knows(owner):
            self._tx.cipher.learn(owner, row.case_wrapped)
        return case_of(row)
