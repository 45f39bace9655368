"""What a text must be like where it stands: its parts, its length, its letters, and its first line."""

import html
import re
import string
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot import articles
from bot.content import telling
from bot.domain.reading import Article
from bot.domain.reply import LONGEST
from bot.domain.team import NAME_MOST
from bot.telegram.messages import reading
from bot.texts.unseen import NO_FIRST_LINE, TEAM

ALPHABETS = {"ru": set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"), "kk": set("әғқңөұүһі"), "ky": set("ңөү"), "en": set("")}
LETTERS = {language: own | ALPHABETS["ru"] for language, own in ALPHABETS.items() if language != "en"}
"""The Cyrillic letters a language is written with."""

TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"})
"""What Telegram formats (Bot API, HTML style), as far as our texts may use it."""

BUTTON_MOST = 40
ANSWER_MOST = 46
ALERT_MOST = 200
COMMAND_MOST = 256
TEXT_MOST = 4096
PAGE_FIRST_MOST = 60
PAGE_MOST = 1200
TITLE_MOST = 32

BUTTONS = ("button.", "option.", "outcome.", "command.", "gbvims.", "violator.", "circumstance.", "channel.")
ANSWERS = ("option.", "outcome.", "language.", "name.", "title:")


@dataclass(frozen=True)
class Text:
    """What is to stand under a key in a language. `like` is what stands there now, whose parts it must keep."""

    key: str
    language: str
    words: str
    like: str


Rule = Callable[[Text], str | None]
"""What breaks the rule, to be shown beside its name; None when nothing does."""


def broken(text: Text) -> dict[str, str]:
    """Each rule that a text breaks, by its name, with what breaks it."""
    rules = _rules_of(text.key) if text.words.strip() else {"empty": empty}
    found = {name: rule(text) for name, rule in rules.items()}
    return {name: what for name, what in found.items() if what is not None}


def first_line(words: str) -> str:
    """What a lock screen may show."""
    return re.sub(r"<[^>]+>", "", words).partition("\n")[0]


def shown_first(key: str) -> bool:
    """True where a text may be the first a help-seeker's lock screen shows."""
    return not (key.startswith((*TEAM, *NO_FIRST_LINE, "title:", "article:")) or key.endswith(":title"))


def parameters(words: str) -> set[str]:
    """The names in curly brackets. Raises ValueError where a bracket stands alone or says more than a name."""
    found = [parts[1:] for parts in string.Formatter().parse(words) if parts[1] is not None]
    if any(spec or conversion for _, spec, conversion in found):
        raise ValueError(words)
    return {str(name) for name, _, _ in found}


def filled(words: str) -> str:
    """A text with its parameters as long as they get."""
    longest = {"name": "n" * NAME_MOST, "code": "KM48213", "kind": "k" * 20}
    return words.format_map({name: longest.get(name, "x" * 12) for name in parameters(words)})


def running(words: str) -> str:
    """Words without parameters, tags and links."""
    return re.sub(r"\{\w+\}|<[^>]+>|https?://\S+|@\w+", " · ", words)


def empty(text: Text) -> str | None:
    """Somebody would be met with silence."""
    return None if text.words.strip() else ""


def same_parameters(text: Text) -> str | None:
    """A name that is missing or made up would end in no message at all."""
    try:
        other = parameters(text.words) ^ parameters(text.like)
    except ValueError:
        return "{ }"
    return ", ".join(f"{{{name}}}" for name in sorted(other)) or None


def same_tags(text: Text) -> str | None:
    """Formatting is as it was, each tag is closed, and there is no other `<`."""
    written, other = _tags(text.words), _tags(text.like)
    odd = (written - other) + (other - written)
    if odd:
        return " ".join(odd)
    rest = re.search(r"<[^/a-z]|<$|&\w+;", re.sub(r"</?[a-z-]+>", "", text.words))
    return rest[0] if rest else _not_closed(text.words)


def _tags(words: str) -> Counter[str]:
    return Counter(re.findall(r"</?[a-zA-Z][^<>]*>?", words))


def _not_closed(words: str) -> str | None:
    open_ones: list[str] = []
    for tag in re.findall(r"<(/?[a-z-]+)>", words):
        if not tag.startswith("/"):
            open_ones.append(tag)
        elif not open_ones or open_ones.pop() != tag[1:]:
            return f"<{tag}>"
    return f"<{open_ones[0]}>" if open_ones else None


def short_enough(text: Text) -> str | None:
    """It fits the button, the pop-up or the message it stands in."""
    key, size = text.key, len(text.words)
    if key.startswith("reply:"):
        return _within(TITLE_MOST if key.endswith(":title") else LONGEST, size)
    if key.startswith("button."):
        most = BUTTON_MOST
    elif key.startswith(ANSWERS):
        most = ANSWER_MOST
    elif key.startswith("command."):
        most = COMMAND_MOST
    else:
        most = ALERT_MOST if key.startswith(("refusal.", "claim.")) else TEXT_MOST
        size = size if same_parameters(text) else len(html.unescape(re.sub(r"<[^>]+>", "", filled(text.words))))
    return _within(most, size)


def _within(most: int, size: int) -> str | None:
    return f"{size} > {most}" if size > most else None


def one_line(text: Text) -> str | None:
    """A button or a menu has one line."""
    one = text.key.startswith((*BUTTONS, "title:", "article:")) or text.key.endswith(":title")
    return "" if one and "\n" in text.words else None


def typography(text: Text) -> str | None:
    """No blank too many, no dots for an ellipsis; quotation marks of the language."""
    odd = re.search(r"  |\t|\r| \n|\.\.\.| (?!\.env)[,.;:!?]", text.words)
    if odd is None and text.language != "en":
        odd = re.search(r"[\"“”'`]", running(text.words))
    return odd[0] if odd else None


def letters(text: Text) -> str | None:
    """No Latin look-alike inside a Cyrillic word, no letter of a neighbouring language; a place keeps its own name."""
    alphabet = LETTERS.get(text.language)
    if alphabet is None or text.key.startswith("language."):
        return None
    for word in re.findall(r"[^\W\d_]+", running(text.words)):
        if re.search(r"[\u0400-\u04ff]", word) and set(word.lower()) - alphabet:
            return str(word)
    return None


def neutral(text: Text) -> str | None:
    """The first line tells nobody what this is about."""
    return telling(first_line(text.words)) if shown_first(text.key) else None


def same_numbers(text: Text) -> str | None:
    """A number stands in an article because its facts allow it: a reviewer changes the words around it."""
    now, then = (Counter(re.findall(r"\d+", words)) for words in (text.words, text.like))
    return ", ".join(sorted((now - then) + (then - now))) or None


def same_paragraphs(text: Text) -> str | None:
    """What is said to one country alone stays so, and a page stays one page."""
    now, then = (_marks(words) for words in (text.words, text.like))
    return None if now == then else f"{' '.join(now)} / {' '.join(then)}"


def _marks(page: str) -> list[str]:
    each = [re.match(r"\[[A-Za-z ]+\]", paragraph) for paragraph in re.split(r"\n\s*\n", page.strip())]
    return [*(mark[0] if mark else "¶" for mark in each), *re.findall(r"^---$", page, re.M)]


def bold_closed(text: Text) -> str | None:
    """Two stars begin what stands out in an article, two end it."""
    return "**" if text.words.count("**") % 2 else None


def opens_quietly(text: Text) -> str | None:
    """The first line of a page is short and tells nobody what it is about."""
    line = first_line(text.words)
    return f"{len(line)} > {PAGE_FIRST_MOST}" if len(line) > PAGE_FIRST_MOST else telling(line)


def fits_screen(text: Text) -> str | None:
    """A page is one screen of a phone, in each country, with what stands below it."""
    _, topic, number = text.key.split(":")
    one, at = articles.article(topic, text.language), int(number) - 1
    changed = replace(one, pages=(*one.pages[:at], articles.page(text.words), *one.pages[at + 1 :]))
    return _within(PAGE_MOST, max(len(seen(changed, at, country)) for country in (None, *articles.COUNTRIES)))


def seen(one: Article, number: int, country: str | None) -> str:
    """A page as it is read in a country, without its formatting."""
    words = reading.words(one, number, country, one.language, police=True)
    return html.unescape(re.sub(r"<[^>]+>", "", words))


def fits_list(text: Text) -> str | None:
    """A title is a button with a sign before it."""
    return _within(TITLE_MOST, len(text.words) + 2)


RULES: dict[str, Rule] = {
    "parameters": same_parameters, "tags": same_tags, "long": short_enough, "line": one_line,
    "typography": typography, "letters": letters, "telling": neutral,
}  # fmt: skip
"""What holds for a text of the catalogs."""

_PAGE: dict[str, Rule] = {
    "tags": same_tags, "numbers": same_numbers, "paragraphs": same_paragraphs, "bold": bold_closed,
    "long": fits_screen, "typography": typography, "letters": letters, "telling": opens_quietly,
}  # fmt: skip
_TITLE: dict[str, Rule] = {"long": short_enough, "line": one_line, "typography": typography, "letters": letters}


def _rules_of(key: str) -> Mapping[str, Rule]:
    if key.startswith("article:"):
        return {**_TITLE, "long": fits_list} if key.endswith(":title") else _PAGE
    if key.startswith("reply:"):
        return {**_TITLE, "telling": neutral}
    return _TITLE if key.startswith("title:") else RULES


NAMES = ("empty", *dict.fromkeys((*RULES, *_PAGE, *_TITLE)))
"""Every rule there is, by its name."""
