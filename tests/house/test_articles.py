"""The articles: all there in four languages, sourced, short, neutral on a lock screen, and no number nobody allowed."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot import articles, content
from bot.articles import ARTICLES, BrokenArticle
from bot.content import telling
from bot.domain.danger import DangerKind
from bot.domain.reading import Article, Paragraph, shown
from bot.i18n import LANGUAGES, label
from bot.settings import COUNTRIES
from bot.texts.rules import BUTTON_MOST, LETTERS, PAGE_FIRST_MOST, PAGE_MOST, TITLE_MOST, seen
from tests.house.source import ROOT

SPECIAL = {
    "held", "after_rape", "hiv", "order", "online", "harassment_work", "kidnapping", "refusal",
}  # fmt: skip
CAREFUL = {"D22", "D23"}
"""Facts that may be told in careful words, without a number."""
HALF = {"D13": "KZ"}
"""Facts of which only the half of one country may be told."""
INSULTS = ("проститу", "путан", "жезөкше", "сойку", "спидозник", "жертв", "вич-больн", "құрбан", "курмандык")

FACTS = {
    row["id"]: row
    for row in csv.DictReader((ROOT / "content" / "facts.csv").read_text(encoding="utf-8").splitlines(), strict=True)
}
EVERY = [articles.read(path) for path in sorted(ARTICLES.glob("*.md"))]
each_article = pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.topic}.{one.language}")


def _written(one: Article) -> str:
    return "\n".join(each.words for page in one.pages for each in page)


def _allowed(fact: dict[str, str], country: str | None) -> bool:
    """True when a number of this fact may stand in what people of this country read; None is everybody."""
    of = HALF.get(fact["id"]) or (None if fact["country"] == "both" else fact["country"])
    return fact["show_to_user"].startswith("yes") and of in (None, country)


def test_every_topic_stands_in_four_languages_and_nothing_else_does() -> None:
    there = {path.name for path in ARTICLES.iterdir()} - {"shelf.yaml"}
    assert there == {f"{topic}.{language}.md" for topic in articles.shelf() for language in LANGUAGES}


def test_there_is_something_to_read_about_everything() -> None:
    about = content.taxonomy(COUNTRIES)
    known = {each.code for each in about.categories} | set(DangerKind)
    known |= {sub.code for category in about.categories for sub in category.subcategories}
    assert {code for codes in articles.shelf().values() for code in codes} - known == set()
    for category in about.categories:
        assert [topic for topic, codes in articles.shelf().items() if category.code in codes], category.code
        assert all(articles.offered(sub.code) for sub in category.subcategories)
    assert set(articles.shelf()) > SPECIAL
    assert len(articles.shelf()) == len(SPECIAL) + len(about.categories) == 22


def test_a_topic_of_its_own_goes_before_that_of_its_category() -> None:
    assert articles.offered("POL.DETAIN") == ("held", "police")
    assert articles.offered(DangerKind.HELD)[0] == "held"
    assert articles.offered("POL.RAID") == ("police",)


@pytest.mark.parametrize("topic", articles.shelf())
def test_a_topic_is_the_same_in_four_languages(topic: str) -> None:
    def shape(one: Article) -> tuple[object, ...]:
        marks = [[(each.country, each.police) for each in page] for page in one.pages]
        return one.country, one.written, set(one.sources), one.reviewer, one.reviewed, marks

    def numbers(one: Article) -> list[list[str]]:
        return [sorted(re.findall(r"\d+", "\n".join(each.words for each in page))) for page in one.pages]

    four = [articles.article(topic, language) for language in LANGUAGES]
    assert [one.language for one in four] == list(LANGUAGES)
    assert [shape(one) for one in four] == [shape(four[0])] * 4
    assert [numbers(one) for one in four] == [numbers(four[0])] * 4


@each_article
def test_its_head_is_whole(one: Article) -> None:
    head = (ARTICLES / f"{one.topic}.{one.language}.md").read_text(encoding="utf-8").split("---\n")[1]
    data = yaml.safe_load(head)
    assert set(data) == {"title", "keywords", "country", "date", "sources", "reviewer", "status"}
    assert data["status"] in ("unreviewed", "reviewed")
    assert data["country"] in ("both", *COUNTRIES)
    assert isinstance(one.written, date)
    assert len(one.keywords) >= 5
    assert all(len(each[0].strip("~.")) >= 2 for each in one.keywords)
    assert len(label(one.language, "button.article", title=one.title)) <= TITLE_MOST < BUTTON_MOST


@each_article
def test_it_rests_on_facts_that_may_be_shown_each_with_its_year(one: Article) -> None:
    assert one.sources
    for fact, named in one.sources.items():
        assert fact in CAREFUL or FACTS[fact]["show_to_user"].startswith("yes"), fact
        years = set(re.findall(r"20\d\d", " ".join(FACTS[fact][column] for column in ("source", "source_year"))))
        assert not FACTS[fact]["source"].strip() or set(re.findall(r"20\d\d", named)) & years or not years, fact
        assert named or not FACTS[fact]["source_year"], fact


@each_article
def test_it_says_no_number_that_its_facts_do_not_allow(one: Article) -> None:
    for page in one.pages:
        for each in page:
            known = {number for fact in one.sources if _allowed(FACTS[fact], each.country)
                     for number in re.findall(r"\d+", FACTS[fact]["text"])}  # fmt: skip
            assert set(re.findall(r"\d+", each.words)) - known == set(), each.words


@each_article
def test_a_page_is_one_screen_and_its_first_line_tells_nothing(one: Article) -> None:
    assert 1 <= len(one.pages) <= 3
    for number, page in enumerate(one.pages):
        assert (page[0].country, page[0].police) == (None, False)
        assert len(page[0].words) <= PAGE_FIRST_MOST
        for country in (None, *COUNTRIES):
            read = seen(one, number, country)
            assert len(read) <= PAGE_MOST, f"page {number + 1}, {country}: {len(read)}"
            assert telling(read.partition("\n")[0]) is None


@each_article
def test_what_nobody_has_checked_says_so_on_each_page(one: Article) -> None:
    for number in range(len(one.pages)):
        assert (label(one.language, f"reading.awaits.{one.reviewer}") in seen(one, number, None)) is not one.reviewed
    assert label(one.language, "reading.dated", date="")[:5] in seen(one, len(one.pages) - 1, None)


@each_article
def test_it_names_no_phone_no_page_and_no_person(one: Article) -> None:
    phones = {row["phone"] for row in csv.DictReader((ROOT / "content" / "services.csv").open(encoding="utf-8"))}
    short = {each for each in phones if each.isdigit()}
    written = _written(one)
    assert re.findall(r"https?:|www\.|@\w|\w\.(?:kz|kg|org|com|ru)\b|\+7|\+996|\d[\d ()-]{6,}\d", written) == []
    assert {number for number in re.findall(r"\d+", written) if number in short} == set()


@each_article
def test_it_is_written_with_respect_and_cleanly(one: Article) -> None:
    written = f"{one.title}\n{_written(one)}"
    assert [word for word in INSULTS if word in written.casefold()] == []
    assert re.findall(r"  |\t| \n|\.\.\.| [,.;:!?]|\*\*\s*\*\*|^[#>*-] ", written, re.M) == []
    assert written.count("**") % 2 == 0
    if one.language != "en":
        assert re.findall(r"[\"“”'`]", written) == []
        alphabet = LETTERS[one.language]
        found = [word for word in re.findall(r"[^\W\d_]+", written) if re.search(r"[\u0400-\u04ff]", word)]
        assert [word for word in found if set(word.lower()) - alphabet] == []
    if one.language == "ru":
        assert re.findall(r"\b[Вв]ы(?: не| уже| сами| ещё)* \w{2,}(?:ла|ло|л|лась|лся)\b", written) == []
        assert re.findall(r"\b(?:[Вв]ас|[Вв]ам|[Вв]аш\w*)\b", re.sub(r"В(?:ас|ам|аш\w*)|«[^»]*»", "", written)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_that_are_named_are_called_so(language: str) -> None:
    """An article that says *tap …* must not send anybody looking for a button of another name."""
    named = {
        "button.danger": ("held", "after_rape", "order", "online", "kidnapping", "home", "coercion", "needs"),
        "button.kinds": ("health",),
        "button.hide": ("information",),
        "button.data": ("information",),
    }
    for key, topics in named.items():
        called = re.sub(r"^\W+", "", label(language, key)).casefold()
        quoted = {topic: re.findall(r"[«\"]([^»\"]+)[»\"]", _written(articles.article(topic, language)))
                  for topic in topics}  # fmt: skip
        assert [topic for topic in topics if called not in map(str.casefold, quoted[topic])] == []


def test_a_paragraph_is_for_one_country_or_for_whom_the_police_is_no_danger() -> None:
    page = (Paragraph("all"), Paragraph("kz", "KZ"), Paragraph("kg", "KG", police=True))
    assert [each.words for each in shown(page, None, police=True)] == ["all", "kz", "kg"]
    assert [each.words for each in shown(page, "KZ", police=True)] == ["all", "kz"]
    assert [each.words for each in shown(page, "KG", police=False)] == ["all"]


HEAD = """---
title: {title}
keywords: one
country: both
date: 2026-11-20
sources: {{}}
reviewer: {by}
status: unreviewed
---
"""


def test_a_missing_language_gives_way_to_the_nearest_and_a_broken_head_is_named(tmp_path: Path) -> None:
    (tmp_path / "shelf.yaml").write_text("topic: []\nother: []\n", encoding="utf-8")
    for language in ("en", "ru", "kk"):
        (tmp_path / f"topic.{language}.md").write_text(HEAD.format(title=language, by="lawyer") + "a\n\nb\n---\nc\n")
    assert [articles.article("topic", each, tmp_path).language for each in LANGUAGES] == ["kk", "ru", "en", "kk"]
    assert [len(page) for page in articles.article("topic", "ru", tmp_path).pages] == [2, 1]
    with pytest.raises(LookupError):
        articles.article("other", "ru", tmp_path)
    (tmp_path / "other.ru.md").write_text(HEAD.format(title="x", by="somebody") + "a\n", encoding="utf-8")
    with pytest.raises(BrokenArticle, match=r"other\.ru\.md"):
        articles.read_all(tmp_path)


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("меня задержали и держат в отделе", "held"),
        ("ажырасқым келеді, алимент", "family"),
        ("никеге мажбурлап жатышат", "marriage"),
        ("he blackmails me with photos", "online"),
        ("kuyeuim urdy", "home"),
        ("ala kachyp ketti", "kidnapping"),
        ("menya zaderzhali", "held"),
        ("уволили с работы и не платят зарплату", "living"),
    ],
)
def test_a_few_words_find_their_article(asked: str, topic: str) -> None:
    assert articles.found(asked)[0] == topic


def test_words_about_nothing_find_nothing() -> None:
    assert articles.found("…") == []
    assert articles.found("xyzzy") == []
    assert articles.found("Добрый день, спасибо большое") == []
    assert (
        articles.found("хочу оформить вычет, как вычесть") == []
    )  # begins as the Russian abbreviation for HIV is spelt
    assert articles.found("suddenly mentioned held in escrow") == articles.found("held")
