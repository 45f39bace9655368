"""The directory in the database: the seed of `content/` until a coordinator touches a row, his from then on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.domain.directory import Service, ServiceKind
from bot.domain.people import LANGUAGES
from bot.domain.police import PoliceLink
from bot.storage import tables
from bot.storage.transaction import Transaction

S = tables.services


class Directory:
    """Who else helps."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def all(self) -> list[Service]:
        """Every service, shown or not."""
        return [_service(row) for row in await self._tx.read(select(S).order_by(S.c.id))]

    async def find(self, service: str) -> Service | None:
        """The service with this id; None when there is none."""
        rows = await self._tx.read(select(S).where(S.c.id == service))
        return _service(rows[0]) if rows else None

    async def shown(self, ids: Sequence[str]) -> list[Service]:
        """Of these services those that are shown, in this order."""
        rows = await self._tx.read(select(S).where(S.c.id.in_(list(ids)), S.c.shown))
        found = {row.id: _service(row) for row in rows}
        return [found[each] for each in ids if each in found]

    async def keep(self, services: Iterable[Service]) -> None:
        """A coordinator's rows, new or changed: the seed leaves them alone from now on."""
        known = {row.id for row in await self._tx.read(select(S.c.id))}
        for service in services:
            values = _columns(replace(service, changed_at=self._tx.now))
            if service.id in known:
                await self._tx.write(update(S).where(S.c.id == service.id).values(values))
            else:
                await self._tx.write(insert(S).values(values))

    async def sow(self, seed: Iterable[Service]) -> None:
        """The rows of the seed that no coordinator has touched are as the seed has them now."""
        kept = {row.id for row in await self._tx.read(select(S.c.id).where(S.c.changed_at.is_not(None)))}
        await self._tx.write(delete(S).where(S.c.changed_at.is_(None)))
        rows = [_columns(service) for service in seed if service.id not in kept]
        if rows:
            await self._tx.write(insert(S).values(rows))


def _service(row: Any) -> Service:
    return Service(
        id=row.id,
        country=row.country,
        names={each: name for each in LANGUAGES if (name := getattr(row, f"name_{each}"))},
        kind=ServiceKind(row.kind),
        police_linked=PoliceLink(row.police_linked),
        regions=tuple((row.region or "").split(";")) if row.region else (),
        city=row.city or "",
        run_by=row.operator_type or "",
        phones=tuple(row.phone.split("; ")) if row.phone else (),
        whatsapp=row.whatsapp or "",
        website=row.website or "",
        serves=tuple(row.serves.split(";")) if row.serves else (),
        hours=row.hours or "",
        free=row.free or "",
        notes=row.notes or "",
        source=row.source or "",
        source_url=row.source_url or "",
        source_year=row.source_year,
        confidence=row.confidence or "",
        shown=row.shown,
        call_first=row.call_first,
        verified_at=row.verified_at,
        changed_at=row.changed_at,
    )


def _columns(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "country": service.country,
        "region": ";".join(service.regions),
        "city": service.city,
        **{f"name_{each}": service.names.get(each) for each in LANGUAGES},
        "kind": service.kind,
        "operator_type": service.run_by,
        "phone": "; ".join(service.phones),
        "whatsapp": service.whatsapp,
        "website": service.website,
        "serves": ";".join(service.serves),
        "hours": service.hours,
        "free": service.free,
        "police_linked": service.police_linked,
        "notes": service.notes,
        "source": service.source,
        "source_url": service.source_url,
        "source_year": service.source_year,
        "confidence": service.confidence,
        "shown": service.shown,
        "call_first": service.call_first,
        "verified_at": service.verified_at,
        "changed_at": service.changed_at,
    }
