"""All texts as a file a spreadsheet opens, and what comes back: whole and fit to stand, or refused row by row.

A row carries a mark of its texts as they were given out. A text that nobody has changed in the table is left alone, and
one that somebody else has changed in the meantime is not overwritten.
"""

import csv
import hashlib
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.i18n import LANGUAGES
from bot.texts.places import Texts
from bot.texts.rules import Text, broken

KEY, SEEN, NOTE, MARK = "key", "seen", "note", "mark"

Changes = dict[tuple[str, str], str]
"""Other words, by key and language."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row, as the spreadsheet counts rows; 0 is the file itself. `rule` names it."""

    row: int
    column: str
    rule: str
    what: str = ""


@dataclass(frozen=True)
class Found:
    """What a file brings. With a fault nothing of it is to be taken."""

    changes: Changes = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    keys: Collection[str] = ()


def given_out(texts: Texts, seen: Mapping[str, str], languages: Sequence[str] = LANGUAGES) -> bytes:
    """The file, in these languages; the bytes in front tell Excel that it is UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow((KEY, SEEN, *languages, NOTE, MARK))
    for key, of in texts.items():
        cells = {language: of.get(language, "") for language in languages}
        if any(cells.values()):
            writer.writerow((key, seen[key], *cells.values(), "", _mark(cells)))
    return written.getvalue().encode("utf-8-sig")


def taken_in(read: bytes, texts: Texts) -> Found:
    """What has changed in a file against the texts as they stand, or everything that is wrong with it."""
    rows = _rows(read)
    if isinstance(rows, Fault):
        return Found(faults=[rows])
    found = Found(keys={row[KEY] for row in rows})
    before: set[str] = set()
    for number, row in enumerate(rows, 2):
        key = row[KEY]
        if key not in texts or key in before:
            found.faults.append(Fault(number, KEY, "unknown" if key not in texts else "twice", key))
            continue
        before.add(key)
        _look_at(number, row, texts, found)
        if row.get(NOTE):
            found.notes.append((key, row[NOTE]))
    return found


def _look_at(number: int, row: Mapping[str, str], texts: Texts, found: Found) -> None:
    key, cells = row[KEY], {each: row[each] for each in LANGUAGES if each in row}
    stands = {language: texts[key].get(language, "") for language in cells}
    if _mark(cells) == row.get(MARK):
        return
    for language, words in cells.items():
        if words == (now := stands[language]):
            continue
        text = Text(key, language, words, now)
        wrong = broken(text) if language in texts[key] else {"form": ""}
        found.faults.extend(Fault(number, language, rule, what) for rule, what in wrong.items())
        found.changes[key, language] = words
        if row.get(MARK) not in ("", None, _mark(stands)):
            found.faults.append(Fault(number, language, "meanwhile"))


def _mark(cells: Mapping[str, str]) -> str:
    """A letter first: a spreadsheet would make a number of digits."""
    return "v" + hashlib.sha256("\0".join(cells[each] for each in sorted(cells)).encode()).hexdigest()[:12]


def _rows(read: bytes) -> list[dict[str, str]] | Fault:
    """The rows of a file, with `,` or `;` between the values and the line breaks of our own files within them."""
    try:
        written = read.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Fault(0, "", "encoding")
    head = written.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=separator, strict=True)
    try:
        names, *rows = [[_clean(cell) for cell in row] for row in reader] or [[]]
    except csv.Error:
        return Fault(reader.line_num, "", "row")
    if KEY not in names or not set(LANGUAGES) & set(names) or len(set(names)) < len(names):
        return Fault(1, "", "columns", ", ".join(names))
    for number, row in enumerate(rows, 2):
        if any(row) and len(row) != len(names):
            return Fault(number, "", "row")
    return [dict(zip(names, row, strict=True)) for row in rows if any(row)]


def _clean(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


RULES = ("encoding", "row", "columns", "unknown", "twice", "form", "meanwhile")
"""What can be wrong with a file, beside the rules for a text."""
