"""The commands of each role, in the language chosen, shown in that chat alone.

Before a language is chosen there are none: a command's name is seen by whoever holds the phone.
"""

from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.domain.people import Person, Reader, Role
from bot.i18n import label

SEEKER = ("start", "now", "hide", "new", "cases", "read", "language", "data")
LAWYER = ("start", "cases", "agenda", "next", "duty", "profile", "away", "save", "reopen", "language", "privacy")
COORDINATOR = (
    "start", "enter", "week", "report", "team", "groups", "broadcast", "rota", "services", "replies", "risk",
    "block", "journal",
    "complaints",
    "cases", "agenda", "next", "duty", "profile", "away", "save", "reopen", "language", "privacy",
)  # fmt: skip
OBSERVER = ("start", "week", "report", "language", "privacy")
GROUP = ("join",)
NOTEBOOK = ("start", "notes")

OF_ROLE = {None: SEEKER, Role.LAWYER: LAWYER, Role.COORDINATOR: COORDINATOR, Role.OBSERVER: OBSERVER}
"""What each role finds in its menu; None is the help-seeker."""


def for_person(person: Person) -> SetMyCommands:
    """What this person's menu shows."""
    names = OF_ROLE[person.role]
    return _commands(person, names)


def for_notebook(person: Person) -> SetMyCommands:
    """What the menu shows while her chat is a notebook."""
    return _commands(person, NOTEBOOK)


def for_group(group: Reader) -> SetMyCommands:
    """What the operator group's menu shows."""
    return _commands(group, GROUP)


def _commands(reader: Reader, names: tuple[str, ...]) -> SetMyCommands:
    return SetMyCommands(
        commands=[BotCommand(command=name, description=label(reader.language, f"command.{name}")) for name in names],
        scope=BotCommandScopeChat(chat_id=reader.account),
    )
