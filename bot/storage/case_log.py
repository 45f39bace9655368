"""What the case log is made of: the codes of each appeal whose sender agreed to be counted, and nothing else of it."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from bot.domain.case import Outcome
from bot.domain.case_log import NOT_KNOWN, OVER_18
from bot.domain.coding import contexts
from bot.domain.elapsed import elapsed
from bot.domain.period import Period
from bot.domain.report import Week
from bot.storage import tables
from bot.storage.cases import coding_of
from bot.storage.transaction import Transaction

C, R = tables.cases, tables.referrals


class CaseLog:
    """Reads it."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def rows(self, period: Period, zone: ZoneInfo) -> list[dict[str, str]]:
        """The codes of the appeals of a period by `case_log.COLUMNS`. Without those told to somebody who counts too."""
        start, end = period.span(zone)
        told_of = (
            C.c.submitted_at >= start, C.c.submitted_at < end, C.c.consent_statistics.is_(True),
            C.c.told_elsewhere.is_(False), C.c.category != "", C.c.outcome.is_distinct_from(Outcome.TEST),
        )  # fmt: skip
        sent: dict[str, set[str]] = {}
        kinds = select(R.c.case_code, R.c.target).join(C, C.c.code == R.c.case_code).where(*told_of)
        for row in await self._tx.read(kinds.where(R.c.sent_at.is_not(None))):
            sent.setdefault(row.case_code, set()).add(row.target.partition(":")[0])
        found = await self._tx.read(select(C).where(*told_of))
        return [_codes(row, zone, sent.get(row.code, set())) for row in found]


def _codes(row: Row[Any], zone: ZoneInfo, referred: set[str]) -> dict[str, str]:
    coding, since = coding_of(row), elapsed(row.happened_from, row.happened_until, row.submitted_at)
    codes = {
        "week": str(Week.of(row.submitted_at, zone)),
        "age": row.age and (row.age if row.age == "under_18" else OVER_18),
        "elapsed": since,
        "context": " ".join(contexts(coding, row.age)),
        "violated": " ".join(sorted(coding.violated)),
        "referrals": " ".join(sorted(referred)),
    } | {
        name: getattr(row, name)
        for name in ("category", "subcategory", "country", "region", "gbvims", "violator", "outcome", "channel")
    }
    return {name: code or NOT_KNOWN for name, code in codes.items()}
