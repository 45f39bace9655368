"""`zhanynda audit` in words: received = done + refused + set aside; put = sent + waiting + dead."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.i18n import label, moment_in, number_in
from bot.storage.accounting import Audit

UPDATES = ("done", "refused", "set_aside")
MESSAGES = ("sent", "replaced", "waiting", "sending", "held", "dead")


def audit_lines(language: str, found: Audit, zone: ZoneInfo) -> Iterator[str]:
    """A table, a line each; the last lines name what doesn't add up, or say that all does."""
    yield label(language, "cli.audit.since", moment=moment_in(language, found.since, zone))
    yield label(language, "cli.audit.received", number=number_in(language, found.received))
    for outcome in UPDATES:
        yield from _rows(language, f"cli.audit.update.{outcome}", outcome, found.updates)
    yield label(language, "cli.audit.put", number=number_in(language, sum(found.messages.values())))
    for state in MESSAGES:
        yield from _rows(language, f"cli.audit.message.{state}", state, found.messages)
    if found.still_aside and found.oldest_aside is not None:
        moment = moment_in(language, found.oldest_aside, zone)
        yield label(language, "cli.audit.aside", number=number_in(language, found.still_aside), moment=moment)
    for name, number in found.open_ends.items():
        yield label(language, f"cli.audit.wrong.{name}", number=number_in(language, number))
    if not found.open_ends:
        yield label(language, "cli.audit.whole")


def _rows(language: str, key: str, outcome: str, counted: dict[tuple[str, str], int]) -> Iterator[str]:
    """One outcome, and under it why, the most frequent first."""
    reasons = {why: number for (each, why), number in counted.items() if each == outcome}
    if not reasons:
        return
    yield f"  {number_in(language, sum(reasons.values())):>8}  {label(language, key)}"
    for why, number in sorted(reasons.items(), key=lambda row: -row[1]):
        if why:
            yield f"  {number_in(language, number):>8}    · {why}"
