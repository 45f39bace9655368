"""Who stands on which of the page's four phones. Telegram itself knows nothing of this."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from sandbox.telegram import Account, Group, Telegram

Phone = Literal["seeker", "group", "lawyer", "coordinator"]
PHONES: tuple[Phone, ...] = get_args(Phone)


@dataclass
class Stage:
    """The phones, each with the ids of the people (or the groups) that it can show."""

    phones: dict[Phone, list[int]] = field(default_factory=lambda: {phone: [] for phone in PHONES})

    def put(self, phone: Phone, *who: Account | Group) -> None:
        """Let a phone show these people, or the group phone these groups."""
        self.phones[phone].extend(one.id for one in who if one.id not in self.phones[phone])

    def view(self, telegram: Telegram) -> dict[str, list[int]]:
        """The phones as they are now: groups under their newest id, and nobody without a phone."""
        shown = {phone: [telegram.upgraded.get(id_, id_) for id_ in ids] for phone, ids in self.phones.items()}
        on_some = {id_ for ids in shown.values() for id_ in ids}
        shown["seeker"] += _missing(telegram.accounts, on_some)
        shown["group"] += _missing(telegram.groups, on_some)
        return {str(phone): ids for phone, ids in shown.items()}


def _missing(ids: Iterable[int], known: set[int]) -> list[int]:
    return [id_ for id_ in ids if id_ not in known]


def set_stage(telegram: Telegram, *, group_title: str = "Operators", language: str | None = None) -> Stage:
    """Begin as a hotline begins: one of each, the team in a group with the bot as a plain member.

    `language` is that of the team's apps; without it the lawyer and the coordinator differ.
    """
    stage = Stage()
    seeker = telegram.account("Aigerim", language_code="kk")
    lawyer = telegram.account("Marat", username="marat_lawyer", language_code=language or "ru")
    coordinator = telegram.account("Nurgul", username="nurgul_coord", language_code=language or "ky")
    group = telegram.group(group_title)
    coordinator.adds_bot(group)
    lawyer.joins(group)
    stage.put("seeker", seeker)
    stage.put("lawyer", lawyer)
    stage.put("coordinator", coordinator)
    stage.put("group", group)
    return stage
