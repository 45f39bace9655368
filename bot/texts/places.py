"""Where each text stands: catalogs, titles of the taxonomy, articles, replies. A change touches its own words alone.

A text goes by its key: that of the catalog, `words.kept[0]` for a plural form, `title:IPV.PHYS` for a category,
`article:held:title` and `article:held:1` for an article and its first page, `reply:safe:title` and `reply:safe` for a
canned reply.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import denormalize, escape

from bot.i18n import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]

Texts = dict[str, dict[str, str]]
"""What stands under a key, in each language that has it."""

_ENTRY = re.compile(r'^msgid "(.+)"\n(?:msgid_plural ".*"\n)?((?:msgstr(?:\[\d\])? ".*"\n(?:".*"\n)*)+)', re.M)
_FORM = re.compile(r'^msgstr(\[\d\])? ((?:".*"\n)+)', re.M)
_CATEGORY = re.compile(r"^ *- code: (\S+)\n +title:\n((?: +(?:en|ru|kk|ky): .+\n)+)", re.M)
_TITLE = re.compile(r"^ +(en|ru|kk|ky): (.+)$", re.M)
_BLOCK = re.compile(r"^  (en|ru|kk|ky): \|-\n((?: {4}.*\n|\n)+)", re.M)
_HEADING = re.compile(r"^title: (.+)$", re.M)


@dataclass(frozen=True)
class Stretch:
    """A text within its file, and how other words are written there."""

    key: str
    language: str
    words: str
    start: int
    end: int
    written: Callable[[str], str]


def read(root: Path = ROOT) -> Texts:
    """Every text there is, in the order of the files."""
    texts: Texts = {}
    for path in _files(root):
        for each in _stretches(path, path.read_text(encoding="utf-8")):
            texts.setdefault(each.key, {})[each.language] = each.words
    return texts


def rewrite(changes: Mapping[tuple[str, str], str], root: Path = ROOT) -> None:
    """Put other words under these keys and languages. Every file is written anew before the first takes its place."""
    ready: dict[Path, Path] = {}
    for path in _files(root):
        before = path.read_text(encoding="utf-8")
        after = _with(
            before, [each for each in _stretches(path, before) if (each.key, each.language) in changes], changes
        )
        if after != before:
            ready[path] = path.with_name(f".{path.name}.new")
            ready[path].write_text(after, encoding="utf-8", newline="\n")
    for path, new in ready.items():
        new.replace(path)


def _with(content: str, found: list[Stretch], changes: Mapping[tuple[str, str], str]) -> str:
    for each in sorted(found, key=lambda stretch: stretch.start, reverse=True):
        words = each.written(changes[each.key, each.language])
        content = content[: each.start] + words + content[each.end :]
    return content


def _files(root: Path) -> Iterator[Path]:
    yield from (root / "locales" / language / "LC_MESSAGES" / "hotline.po" for language in LANGUAGES)
    yield root / "content" / "taxonomy.yaml"
    yield from sorted((root / "content" / "articles").glob("*.md"))
    yield from sorted((root / "content" / "replies").glob("*.yaml"))


def _stretches(path: Path, content: str) -> Iterator[Stretch]:
    match path.suffix:
        case ".po":
            return _in_catalog(content, path.parents[1].name)
        case ".yaml" if path.parent.name == "replies":
            return _in_reply(content, path.stem)
        case ".yaml":
            return _in_taxonomy(content)
        case _:
            topic, language, _ = path.name.split(".")
            return _in_article(content, topic, language)


def _in_catalog(content: str, language: str) -> Iterator[Stretch]:
    for entry in _ENTRY.finditer(content):
        for form in _FORM.finditer(content, entry.start(2), entry.end(2)):
            words = denormalize(form[2])
            written = _on_one_line if form[1] else _line_by_line
            yield Stretch(entry[1] + (form[1] or ""), language, words, form.start(2), form.end(2), written)


def _on_one_line(words: str) -> str:
    return f"{escape(words)}\n"


def _line_by_line(words: str) -> str:
    lines = words.splitlines(keepends=True)
    return "\n".join(map(escape, lines if len(lines) == 1 else ["", *lines])) + "\n"


def _in_taxonomy(content: str) -> Iterator[Stretch]:
    for category in _CATEGORY.finditer(content):
        for title in _TITLE.finditer(content, category.start(2), category.end(2)):
            yield Stretch(f"title:{category[1]}", title[1], _value(title[2]), title.start(2), title.end(2), _as_value)


def _in_reply(content: str, key: str) -> Iterator[Stretch]:
    for title in _TITLE.finditer(content, 0, content.index("words:\n")):
        yield Stretch(f"reply:{key}:title", title[1], _value(title[2]), title.start(2), title.end(2), _quoted)
    for block in _BLOCK.finditer(content):
        words = re.sub(r"^    ", "", block[2], flags=re.M).rstrip("\n")
        yield Stretch(f"reply:{key}", block[1], words, block.start(2), block.end(2), _as_block)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _as_block(words: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in words.splitlines())


def _in_article(content: str, topic: str, language: str) -> Iterator[Stretch]:
    heading = _HEADING.search(content)
    if heading is not None:
        words = _value(heading[1])
        yield Stretch(f"article:{topic}:title", language, words, heading.start(1), heading.end(1), _as_value)
    ends = [line.span() for line in re.finditer(r"^---\n", content, re.M)][1:]
    for number, (_, start) in enumerate(ends, 1):
        end = ends[number][0] if number < len(ends) else len(content)
        words = content[start:end].strip()
        start += content[start:end].index(words)
        yield Stretch(f"article:{topic}:{number}", language, words, start, start + len(words), str)


def _value(written: str) -> str:
    return str(yaml.safe_load(written))


def _as_value(words: str) -> str:
    """As plain as YAML reads it back in its place."""
    try:
        read_back: Any = yaml.safe_load(f"title: {words}")
    except yaml.YAMLError:
        read_back = None
    return words if read_back == {"title": words} else json.dumps(words, ensure_ascii=False)
