"""The directory: who else helps. Only what is checked is shown to a help-seeker; nothing shows the way to a shelter."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.people import LANGUAGES
from bot.domain.police import PoliceLink

CHECKED_FOR = timedelta(days=31)
"""For so long a check of a number holds; then somebody calls there again."""


class ServiceKind(StrEnum):
    """What a service is."""

    EMERGENCY = "emergency"
    HELPLINE = "helpline"
    SUPPORT = "support"
    HEALTH = "health"
    LEGAL_AID = "legal_aid"
    COMMUNITY = "community"
    SHELTER = "shelter"
    SOCIAL = "social"
    COMPLAINT = "complaint"
    REFERRAL = "referral"
    INFO = "info"


@dataclass(frozen=True)
class Hours:
    """When a service answers, where that can be said in every language: round the clock, or from and to."""

    first: str | None = None
    last: str | None = None
    weekdays: bool = False


@dataclass(frozen=True)
class Service:
    """A number or an organisation. `regions`: ISO codes, none for the whole country; `changed_at`: by a coordinator."""

    id: str
    country: str
    names: Mapping[str, str]
    kind: ServiceKind
    police_linked: PoliceLink
    regions: tuple[str, ...] = ()
    city: str = ""
    run_by: str = ""
    phones: tuple[str, ...] = ()
    whatsapp: str = ""
    website: str = ""
    serves: tuple[str, ...] = ()
    hours: str = ""
    free: str = ""
    notes: str = ""
    source: str = ""
    source_url: str = ""
    source_year: int | None = None
    confidence: str = ""
    shown: bool = False
    call_first: int = 3
    verified_at: datetime | None = None
    changed_at: datetime | None = field(default=None, compare=False)

    def name(self, language: str) -> str:
        """In this language, or in the one its reader reads best: kk and ky for each other before ru, ru before en."""
        return next((self.names[each] for each in _INSTEAD[language] if self.names.get(each)), self.id)

    @property
    def is_free(self) -> bool:
        """True when it is known to cost nothing."""
        return self.free.startswith("yes")

    @property
    def answers(self) -> Hours | None:
        """When somebody answers; None where that is not known surely enough to be said."""
        if self.hours == "24/7":
            return Hours()
        found = _HOURS.fullmatch(self.hours)
        return Hours(found["first"], found["last"], weekdays=bool(found["days"])) if found else None

    @property
    def number(self) -> str:
        """What the seed calls a short number, whatever it is dialled as now: `103` of `kz-103`."""
        return self.id.partition("-")[2]

    @property
    def reachable(self) -> bool:
        """True when there is any way to reach it."""
        return bool(self.phones or self.whatsapp or self.website)

    def overdue(self, now: datetime) -> bool:
        """True when it has to be called: never checked here, or too long ago."""
        return self.verified_at is None or abs(now - self.verified_at) > CHECKED_FOR

    def helps_with(self, category: str) -> bool:
        """True when it serves this category or a part of it; what serves everything counts."""
        return not self.serves or any(
            each in (category, "legal") or each.startswith(f"{category}.") for each in self.serves
        )


_INSTEAD = {"kk": ("kk", "ky", "ru", "en"), "ky": ("ky", "kk", "ru", "en"), "ru": ("ru", "en", "kk", "ky"),
            "en": ("en", "ru", "kk", "ky")}  # fmt: skip
_HOURS = re.compile(r"(?P<days>Mon-Fri )?(?P<first>([01]?\d|2[0-3]):[0-5]\d)-(?P<last>([01]?\d|2[0-4]):[0-5]\d)")
_PHONE = re.compile(r"\d{3,6}|\+\d{11,12}|\d{2}(-\d{2}){2}")
_ID = re.compile(r"[a-z0-9-]{1,24}")


@dataclass(frozen=True)
class Looking:
    """Where, and for what, somebody looks for help; empty: everywhere, for everything."""

    country: str
    region: str = ""
    category: str = ""
    page: int = 0


def nearby(services: Iterable[Service], looking: Looking) -> list[Service]:
    """What is shown in this place for this: of the region first, then of the whole country, emergency numbers last."""
    fitting = [
        each
        for each in services
        if each.shown
        and each.country in (looking.country, "")
        and (not each.regions or not looking.region or looking.region in each.regions)
        and (not looking.category or each.kind is ServiceKind.EMERGENCY or each.helps_with(looking.category))
    ]
    return sorted(fitting, key=_order)


def _order(service: Service) -> tuple[object, ...]:
    """Near before far; the emergency numbers last, and of them the ambulance first, the police last."""
    alarming = list(PoliceLink).index(service.police_linked)
    emergency = service.kind is ServiceKind.EMERGENCY
    return emergency, not service.regions, list(ServiceKind).index(service.kind), alarming, "HLT" not in service.serves


def named_by(country: str, number: str) -> str:
    """The id of a short number of a country in the seed."""
    return f"{country.lower()}-{number}"


def to_call(services: Iterable[Service], now: datetime) -> list[Service]:
    """In the order in which they are to be called: due ones first, by what hangs on them, the oldest check first."""
    never = datetime.min.replace(tzinfo=now.tzinfo)
    return sorted(
        services,
        key=lambda each: (not each.overdue(now), each.call_first, not each.shown, each.verified_at or never, each.id),
    )


@dataclass(frozen=True)
class Misread:
    """What can't be read in a row: the column, and the key of the text that says why."""

    column: str
    key: str
    value: str = ""


