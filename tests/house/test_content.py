"""What is said about the world is whole, dated and sourced, and shows nobody the way to a shelter."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot import content
from bot.domain.reply import LONGEST, TITLE_MOST
from bot.domain.triage import UNSORTED, Urgency
from bot.i18n import LANGUAGES, text
from bot.replies import written_replies
from bot.settings import COUNTRIES
from bot.texts.rules import RULES, Text
from tests.house.source import ROOT

ADDRESS = re.compile(
    r"\b(ул\.|улиц\w+|просп\w*\.?|пер\.|мкр|микрорайон|көшесі|көчөсү|дом \d|д\. ?\d|кв\. ?\d|street \d|str\. ?\d|apt)",
    re.I,
)
YEAR_AWAITED = {"D16": "the wording of the law is with a lawyer"}
"""Facts that are not shown before their review, which brings the year."""


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "content" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


SERVICES = _rows("services.csv")
FACTS = {row["id"]: row for row in _rows("facts.csv")}
ABOUT = content.taxonomy(COUNTRIES)
SUBCATEGORIES = [sub for category in ABOUT.categories for sub in category.subcategories]


def _full(titles: object) -> bool:
    return isinstance(titles, dict) and set(titles) == set(LANGUAGES) and all(each.strip() for each in titles.values())


def test_the_countries_are_the_same_everywhere() -> None:
    assert {region.country for region in ABOUT.regions} == set(COUNTRIES)


def test_fourteen_categories_seventy_subcategories_twenty_nine_regions() -> None:
    assert (len(ABOUT.categories), len(SUBCATEGORIES), len(ABOUT.regions)) == (14, 70, 29)


def test_each_has_a_title_in_four_languages() -> None:
    titled = [(category.code, category.title) for category in ABOUT.categories]
    titled += [(sub.code, sub.title) for sub in SUBCATEGORIES]
    titled += [(region.iso, region.title) for region in ABOUT.regions]
    assert [code for code, titles in titled if not _full(titles)] == []
    assert [row["iso"] for row in _rows("regions.csv") if not all(row[f"name_{each}"] for each in LANGUAGES)] == []


def test_codes_are_unique_and_belong_together() -> None:
    codes = [sub.code for sub in SUBCATEGORIES]
    assert len(set(codes)) == len(codes)
    assert len({each.iso for each in ABOUT.regions}) == len(ABOUT.regions)
    assert all(sub.code.startswith(f"{each.code}.") for each in ABOUT.categories for sub in each.subcategories)
    assert all(re.fullmatch(rf"{each.country}-[A-Z0-9]{{1,3}}", each.iso) for each in ABOUT.regions)


def test_where_an_unsorted_appeal_goes_exists_and_each_urgency_is_used() -> None:
    category, subcategory = UNSORTED
    assert subcategory in {sub.code for sub in ABOUT.category(category).subcategories}
    assert {sub.urgency for sub in SUBCATEGORIES} == set(Urgency)


@pytest.mark.parametrize("row", SERVICES, ids=lambda row: str(row["id"]))
def test_a_service_that_is_shown_is_sourced_dated_and_sure(row: dict[str, str]) -> None:
    assert row["show_to_user"] in ("true", "false")
    assert row["police_linked"] in ("yes", "no", "dispatch")
    if row["show_to_user"] == "true":
        assert row["source"]
        assert re.fullmatch(r"20\d\d", row["source_year"])
        assert row["confidence"] == "high"
        assert row["from_memory"] == "false"
        assert row["phone"]
        assert row["name_en"]
        assert row["name_ru"]


def test_no_shelter_shows_its_way() -> None:
    shelters = [row for row in SERVICES if row["type"] == "shelter"]
    assert shelters
    assert not [name for name in SERVICES[0] if "address" in name or name in ("lat", "lon", "street")]
    assert [row["id"] for row in shelters if ADDRESS.search(" ".join(row.values()))] == []
    assert [row["id"] for row in shelters if row["show_to_user"] == "true"] == []


def test_a_number_that_is_shown_is_written_as_it_is_dialled() -> None:
    shown = [row["phone"] for row in SERVICES if row["show_to_user"] == "true"]
    assert [number for number in shown if not re.fullmatch(r"\d{3,5}|\+7\d{10}|\+996\d{9}", number)] == []


def test_services_of_a_region_name_one_there_is() -> None:
    known = {"", *(region.iso for region in ABOUT.regions)}
    assert {iso for row in SERVICES for iso in row["region_iso"].split(";")} <= known


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: str(fact["id"]))
def test_a_fact_that_may_be_shown_has_its_source_and_its_year(fact: dict[str, str]) -> None:
    if fact["show_to_user"].startswith("yes"):
        assert fact["source"]
        assert re.fullmatch(r"20\d\d", fact["source_year"]) or fact["id"] in YEAR_AWAITED
    if fact["show_to_user"] == "yes":
        assert fact["confidence"] == "high"


def test_the_hours_that_are_said_are_the_hours_of_the_facts() -> None:
    """HIV prophylaxis: 72 h, best within 24; emergency contraception: 120 h."""
    assert {FACTS[fact]["show_to_user"] for fact in ("D1", "D2")} == {"yes"}
    for language in LANGUAGES:
        assert re.findall(r"\d+", text(language, "danger.windows")) == ["24", "72", "120"]
        assert re.findall(r"\d+", text(language, "danger.windows.short")) == ["72", "120"]


def test_a_duty_to_report_is_filled_in_whole_or_not_at_all() -> None:
    """The bot never invents one: no text without a lawyer's review, its date, its source and its version."""
    data = yaml.safe_load((ROOT / "content" / "duty_to_report.yaml").read_text(encoding="utf-8"))
    assert set(data) == set(COUNTRIES)
    for country, duty in data.items():
        given = [duty["version"], duty["date"], duty["reviewed_by"], duty["source"], *duty["text"].values()]
        assert set(duty["text"]) == set(LANGUAGES)
        assert all(given) or not any(given), country


