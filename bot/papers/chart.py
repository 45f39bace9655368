"""A report as a picture: bars to be read on a phone, by day and by night, also by whoever sees no red or green."""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.report import Cell, Hidden, Report
from bot.i18n import label
from bot.papers.words import FEW, MORE, Paper, Row, hidden_in, paper, shown

WIDTH = 1000
"""Pixels; Telegram shows a photo of up to 1280 as it is. A phone makes about a third of it, so letters are large."""

PAPER, INK, SOFT = "#F7F4EE", "#1B1F24", "#4A5059"
BAR, WARNING = "#0072B2", "#A03000"
"""Blue and vermilion are told apart by everybody (Okabe and Ito); on this ground each has a contrast above 4.5."""

MOST = 15
"""Bars in one picture; the rest stands in the table."""

EDGE, LINE, THICK, GAP = 44, 38, 30, 26
SHORTEST, HATCHED = 6, 70
LETTERS = 47
"""A line of this many letters of the size of names fits the width, also in Cyrillic."""


@dataclass(frozen=True)
class _Words:
    """A line of words: where it stands, how large it is."""

    y: float
    words: str
    size: int = 30
    colour: str = INK
    bold: bool = False


def render(
    report: Report,
    language: str,
    made: date,
    organisation: str = "",
    *,
    table: str = "category",
    before: Cell | None = None,
) -> bytes | None:
    """A PNG of one table; None where there is nothing to draw. `before`: how many came in the period before.

    Raises KeyError for a code that has no name.
    """
    return drawn_up(paper(report, language, made), table, before)


def drawn_up(said: Paper, table: str = "category", before: Cell | None = None) -> bytes | None:
    """The picture of a table of a paper; None where it has no line."""
    drawn = said.table(table)
    if drawn is None or not drawn.rows:
        return None
    head = _head(said, drawn.title, before)
    rows = drawn.rows[:MOST]
    names = [textwrap.wrap(row.name, LETTERS) for row in rows]
    tops = [head[-1].y + GAP]
    for lines in names:
        tops.append(tops[-1] + len(lines) * LINE + THICK + GAP)
    foot = _foot(said, len(drawn.rows) - len(rows), {*hidden_in(drawn)}, tops[-1])
    height = int(foot[-1].y + EDGE if foot else tops[-1] + EDGE / 2)
    return _drawn(height, head + foot, rows, names, tops, said.language)


def _head(said: Paper, title: str, before: Cell | None) -> list[_Words]:
    """What it is, of when, how many."""
    total = said.total
    if before is not None:
        total = f"{total}\n{label(said.language, 'paper.before', number=shown(said.language, before))}"
    lines = [_Words(0, said.mark, 30, WARNING, bold=True)] if said.mark else []
    lines += [_Words(0, each, 38, INK, bold=True) for each in textwrap.wrap(said.title, 34)]
    lines += [
        _Words(0, f"{title} · {said.period}", 30, SOFT),
        *(_Words(0, each, 32, INK, bold=True) for each in total.split("\n")),
    ]
    return _stacked(lines, EDGE)


def _foot(said: Paper, left: int, hidden: set[Hidden], y: float) -> list[_Words]:
    """What isn't seen: further lines, and why some numbers are not told."""
    language, notes = said.language, []
    if left:
        notes.append(label(language, "paper.rest", number=left))
    if Hidden.FEW in hidden:
        notes.append(label(language, "paper.note.few", few=FEW))
    if Hidden.MORE in hidden:
        notes.append(label(language, "paper.note.more", more=MORE))
    return _stacked([_Words(0, line, 25, SOFT) for note in notes for line in textwrap.wrap(note, 57)], y)


def _stacked(lines: Sequence[_Words], y: float) -> list[_Words]:
    """The lines one under the other; `y` is the foot of each line's letters."""
    stacked = []
    for line in lines:
        y += line.size * 1.35
        stacked.append(_Words(y, line.words, line.size, line.colour, line.bold))
    return stacked


def _drawn(
    height: int,
    words: Sequence[_Words],
    rows: Sequence[Row],
    names: Sequence[list[str]],
    tops: Sequence[float],
    language: str,
) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # here: it takes a second to load
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes: Any = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    pen = _Pen(axes)
    for line in words:
        pen.write(EDGE, line)
    largest = max((row.value for row in rows if not isinstance(row.value, Hidden) and row.value), default=1)
    for row, lines, top in zip(rows, names, tops, strict=False):
        for at, name in enumerate(lines, 1):
            pen.write(EDGE, _Words(top + at * LINE - 11, name))
        pen.bar(top + len(lines) * LINE, row, float(largest), shown(language, row.value))
    kept = io.BytesIO()
    figure.savefig(kept, format="png", dpi=100, facecolor=PAPER, metadata={"Software": None})
    return kept.getvalue()


class _Pen:
    """Writes and draws in pixels, with the letters that come with the library: they have those of four languages."""

    def __init__(self, axes: Any) -> None:
        from matplotlib import get_data_path

        self._axes = axes
        fonts = Path(get_data_path()) / "fonts" / "ttf"
        self._fonts = {False: fonts / "DejaVuSans.ttf", True: fonts / "DejaVuSans-Bold.ttf"}

    def write(self, x: float, line: _Words) -> None:
        """A line of words; its size is in pixels."""
        self._axes.text(
            x, line.y, line.words, fontsize=line.size * 0.72, color=line.colour, font=self._fonts[line.bold],
            parse_math=False,
        )  # fmt: skip

    def bar(self, y: float, row: Row, largest: float, number: str) -> None:
        """As long as its number; where that isn't told, short and hatched. The number stands at its end."""
        from matplotlib.patches import Rectangle

        room = WIDTH - 2 * EDGE - 150
        if isinstance(row.value, Hidden):
            length = float(HATCHED)
            look: dict[str, Any] = {"facecolor": PAPER, "edgecolor": BAR, "hatch": "///", "linewidth": 2}
        else:
            length = max(SHORTEST, room * row.value / largest) if row.value else 0.0
            look = {"facecolor": BAR, "edgecolor": "none"}
        self._axes.add_patch(Rectangle((EDGE, y), length, THICK, **look))
        self.write(EDGE + length + 14, _Words(y + THICK - 5, number, 30, INK, bold=True))
