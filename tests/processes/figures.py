"""What the long form has measured, as a table: printed at its end, and kept where `make chaos` asks for it."""

import os
from pathlib import Path

from tests.processes.hotline import Hotline
from tests.processes.load import Reckoning

HEAD = "| what | database | rounds | messages | lost | doubled | out of order | in flight | shown again | marked | s |"
BEGIN, END = "<!-- chaos -->", "<!-- end of chaos -->"
_rows: list[str] = []


def note(what: str, hotline: Hotline, rounds: int, found: Reckoning, slowest: float) -> None:
    """Keep the figures of one test. `slowest`: seconds until it ran again, or had stopped, or another led."""
    kind = "SQLite" if hotline.settings.database.startswith("sqlite") else "PostgreSQL"
    figures = (
        rounds, found.messages, found.lost, found.doubled, found.disordered, found.in_flight,
        found.repeated.total(), found.marked, f"{slowest:.1f}",
    )  # fmt: skip
    _rows.append(f"| {what} | {kind} | {' | '.join(map(str, figures))} |")


def table() -> str:
    """All of them; empty when nothing was noted."""
    return "\n".join([HEAD, "|---|---" + "|--:" * 9 + "|", *_rows]) if _rows else ""


def keep(summary: str) -> None:
    """Put the table and a line about the whole run into the file that is asked for, in place of the last ones."""
    place = os.environ.get("ZHANYNDA_CHAOS_FIGURES")
    if place is None:
        return
    before, _, rest = Path(place).read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    Path(place).write_text(f"{before}{BEGIN}\n{table()}\n\n{summary}\n{END}{after}")
