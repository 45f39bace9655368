"""The erasure list: what was erased, told outside of the database, so that an older back-up can't bring it back.

A line is a day, what happened, and a random id or a case code; nobody is named, and without the back-up it tells
nothing. It is on the disk before the erasure is committed. Each back-up puts a mark of its own: a list that knows the
back-up was kept longer than that, so it knows what was erased after it.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PERSON, CASE, LEFT, BACK, BACKUP = "person", "case", "left", "back", "backup"
"""Destroyed, destroyed alone, closed for 72 hours, come back in time; and the mark of a back-up."""


@dataclass
class Erased:
    """What the list says: whom and what must not be there, who is on the way out, who took it back."""

    people: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    left: dict[str, date] = field(default_factory=dict)
    back: set[str] = field(default_factory=set)
    backups: dict[str, date] = field(default_factory=dict)


class ErasureList:
    """A file that only grows."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, day: date, entries: Iterable[str]) -> None:
        """Write these down, on the disk for good. Raises OSError."""
        self._append([f"{day.isoformat()} {entry}" for entry in entries])

    def take_over(self, other: "ErasureList") -> None:
        """Know what another list knows, too: it may still be needed for an older back-up. Raises OSError."""
        known = set(self._lines())
        self._append([line for line in other._lines() if line not in known])

    def read(self) -> Erased:
        """All of it, in the order of days. Raises OSError when it is not there.

        A line cut short by a lost power supply belongs to an erasure that was never committed: it is passed over.
        """
        found = Erased()
        for day, what, which in sorted(self._entries(self._lines(must=True)), key=lambda entry: entry[0]):
            match what:
                case "person":
                    found.people.add(which)
                case "case":
                    found.cases.add(which)
                case "left":
                    found.left[which] = day
                    found.back.discard(which)
                case "back":
                    found.left.pop(which, None)
                    found.back.add(which)
                case "backup":
                    found.backups[which] = day
        return found

    def _append(self, lines: list[str]) -> None:
        if not lines:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            size = os.fstat(handle).st_size
            cut = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            os.write(handle, ("\n" * cut + "".join(f"{line}\n" for line in lines)).encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def _lines(self, *, must: bool = False) -> list[str]:
        if not must and not self.path.exists():
            return []
        return self.path.read_text(encoding="utf-8", errors="replace").splitlines()

    def _entries(self, lines: list[str]) -> Iterable[tuple[date, str, str]]:
        for line in lines:
            parts = line.split()
            if len(parts) == 3 and _is_day(parts[0]):
                yield date.fromisoformat(parts[0]), parts[1], parts[2]


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