def test_a_state_body_is_known_from_somewhere_and_is_a_name_alone() -> None:
    """Four names and where each is known from; no address, no number."""
    bodies = content.state_bodies()
    known = {row["id"]: row["country"] for row in SERVICES} | {name: row["country"] for name, row in FACTS.items()}
    assert {each.country for each in bodies} == set(COUNTRIES)
    assert [each.id for each in bodies if known.get(each.source) not in (each.country, "both")] == []
    assert [each.id for each in bodies if not _full(each.names)] == []
    named = [(each.id, " ".join(each.names.values())) for each in bodies]
    assert [name for name, words in named if re.search(r"\d", words) or ADDRESS.search(words)] == []
    assert len({each.id for each in bodies}) == len(bodies)
    linked = {row["id"]: row["police_linked"] for row in SERVICES}
    assert [each.id for each in bodies if linked.get(each.source, each.police_linked) != each.police_linked] == []


@pytest.mark.parametrize("path", sorted((ROOT / "content" / "replies").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_canned_reply_is_whole_dated_and_begins_neutrally(path: Path) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(data) == {"order", "status", "date", "title", "words"}
    assert data["status"] in ("reviewed", "unreviewed")
    assert isinstance(data["date"], date)
    assert re.fullmatch(r"[a-z_]{2,20}", path.stem)
    assert _full(data["title"])
    assert _full(data["words"])
    assert max(map(len, data["title"].values())) <= TITLE_MOST
    assert max(map(len, data["words"].values())) <= LONGEST
    first_lines = {language: words.partition("\n")[0] for language, words in data["words"].items()}
    assert {language: word for language, line in first_lines.items() if (word := content.telling(line))} == {}
    for rule in ("typography", "letters"):
        said = (*data["title"].items(), *data["words"].items())
        texts = [Text("reply", language, words, "") for language, words in said]
        assert [(each.language, what) for each in texts if (what := RULES[rule](each)) is not None] == []


def test_canned_replies_stand_in_an_order_of_their_own() -> None:
    orders = [yaml.safe_load(path.read_text(encoding="utf-8"))["order"]
              for path in (ROOT / "content" / "replies").glob("*.yaml")]  # fmt: skip
    assert len(orders) >= 12
    assert sorted(orders) == list(range(1, len(orders) + 1))
    assert [each.key for each in written_replies()] == list(dict.fromkeys(each.key for each in written_replies()))
