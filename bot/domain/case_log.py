"""The case log: a row each appeal, told so coarsely that every row stands at least five times in the same words.

Not only the week, the region, the age and the category of a row are shared by at least five (k-anonymity: Sweeney,
2002, with k = 5), but everything that is told in it. Column by column, those who have a value in common with enough
others are told of together; of those left over nothing more is told from there on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

COLUMNS = (
    "category", "gbvims", "country", "age", "week", "region", "violator", "outcome", "subcategory", "elapsed",
    "channel", "context", "violated", "referrals",
)  # fmt: skip
"""In the order in which they are told of: what matters most for the whole comes first, a part after its whole."""

A_GROUP = 5
"""Fewer rows than this never look alike; a count of one to four people is told nowhere (docs/publishing.md)."""

NOT_KNOWN = "not_known"
"""The code where nobody knows, or nothing is: what is not told has none."""

Row = Mapping[str, str]
"""The code of each column; a column that isn't there is not told."""


def anonymous(rows: Sequence[Row], chance: Callable[[int], int]) -> list[Row]:
    """The rows as they may be told, in an order that says nothing. None of them when there are fewer than a group."""
    if len(rows) < A_GROUP:
        return []
    told = [row for members, row in _groups(list(rows), COLUMNS, {}) for _ in members]
    return _shuffled(told, chance)


def _groups(members: list[Row], columns: Sequence[str], told: Row) -> Iterator[tuple[list[Row], Row]]:
    """Groups of rows with what is told of each of them."""
    if not columns:
        yield members, told
        return
    column, *rest = columns
    large, left_over = _by_value(members, column)
    if not large:
        yield from _groups(members, rest, told)
    for value, alike in large.items():
        yield from _groups(alike, rest, {**told, column: value})
    if large and left_over:
        yield left_over, told


def _by_value(members: Iterable[Row], column: str) -> tuple[dict[str, list[Row]], list[Row]]:
    """Those who share a value with enough others, and the rest: nobody, or enough to be a group themselves."""
    by: dict[str, list[Row]] = {}
    for row in members:
        by.setdefault(row[column], []).append(row)
    large = {value: alike for value, alike in by.items() if len(alike) >= A_GROUP}
    left_over = [row for value, alike in by.items() if value not in large for row in alike]
    while large and 0 < len(left_over) < A_GROUP:
        smallest = min(large, key=lambda value: (len(large[value]), value))
        left_over += large.pop(smallest)
    return large, left_over


def _shuffled(rows: list[Row], chance: Callable[[int], int]) -> list[Row]:
    for last in range(len(rows) - 1, 0, -1):
        other = chance(last + 1)
        rows[last], rows[other] = rows[other], rows[last]
    return rows
