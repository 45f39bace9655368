"""How urgent an appeal is, and the shape of the taxonomy that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.domain.windows import ACT_UNKNOWN, Window

Titles = Mapping[str, str]
"""A title by language code: kk, ru, en, ky."""


class Urgency(StrEnum):
    """Four levels. A level may be raised, never lowered."""

    IMMEDIATE = "immediate"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"

    @property
    def limit(self) -> timedelta:
        """How long an appeal may wait for a person: 10 min, 60 min, 24 h, 72 h."""
        return _LIMITS[self]

    @property
    def order(self) -> int:
        """0 for the most urgent."""
        return list(Urgency).index(self)

    @property
    def sign(self) -> str:
        """Its colour, where a code stands: on cards, on the desk, in the name of a topic."""
        return _SIGNS[self]

    def raised_to(self, other: "Urgency") -> "Urgency":
        """The more urgent of the two."""
        return min(self, other, key=lambda level: level.order)


_SIGNS = {Urgency.IMMEDIATE: "🔴", Urgency.HIGH: "🟠", Urgency.NORMAL: "🟢", Urgency.LOW: "⚪"}
_LIMITS = {
    Urgency.IMMEDIATE: timedelta(minutes=10),
    Urgency.HIGH: timedelta(minutes=60),
    Urgency.NORMAL: timedelta(hours=24),
    Urgency.LOW: timedelta(hours=72),
}


@dataclass(frozen=True)
class Subcategory:
    """What happened, as precisely as a person chooses it."""

    code: str
    title: Titles
    urgency: Urgency
    gbvims: tuple[str, ...]
    windows: tuple[str, ...]


@dataclass(frozen=True)
class Category:
    """One of the fourteen kinds of appeal."""

    code: str
    title: Titles
    subcategories: tuple[Subcategory, ...]


@dataclass(frozen=True)
class Region:
    """A first-level unit of Kazakhstan or Kyrgyzstan, by its ISO 3166-2 code."""

    iso: str
    country: str
    title: Titles
    pilot: bool


@dataclass(frozen=True)
class Taxonomy:
    """Everything an appeal can be about and come from."""

    categories: tuple[Category, ...]
    regions: tuple[Region, ...]
    countries: tuple[str, ...]
    windows: Mapping[str, Window] = field(default_factory=dict)

    def windows_of(self, subcategory: str | None, country: str | None) -> tuple[Window, ...]:
        """The windows that run from what happened; while nobody knows what that was, those that close for good."""
        unknown = subcategory is None or subcategory == UNSORTED[1]
        names = ACT_UNKNOWN if unknown else self.subcategory(subcategory or "").windows
        counted = (self.windows[name] for name in names if name in self.windows)
        return tuple(each for each in counted if each.country in (None, country))

    def category(self, code: str) -> Category:
        """The category with this code. Raises KeyError."""
        return {each.code: each for each in self.categories}[code]

    def subcategory(self, code: str) -> Subcategory:
        """The sub-category with this code. Raises KeyError."""
        return {sub.code: sub for each in self.categories for sub in each.subcategories}[code]

    def regions_of(self, country: str) -> tuple[Region, ...]:
        """Its regions, those where the project works first."""
        own = [region for region in self.regions if region.country == country]
        return tuple(sorted(own, key=lambda region: not region.pilot))

    def region(self, iso: str) -> Region:
        """The region with this ISO code. Raises KeyError."""
        return {each.iso: each for each in self.regions}[iso]


UNSORTED = ("INF", "INF.OTHER")
"""Where an appeal is counted whose category nobody chose."""


def urgency_of(taxonomy: Taxonomy, category: str, subcategory: str | None, happened: str | None) -> Urgency:
    """The urgency an appeal starts with.

    The default of its sub-category; where only the category is known, `high` if anything in it is immediate.
    `immediate` where HIV prophylaxis is about to close (it starts within 72 h of the exposure at the latest: WHO,
    HIV post-exposure prophylaxis, 2024).
    """
    if subcategory is None:
        kinds = [each.urgency for each in taxonomy.category(category).subcategories]
        return Urgency.HIGH if Urgency.IMMEDIATE in kinds else Urgency.NORMAL
    chosen = taxonomy.subcategory(subcategory)
    if happened == "48_72" and "PEP72" in chosen.windows:
        return Urgency.IMMEDIATE
    return chosen.urgency
