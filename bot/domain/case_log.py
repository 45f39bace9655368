"""The case log: a row each appeal, told so coarsely that every row stands at least five times in the same words.

Not only the week, the region, the age and the category of a row are shared by at least five (k-anonymity: Sweeney,
2002, with k = 5), but everything that is told in it. Column by column, those who have a value in common with enough
others are told of together; of those left over nothing more is told from there on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.domain.report import MANY_AT_ONCE, Hidden, Report

COLUMNS = (
    "category", "gbvims", "country", "age", "week", "region", "violator", "outcome", "subcategory", "elapsed",
    "channel", "context", "violated", "referrals",
)  # fmt: skip
"""In the order in which they are told of: what matters most for the whole comes first, a part after its whole."""

A_GROUP = 5
"""Fewer rows than this never look alike; a count of one to four people is told nowhere (docs/publishing.md)."""

IN_A_REPORT = frozenset(COLUMNS) - {"week", "elapsed", "referrals"}
"""Columns that a report which leaves the team has, or might have, a table of."""

OVER_18 = "18_plus"
"""All ages but one, together."""

NOT_KNOWN = "not_known"
"""The code where nobody knows, or nothing is: what is not told has none."""

Row = Mapping[str, str]
"""The code of each column; a column that isn't there is not told."""


MayTell = Callable[[str, str], bool]
"""Whether anything may be told of this code of this column."""


def everything(column: str, code: str) -> bool:
    """Where no report stands beside it."""
    return True


def beside(report: Report) -> MayTell:
    """What may be told beside a report of the same days: only of what stands in its tables with a number.

    Else the two together would narrow down what the report hides.
    """

    def told(table: str, code: str) -> bool:
        return not isinstance(report.tables[table].get(code, Hidden.MORE), Hidden)

    def may_tell(column: str, code: str) -> bool:
        codes = [] if code == NOT_KNOWN else code.split()
        if column not in IN_A_REPORT:
            return True
        cells = report.tables.get(column)
        if not cells:
            return False
        if column in MANY_AT_ONCE:
            return all(told(column, each) for each in codes or cells)
        if code == OVER_18:
            return all(told(column, each) for each in cells if each not in ("", "under_18"))
        return told(column, "".join(codes))

    return may_tell


def anonymous(rows: Sequence[Row], chance: Callable[[int], int], may_tell: MayTell = everything) -> list[Row]:
    """The rows as they may be told, in an order that says nothing. None of them when there are fewer than a group."""
    if len(rows) < A_GROUP:
        return []
    told = [row for members, row in _groups(list(rows), COLUMNS, {}, may_tell) for _ in members]
    return _shuffled(told, chance)


def _groups(
    members: list[Row], columns: Sequence[str], told: Row, may_tell: MayTell
) -> Iterator[tuple[list[Row], Row]]:
    """Groups of rows with what is told of each of them."""
    if not columns:
        yield members, told
        return
    column, *rest = columns
    large, left_over = _by_value(members, column, may_tell)
    if not large:
        yield from _groups(members, rest, told, may_tell)
    for value, alike in large.items():
        yield from _groups(alike, rest, {**told, column: value}, may_tell)
    if large and left_over:
        yield left_over, told


def _by_value(members: Iterable[Row], column: str, may_tell: MayTell) -> tuple[dict[str, list[Row]], list[Row]]:
    """Those who share a value with enough others, and the rest: nobody, or enough to be a group themselves."""
    by: dict[str, list[Row]] = {}
    for row in members:
        by.setdefault(row[column], []).append(row)
    large = {value: alike for value, alike in by.items() if len(alike) >= A_GROUP and may_tell(column, value)}
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
