"""What the codes of the tables are called in a reader's language: one place for screens, charts and files."""

from bot.content import taxonomy, violated_rights
from bot.i18n import label, title

UNSAID = {"channel": "channel.bot", "gbvims": "gbvims.uncoded", "outcome": "outcome.open"}
"""What no code at all means in these tables; in the others it is not known."""


def code_name(language: str | None, table: str, code: str) -> str:
    """The name of a code of this table of `Figures.by`; `` is not known. Raises KeyError for a code nobody knows."""
    if not code:
        return _unsaid(language, table)
    match table:
        case "category":
            return title(language, taxonomy().category(code).title)
        case "subcategory":
            return title(language, taxonomy().subcategory(code).title)
        case "region":
            return title(language, taxonomy().region(code).title)
        case "violated":
            return title(language, violated_rights()[code].title)
        case "country" | "age":
            return label(language, f"option.{table}.{code}")
        case "language":
            return label(language, f"language.{code}")
        case "urgency":
            return label(language, f"urgency.{code}")
        case "outcome":
            return label(language, f"outcome.{code}")
        case _:
            return _coded(language, table, code)


def _coded(language: str | None, table: str, code: str) -> str:
    match table:
        case "gbvims":
            return label(language, f"gbvims.{code}")
        case "context":
            return label(language, f"context.{code}")
        case "violator":
            return label(language, f"violator.{code}")
        case "circumstance":
            return label(language, f"circumstance.{code}")
        case "elapsed":
            return label(language, f"elapsed.{code}")
        case "channel":
            return label(language, f"channel.{code}")
        case _:
            raise KeyError(table)


def _unsaid(language: str | None, table: str) -> str:
    return label(language, UNSAID.get(table, "week.unknown"))
