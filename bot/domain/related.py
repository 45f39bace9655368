"""What other tables say of a context: it follows from the type, the age and whose act it was, so they bound it."""

from collections.abc import Mapping, Sequence

from bot.domain.coding import SEXUAL, Context, Gbvims, Violator
from bot.domain.witnesses import ENDLESS, Bounds, few

CHILD = "under_18"
Tables = Mapping[str, Mapping[str, int]]

_NOT_VIOLENCE = (("gbvims", ""), ("gbvims", Gbvims.NONE.value))
_SEXUAL = tuple(("gbvims", each.value) for each in Gbvims if each in SEXUAL)
_FORCED = (("gbvims", Gbvims.FORCED_MARRIAGE.value),)
_CHILD = (("age", CHILD),)
_PARTNER = (("violator", Violator.PARTNER.value),)

WITHIN: Mapping[str, tuple[tuple[tuple[str, str], ...], ...]] = {
    Context.INTIMATE_PARTNER: (_PARTNER,),
    Context.CHILD_SEXUAL_ABUSE: (_CHILD, _SEXUAL),
    Context.EARLY_MARRIAGE: (_CHILD, _FORCED),
    Context.POSSIBLE_SEXUAL_EXPLOITATION: (_SEXUAL,),
    Context.POSSIBLE_SEXUAL_SLAVERY: (_SEXUAL,),
    Context.HARMFUL_TRADITIONAL_PRACTICE: (_FORCED,),
}
"""Each context is counted within each of these sums of cells."""

_BOTH = (Context.CHILD_SEXUAL_ABUSE, Context.EARLY_MARRIAGE)
"""Of children, and never both of one."""


def relatives(context: str) -> set[tuple[str, str]]:
    """The cells of other tables that say something of it."""
    cells = {cell for cells in WITHIN[context] for cell in cells}
    return cells | set(_NOT_VIOLENCE) if context == Context.INTIMATE_PARTNER else cells | _more(context)


def bounds(context: str, by: Tables, appeals: int) -> Bounds:
    """The fewest and the most there can be of a context, the other tables being what they are."""
    within = [_of(cells, by) for cells in WITHIN[context]]
    least = sum(within) - appeals * (len(within) - 1) if len(within) > 1 else 0
    most = min(within)
    if context == Context.INTIMATE_PARTNER:
        not_violence = _of(_NOT_VIOLENCE, by)
        least, most = within[0] - not_violence, min(most, appeals - not_violence)
    if context in _BOTH:
        sibling = by.get("context", {}).get(_BOTH[context == _BOTH[0]], 0)
        least = max(least, _of(_CHILD, by) - sibling - (appeals - _of(_SEXUAL, by) - _of(_FORCED, by)))
        most = min(most, _of(_CHILD, by) - sibling)
    return Bounds(max(least, 0), min(most, ENDLESS))


def sets_apart(context: str, by: Tables, appeals: int) -> bool:
    """True when its number would show a few people who are in a wider group and not in it."""
    count = by.get("context", {}).get(context, 0)
    around: Sequence[int] = [*(_of(cells, by) for cells in WITHIN[context]), appeals]
    return any(few(each - count) for each in (*around, bounds(context, by, appeals).most))


def _more(context: str) -> set[tuple[str, str]]:
    return {*_SEXUAL, *_FORCED} if context in _BOTH else set()


def _of(cells: Sequence[tuple[str, str]], by: Tables) -> int:
    return sum(by.get(table, {}).get(code, 0) for table, code in cells)
