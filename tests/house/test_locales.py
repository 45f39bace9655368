"""Four catalogs that say the same: keys, parameters, tags, forms, lengths, letters; nothing missing, nothing unused."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot import content, i18n
from bot.i18n import LANGUAGES, LOCALES, label, text
from bot.settings import COUNTRIES
from bot.texts.rules import ANSWER_MOST, LETTERS, RULES, TAGS, TEXT_MOST, Rule, Text, filled, parameters, running
from sandbox.markup import parse_html
from tests.house.texts import BUILT, PLAIN, keys_of, uses

SAME_AS_ENGLISH = {f"language.{each}": "every language names itself" for each in LANGUAGES} | {
    "button.danger.sign": "SOS is read everywhere",
    "directory.field.whatsapp": "a name",
}


def _messages(language: str) -> Iterator[tuple[str, Message]]:
    with (LOCALES / language / "LC_MESSAGES" / "hotline.po").open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                yield (message.id[0] if isinstance(message.id, list | tuple) else str(message.id)), message


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


CATALOGS: dict[str, dict[str, tuple[str, ...]]] = {
    language: {key: _forms(message) for key, message in _messages(language)} for language in LANGUAGES
}
KEYS = set(CATALOGS["en"])
each_language = pytest.mark.parametrize("language", LANGUAGES)


def _texts(language: str, *families: str) -> Iterator[tuple[str, str]]:
    for key, forms in CATALOGS[language].items():
        if not families or key.startswith(families):
            yield from ((key, form) for form in forms)


def _broken(language: str, rule: Rule) -> list[tuple[str, str]]:
    """The texts that break a rule; what has to be the same is compared with English."""
    texts = (Text(key, language, form, CATALOGS["en"][key][-1]) for key, form in _texts(language))
    return [(text.key, what) for text in texts if (what := rule(text)) is not None]


@each_language
def test_the_same_keys_everywhere(language: str) -> None:
    assert set(CATALOGS[language]) ^ KEYS == set()


@each_language
def test_every_key_stands_once(language: str) -> None:
    written = (LOCALES / language / "LC_MESSAGES" / "hotline.po").read_text(encoding="utf-8")
    twice = {key: count for key, count in Counter(re.findall(r'^msgid "(.+)"$', written, re.M)).items() if count > 1}
    assert twice == {}


@each_language
def test_the_keys_stand_in_the_same_order(language: str) -> None:
    assert list(CATALOGS[language]) == list(CATALOGS["en"])


@each_language
def test_nothing_is_empty_fuzzy_or_left_over(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / "hotline.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    assert [key for key, form in _texts(language) if not form.strip()] == []
    assert [key for key, message in _messages(language) if message.fuzzy] == []
    assert list(catalog.obsolete) == []
    assert not catalog.fuzzy


@each_language
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_text_keeps_the_rules_a_reviewer_is_held_to(language: str, rule: Rule) -> None:
    """The same parameters and tags as in English, short enough, one line, clean, its own letters, a neutral start."""
    assert _broken(language, rule) == []


@each_language
def test_every_plural_form_is_there(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / "hotline.po").open("rb") as file:
        wanted = read_po(file, locale=language).num_plurals
    english = {key for key, forms in CATALOGS["en"].items() if len(forms) > 1}
    assert {key: len(forms) for key, forms in CATALOGS[language].items()
            if len(forms) != (wanted if key in english else 1)} == {}  # fmt: skip
    assert all(i18n.plural(language, key, number) for key in english for number in (0, 1, 2, 5, 11, 21, 104))


def test_every_text_that_is_asked_for_is_there() -> None:
    known = [use for use in uses() if "{}" not in use.key or use.key in BUILT]
    assert [f"{use.where} {key}" for use in known for key in keys_of(use) if key not in KEYS] == []


def test_every_key_that_is_built_is_known_here() -> None:
    built = {use.key for use in uses() if "{}" in use.key}
    assert built ^ set(BUILT) == set(), "BUILT in tests/house/texts.py and the code differ"


def test_no_text_is_unused() -> None:
    asked = {key for use in uses() if "{}" not in use.key or use.key in BUILT for key in keys_of(use)}
    assert sorted(KEYS - asked) == []


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_nothing_is_left_in_english(language: str) -> None:
    def has_words(form: str) -> bool:
        return re.search(r"[^\W\d_]", running(form)) is not None

    english = CATALOGS["en"]
    same = {key for key, forms in CATALOGS[language].items() if forms == english[key] and has_words(forms[0])}
    assert same == set(SAME_AS_ENGLISH)


@each_language
def test_telegram_reads_every_text(language: str) -> None:
    for key, form in _texts(language):
        plain, _ = parse_html(filled(form))
        assert plain.strip(), key
        assert set(re.findall(r"</?([a-z-]+)", form)) <= TAGS, key
        assert 1 <= len(plain) <= TEXT_MOST, key


@each_language
def test_buttons_menus_and_pop_ups_have_no_formatting(language: str) -> None:
    plain = {key for use in uses() if use.function in PLAIN and use.key in {*BUILT, *KEYS} for key in keys_of(use)}
    formatted = [key for key in sorted(plain) if re.search(r"<|&\w+;", label(language, key, **_parts(key)))]
    assert formatted == []


@each_language
def test_the_titles_of_the_taxonomy_fit_a_phone_and_have_their_letters(language: str) -> None:
    """A place keeps its official name."""
    every = set().union(*LETTERS.values())
    titles = _titles(language)
    assert [each for each in titles if len(each) > ANSWER_MOST] == []
    words = [word for each in titles for word in re.findall(r"[^\W\d_]+", each) if re.search(r"[\u0400-\u04ff]", word)]
    assert [word for word in words if set(word.lower()) - every] == []


def test_buttons_before_the_choice_fit_a_phone_in_all_four() -> None:
    short = [key for key in sorted(KEYS) if key.startswith("button.") and key.endswith((".short", ".sign"))]
    assert short
    assert [(key, label(None, key)) for key in short if len(label(None, key)) > ANSWER_MOST] == []


def test_what_is_said_in_all_four_languages_fits_one_message() -> None:
    long = [key for key, form in _texts("en") if len(CATALOGS["en"][key]) == 1
            and len(text(None, key, **_parts(key))) > TEXT_MOST]  # fmt: skip
    assert long == []


def _titles(language: str) -> list[str]:
    about = content.taxonomy(COUNTRIES)
    titles = [region.title for region in about.regions]
    for category in about.categories:
        titles += [category.title, *(sub.title for sub in category.subcategories)]
    return [title[language] for title in titles]


def _parts(key: str) -> dict[str, str]:
    return dict.fromkeys(parameters(CATALOGS["en"][key][0]), "x")
