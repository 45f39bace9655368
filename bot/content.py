"""What is said about the world: taxonomy, regions and services, read once from `content/`.

Data with a date and a source, edited without touching code. Nothing here is text of the bot: that lives in `locales/`.
"""

import csv
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.coding import ViolatedRight
from bot.domain.deadlines import Deadline, Unit
from bot.domain.directory import Service, from_row
from bot.domain.notebook import plain
from bot.domain.people import FALLBACK, LANGUAGES
from bot.domain.police import PoliceLink
from bot.domain.referral import StateBody
from bot.domain.triage import Category, Region, Subcategory, Taxonomy, Titles, Urgency
from bot.domain.windows import Nature, Window

CONTENT = Path(__file__).resolve().parent.parent / "content"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Duty:
    """What must be reported about a person under 18 in a country, as a lawyer of that country wrote it."""

    country: str
    version: int
    text: Titles


@cache
def duties(folder: Path = CONTENT) -> tuple[Duty, ...]:
    """The duties to report that a local lawyer has filled in; of a country without a version there is none."""
    with (folder / "duty_to_report.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=_LOADER)
    return tuple(Duty(country, each["version"], each["text"]) for country, each in data.items() if each["version"])


def duties_of(countries: Iterable[str]) -> tuple[Duty, ...]:
    """The duties of these countries."""
    return tuple(duty for duty in duties(CONTENT) if duty.country in countries)


@cache
def deadlines(countries: tuple[str, ...] = ("KZ", "KG")) -> tuple[Deadline, ...]:
    """The legal deadlines of these countries; whether each is certain, its fact says."""
    facts = {row["id"]: row for row in _rows("facts.csv")}
    with (CONTENT / "deadlines.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=_LOADER)
    found = (_deadline(code, each, facts[each["fact"]]) for code, each in data.items())
    return tuple(each for each in found if each.country in countries)


@cache
def taxonomy(countries: tuple[str, ...] = ("KZ", "KG")) -> Taxonomy:
    """The fourteen categories and the regions of these countries."""
    regions = (Region(row["iso"], row["country"], _titles(row), row["pilot"] == "true") for row in _rows("regions.csv"))
    served = tuple(each for each in regions if each.country in countries)
    return Taxonomy(_categories(), served, countries, _windows())


@cache
def services() -> tuple[Service, ...]:
    """Every service of the directory's seed, shown or not."""
    regions = {region.iso for region in taxonomy().regions}
    return tuple(from_row(row, regions, served()) for row in _rows("services.csv"))


def services_version() -> str:
    """A digest of the seed: where it is the same as before, there is nothing to sow."""
    return hashlib.sha256((CONTENT / "services.csv").read_bytes()).hexdigest()


@cache
def state_bodies() -> tuple[StateBody, ...]:
    """The state bodies a case may be referred to."""
    with (CONTENT / "state_bodies.yaml").open(encoding="utf-8") as file:
        data: list[dict[str, Any]] = yaml.load(file, Loader=_LOADER)
    return tuple(StateBody(**each | {"police_linked": PoliceLink(each["police_linked"])}) for each in data)


@cache
def violated_rights() -> dict[str, ViolatedRight]:
    """The rights a case may be coded with, by code, in the order in which they are offered."""
    with (CONTENT / "rights_coding.yaml").open(encoding="utf-8") as file:
        data: list[dict[str, Any]] = yaml.load(file, Loader=_LOADER)
    return {each["code"]: ViolatedRight(each["code"], each["title"], tuple(each["sources"])) for each in data}


@cache
def served() -> frozenset[str]:
    """What a service may say it helps with: categories, sub-categories, the law in general, every emergency."""
    categories = taxonomy().categories
    parts = (sub.code for category in categories for sub in category.subcategories)
    return frozenset({"emergency", "legal", *parts, *(category.code for category in categories)})


@cache
def telling_words() -> tuple[str, ...]:
    """Beginnings of words that must not stand where somebody else may read them by chance; with `.` a whole word."""
    with (CONTENT / "neutral_words.yaml").open(encoding="utf-8") as file:
        data: dict[str, list[str]] = yaml.load(file, Loader=_LOADER)
    return tuple(dict.fromkeys(word for language in LANGUAGES for word in data[language]))


def telling(words: str) -> str | None:
    """The first word of a text that tells what this is about; None when the text is neutral."""
    listed = telling_words()
    found: list[str] = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words.casefold())
    for word in found:
        if any(word == each[:-1] if each.endswith(".") else word.startswith(each) for each in listed):
            return word
    return None


@cache
def calls_of_help() -> frozenset[str]:
    """What opens the numbers in the notebook when it is all that is written."""
    with (CONTENT / "danger_words.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.safe_load(file)
    return frozenset(map(plain, data["calls"]))


@cache
def _taxonomy() -> dict[str, Any]:
    with (CONTENT / "taxonomy.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=_LOADER)
    return data


def _windows() -> dict[str, Window]:
    """The windows that run from what happened, and so have a nature; the others begin with a paper."""
    return {
        code: Window(code, timedelta(hours=each["hours"]), Nature(each["nature"]), each.get("country"))
        for code, each in _taxonomy()["windows"].items()
        if "nature" in each
    }


def _categories() -> tuple[Category, ...]:
    return tuple(
        Category(
            code=category["code"],
            title=category["title"],
            subcategories=tuple(
                Subcategory(
                    code=sub["code"],
                    title=sub["title"],
                    urgency=Urgency(sub["urgency"]),
                    gbvims=tuple(sub["gbvims"]),
                    windows=tuple(sub["windows"]),
                )
                for sub in category["subcategories"]
            ),
        )
        for category in _taxonomy()["categories"]
    )


def _deadline(code: str, each: dict[str, Any], fact: dict[str, str]) -> Deadline:
    unit = next(unit for unit in Unit if unit in each)
    return Deadline(
        code=code,
        country=each["country"],
        categories=tuple(each["categories"]),
        length=each[unit],
        unit=unit,
        ahead=timedelta(hours=each["ahead"]),
        title=each["title"],
        start=each["start"],
        year=fact["source_year"],
        source=fact["source"],
        checked=(fact["confidence"], fact["show_to_user"]) == ("high", "yes"),
        window=each.get("window"),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _titles(row: dict[str, str]) -> dict[str, str]:
    """Its name in each language; Kazakh and Kyrgyz stand in for each other before Russian, Russian before English."""
    return {
        language: next(row[f"name_{each}"] for each in FALLBACK[language] if row[f"name_{each}"])
        for language in LANGUAGES
    }