COLUMNS = (
    "id", "country", "region_iso", "city", "name_en", "name_ru", "name_kk", "name_ky", "type", "operator_type",
    "phone", "whatsapp", "website", "serves", "hours", "free", "police_linked", "notes", "source", "source_url",
    "source_year", "confidence", "show_to_user", "verify_priority", "verified_on",
)  # fmt: skip
"""The columns of the file, for giving out and for taking in; the order is free."""


def as_row(service: Service) -> dict[str, str]:
    """The service as a row of the file."""
    return {
        "id": service.id,
        "country": service.country,
        "region_iso": ";".join(service.regions),
        "city": service.city,
        **{f"name_{language}": service.names.get(language, "") for language in LANGUAGES},
        "type": service.kind,
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
        "source_year": str(service.source_year or ""),
        "confidence": service.confidence,
        "show_to_user": "true" if service.shown else "false",
        "verify_priority": str(service.call_first),
        "verified_on": service.verified_at.date().isoformat() if service.verified_at else "",
    }


def from_row(row: Mapping[str, str], regions: Collection[str], codes: Collection[str]) -> Service:
    """The service in a row of the file. `wrong` says beforehand whether it can be read; raises ValueError otherwise."""
    if wrong(row, regions, codes):
        raise ValueError(row.get("id", ""))
    given = _given(row)
    on = given["verified_on"]
    return Service(
        id=given["id"],
        country=given["country"],
        names={language: given[f"name_{language}"] for language in LANGUAGES if given[f"name_{language}"]},
        kind=ServiceKind(given["type"]),
        police_linked=PoliceLink(given["police_linked"]),
        regions=_parts(given["region_iso"]),
        city=given["city"],
        run_by=given["operator_type"],
        phones=_parts(given["phone"]),
        whatsapp=given["whatsapp"],
        website=given["website"],
        serves=_parts(given["serves"]),
        hours=given["hours"],
        free=given["free"],
        notes=given["notes"],
        source=given["source"],
        source_url=given["source_url"],
        source_year=int(given["source_year"]) if given["source_year"] else None,
        confidence=given["confidence"],
        shown=given["show_to_user"] == "true",
        call_first=int(given["verify_priority"] or 3),
        verified_at=datetime.fromisoformat(f"{on}T00:00:00+00:00") if on else None,
    )


_FREE = ("city", "hours", "notes", "source", "source_url", "confidence")
CHECKED = tuple(each for each in COLUMNS if each not in _FREE and not each.startswith("name_"))
"""Columns in which not everything can stand."""


def wrong(row: Mapping[str, str], regions: Collection[str], codes: Collection[str]) -> list[Misread]:
    """Everything that can't be read in a row of the file, by column. `codes`: what a service may serve."""
    given = _given(row)
    found = [Misread(column, "directory.wrong.long") for column, value in given.items() if len(value) > _most(column)]
    checks = {
        "id": bool(_ID.fullmatch(given["id"])),
        "country": given["country"] in {"", *(each.partition("-")[0] for each in regions)},
        "region_iso": all(each in regions for each in _parts(given["region_iso"])),
        "type": given["type"] in list(ServiceKind),
        "operator_type": given["operator_type"] in ("", "state", "ngo"),
        "phone": all(_PHONE.fullmatch(each) for each in _parts(given["phone"])),
        "whatsapp": not given["whatsapp"] or bool(re.fullmatch(r"\+\d{11,12}", given["whatsapp"])),
        "website": not given["website"] or bool(re.fullmatch(r"https?://[\w.-]+\.\w{2,}\S*", given["website"])),
        "serves": all(each in codes for each in _parts(given["serves"])),
        "free": given["free"].partition(" ")[0] in ("", "yes", "no"),
        "police_linked": given["police_linked"] in list(PoliceLink),
        "source_year": not given["source_year"] or bool(re.fullmatch(r"20\d\d", given["source_year"])),
        "show_to_user": given["show_to_user"] in ("true", "false", ""),
        "verify_priority": given["verify_priority"] in ("", "1", "2", "3"),
        "verified_on": not given["verified_on"] or _is_date(given["verified_on"]),
    }
    found += [Misread(each, f"directory.wrong.{each}", given[each][:60]) for each, fine in checks.items() if not fine]
    if not any(given[f"name_{language}"] for language in LANGUAGES):
        found.append(Misread("name_ru", "directory.wrong.name"))
    where = given["city"] + "".join(given[f"name_{language}"] for language in LANGUAGES)
    if given["type"] == ServiceKind.SHELTER and re.search(r"[,.]\s*\d|№", where):  # a house
        found.append(Misread("city", "directory.wrong.address"))
    if given["show_to_user"] == "true" and not (given["phone"] or given["whatsapp"] or given["website"]):
        found.append(Misread("show_to_user", "directory.wrong.no_way"))
    return found


def _given(row: Mapping[str, str]) -> dict[str, str]:
    """Every column, without what no screen shows: line breaks, doubled spaces, the sign no database takes."""
    return {column: " ".join(row.get(column, "").replace("\x00", "").split()) for column in COLUMNS}


def _most(column: str) -> int:
    """Characters: with more, a screen of a few services would not fit into one message of Telegram's (4096)."""
    return 80 if column.startswith("name_") else 400 if column in ("notes", "source", "source_url") else 120


def checked(service: Service, now: datetime) -> Service:
    """Somebody has called there today: it is right, and may be shown."""
    return replace(service, shown=True, verified_at=now)


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";") if part.strip())


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("2026-11-20")
