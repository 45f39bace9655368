"""Forged buttons: every class × values a hostile app may send × everybody × every door. Nothing of another's moves.

Each tap is taken in by the hotline as it is, looked at, and undone, so that all of them meet the same world.
"""

import itertools
import os
import types
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Union, get_args, get_origin

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery
from pydantic import ValidationError
from sqlalchemy import Table, select, update

from bot.domain.case import Outcome, Shut
from bot.domain.ids import CaseCode
from bot.domain.people import LANGUAGES
from bot.domain.questionnaire import QUESTIONS, SKIPPED
from bot.domain.rights import RIGHTS, Right
from bot.storage import tables
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import ALL
from tests.stage import Actor, Stage

EVERYTHING = bool(os.environ.get("ZHANYNDA_ALL_SCENES"))
AT_LEAST = 2_500
"""Forged taps in the short form; every third of them otherwise tried with all doors in the long one."""

GARBAGE = (
    "", " ", ":", "go", "go:", "go:nowhere",
    "go:home:more", "a:age", "a::", "a:age:", "zz:1", "c:claim", "c::", "c:claim:",
    "o:KM00000", "lang:xx", "lang:", "t:remove", "i:administrator", "w:x:y", "p:age:many", "g:", "claim", "🆘", "\x00",
    "c:claim:' OR 1=1 --", "n:-1:1", "n:99999999999999999999:1", "u:1e9:call", "k:share:maybe:KM00000", "ж" * 32,
)  # fmt: skip
NUMBERS = (0, 1, -1, 53, 2026, 2**31, 2**63 - 1, 2**63, -(2**70))
HIDDEN = {"held", "seen_at", "started", "reachable", "version"}
"""Columns that say nothing of anybody, and follow whatever happens."""

OWNED: dict[str, str] = {
    "cases": "code", "reminders": "case_code", "entries": "case_code", "consents": "case_code", "withheld": "case_code",
    "people": "id", "drafts": "person", "draft_words": "person", "notes": "person", "conflicts": "person",
    "invitations": "made_by", "profiles": "person", "case_notes": "case_code", "hand_overs": "case_code",
    "complaints": "case_code", "broadcasts": "person",
}  # fmt: skip
"""What may not change by another's hand, and which column says whose it is."""

WORDS = {"entries", "consents", "withheld", "drafts", "draft_words", "notes", "case_notes"}
"""What nobody but she herself, and the lawyer who holds her case, may add to or change; whatever the role."""


COMPLAINT = "canarycomplaint"
"""What nobody hears but she who wrote it and a coordinator who never had her case in his hands."""

Rows = dict[str, dict[tuple[object, ...], tuple[object, ...]]]
"""By table and key: whose a row is, and what it holds."""


class Undo(Exception):
    """Each tap is undone."""


@dataclass
class World:
    """Everybody, what each of them holds, and what a tap may touch."""

    stage: Stage
    who: dict[str, Actor] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    codes: dict[str, CaseCode] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)
    holds: dict[str, set[str]] = field(default_factory=dict)
    """By name: the cases somebody may say something in: her own, or those he holds."""
    moves: dict[str, set[str]] = field(default_factory=dict)
    """By name: the cases somebody may move: those, and for the team what waits and is no conflict."""
    owner: dict[str, str] = field(default_factory=dict)
    """By canary: the case or the person it was said in."""
    before: Rows = field(default_factory=dict)


async def _her(world: World, name: str, *, send: bool = True) -> Actor:
    her = await world.stage.seeker("ru", f"CanaryName{name}")
    world.who[name] = her
    if send:
        world.codes[name] = await world.stage.appeal(her, f"canaryword {name} one")
        world.stage.clock.advance(seconds=1)
    return her


async def _world(stage: Stage) -> World:
    """One of each: every role, every state of a case, every kind of thing that isn't the forger's."""
    world = World(stage)
    world.who["coordinator"], world.who["lawyer"] = await stage.opened()
    coordinator, lawyer = world.who["coordinator"], world.who["lawyer"]
    coordinator.account.joins(stage.group)
    for name in ("other", "idle", "removed"):
        world.who[name] = await stage.lawyer(coordinator, "kk", f"Duty {name}")
    world.who["observer"] = await stage.observer(coordinator)
    claimed = await _her(world, "claimed")
    await lawyer.taps("button.claim", group=stage.group)
    await claimed.says("canaryword claimed two, +7 701 555 12 34")
    await claimed.forges(f"wi:complain:{world.codes['claimed']}")
    await claimed.says(COMPLAINT)
    await _her(world, "second")
    await world.who["other"].taps("button.claim", group=stage.group)
    await _her(world, "closed")
    await world.who["other"].taps("button.claim", group=stage.group)
    await world.who["other"].taps("button.close")
    await world.who["other"].taps("outcome.advice")
    await world.who["closed"].says("canaryword closed two, after closing")
    await _her(world, "blocked")
    await coordinator.says(f"/block {world.codes['blocked']}")
    await coordinator.taps("grounds.flood")
    await coordinator.taps("button.block")
    await _her(world, "conflict")
    await lawyer.taps("button.not_me", group=stage.group)
    await _her(world, "queued")
    await _her(world, "submitted")
    shut = await _her(world, "shut")
    await shut.forges("go:erase_later")
    assert isinstance(await stage.case(world.codes["shut"]), Shut)
    drafting = await _her(world, "drafting", send=False)
    await drafting.says("canaryword drafting one")
    await _her(world, "idle_seeker", send=False)
    await coordinator.says("/team")
    world.who["newcomer"] = stage.actor("ru", "CanaryNamenewcomer")
    await _finish(world)
    return world


async def _finish(world: World) -> None:
    async with world.stage.database.unit_of_work() as uow:
        removed = await uow.people.by_account(world.who["removed"].account.id)
        await uow.people.set_role(removed, None, None)
        waits = tables.cases.c.code == world.codes["submitted"]
        await uow.write(update(tables.cases).where(waits).values(status="submitted", queued_at=None))
        for name, actor in world.who.items():
            world.ids[name] = (await uow.people.by_account(actor.account.id)).id
        world.entries = [row.id for row in await uow.read(select(tables.entries.c.id))]
    async with world.stage.database.unit_of_work() as uow:
        world.before = await _snapshot(uow)
    for name in world.who:
        own: set[str] = {world.codes[name]} if name in world.codes and name != "shut" else set()
        world.holds[name] = world.moves[name] = own
        world.owner[f"canaryword {name} "] = world.codes.get(name, world.ids[name])
    open_to_all: set[str] = {world.codes["queued"], world.codes["conflict"], world.codes["blocked"]}
    world.holds["lawyer"], world.holds["other"] = {world.codes["claimed"]}, {world.codes["second"]}
    world.moves["lawyer"] = world.holds["lawyer"] | open_to_all - {world.codes["conflict"]}
    world.moves["other"] = world.holds["other"] | open_to_all | {world.codes["closed"]}  # which he closed and may keep
    world.moves["idle"] = open_to_all
    theirs = {world.codes[name] for name in ("claimed", "second", "closed", "submitted")}
    world.moves["coordinator"] = open_to_all | theirs


async def _snapshot(uow: UnitOfWork) -> Rows:
    """Every row that belongs to somebody, by key: the owner, then what it holds."""
    found = {}
    for name, column in OWNED.items():
        table = tables.metadata.tables[name]
        shown = [each for each in table.columns if each.name not in HIDDEN]
        rows = await uow.read(select(table.c[column].label("whose"), *shown), touching=(table,))
        keys = [shown.index(key) + 1 for key in table.primary_key]
        found[name] = {tuple(row[key] for key in keys): tuple(row) for row in rows}
    return found


def _values(world: World, kind: type[CallbackData], name: str, annotation: Any) -> tuple[object, ...]:
    """What a hostile app may put into one field."""
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(each for part in get_args(annotation) for each in _values(world, kind, name, part))
    if annotation is type(None):
        return (None,)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(annotation)
    if annotation is bool:
        return (True, False)
    if annotation is int or "int" in str(annotation):
        return (*NUMBERS, *(world.entries if name == "entry" else ()))
    named: dict[str, tuple[object, ...]] = {
        "code": (*world.codes.values(), "KM00000", "x", "' OR 1"),
        "id": (*world.ids.values(), "a" * 16, "x"),
        "to": (*LANGUAGES, "xx", ""),
        "question": (*(question.key for question in QUESTIONS), "x", ""),
        "option": (SKIPPED, "yes", "KZ", "under_18", "POL", "done", "x", "🆘"),
        "outcome": (*Outcome, "x", ""),
    }
    return named.get(name, ("x", "", "0", world.codes["claimed"], world.ids["claimed"]))


def _forged(world: World) -> Iterator[str]:
    """Every value of every class that fits into a button, and what fits into none."""
    yield from GARBAGE
    for kind in ALL:
        fields = [_values(world, kind, name, each.annotation) for name, each in kind.model_fields.items()]
        for values in itertools.product(*fields):
            with suppress(ValueError, ValidationError):
                carried: dict[str, Any] = dict(zip(kind.model_fields, values, strict=True))
                yield kind.model_construct(**carried).pack()


def _raw(number: int, actor: Actor, data: str, door: str, group: int) -> dict[str, Any]:
    """The update as Telegram sends it; `nowhere`: a button of a message the bot can't see."""
    account = actor.account
    sender = {"id": account.id, "is_bot": False, "first_name": account.first_name, "username": account.username}
    tap = {"id": str(number), "from": sender, "chat_instance": "1", "data": data}
    if door != "nowhere":
        private = {"id": account.id, "type": "private", "first_name": account.first_name}
        chat = private if door == "private" else {"id": group, "type": "supergroup", "title": "Operators"}
        tap["message"] = {"message_id": 3, "date": 1, "chat": chat, "text": "…"}
    return {"update_id": number, "callback_query": tap}


def _tries(world: World) -> Iterator[tuple[str, str, str]]:
    """Who taps what where. The short form: each class by everybody, each value by somebody, doors in turn."""
    doors = itertools.cycle(("private", "private", "group", "private", "group", "nowhere"))
    by_class: dict[str, list[str]] = {}
    for data in dict.fromkeys(_forged(world)):
        by_class.setdefault(data.partition(":")[0], []).append(data)
    every = 1 if EVERYTHING else max(1, sum(map(len, by_class.values())) * len(world.who) // AT_LEAST)
    for number, name in enumerate(sorted(world.who)):
        for forged in by_class.values():
            for data in forged[number % every :: every] or [forged[number % len(forged)]]:
                for door in ("private", "group", "nowhere") if EVERYTHING else (next(doors),):
                    yield name, data, door


async def _said(uow: UnitOfWork, after: int) -> list[tuple[int, str]]:
    """What this tap put into the outbox: to which chat, and every word of it."""
    rows = await uow.read(select(tables.outbox).where(tables.outbox.c.id > after), touching=(tables.outbox,))
    found = []
    for row in rows:
        if row.sealed is None:  # withdrawn by the same tap
            continue
        await uow.ready(row.owner)
        params = uow.unseal(row.owner, f"outbox.sealed/{row.id}", row.sealed)["params"]
        chat = params.pop("chat_id", None) or params.pop("scope")["chat_id"]
        found.append((chat, str(params)))
    return found


def _changed(world: World, name: str, now: Rows) -> set[tuple[str, str]]:
    """Which tables changed, and whose rows; a conflict goes with her own case when she erases it."""
    return {
        (table, str((row or now[table][key])[0]))
        for table, old in world.before.items()
        for key, row in ((key, old.get(key)) for key in old.keys() | now[table].keys())
        if row != now[table].get(key) and not (table == "conflicts" and key[0] in world.holds[name])
    }


async def _may_change(world: World, uow: UnitOfWork, name: str, table: str, whose: str) -> bool:
    """Her own and her own cases; his cases; for a coordinator the team, its links, and who is blocked."""
    if whose == world.ids[name]:
        return True
    if table == "cases" and whose.startswith("erased:"):  # what is left of her own, under a name that says nothing
        own = select(tables.cases.c.code).where(tables.cases.c.code == world.codes.get(name))
        return name in world.codes and not await uow.read(own)
    mine = select(tables.cases.c.code).where(tables.cases.c.code == whose, tables.cases.c.seeker == world.ids[name])
    if table in WORDS:
        if whose in world.holds[name] or await uow.read(mine):
            return True
        leaving = table in ("drafts", "draft_words") and whose in _team(world)
        return name == "coordinator" and leaving
    if whose in world.moves[name] or await uow.read(mine):
        return True
    return name == "coordinator" and table in ("people", "conflicts", "invitations", "profiles", "complaints")


def _team(world: World) -> set[str]:
    return {world.ids[name] for name in ("lawyer", "other", "idle", "coordinator", "observer")}


async def _check(world: World, uow: UnitOfWork, name: str, number: int, after: int) -> list[str]:
    """Everything that is wrong about what this tap did."""
    wrong: list[str] = []
    answers = [each for each in uow.fleeting if isinstance(each, AnswerCallbackQuery)]
    if [each.callback_query_id for each in answers] != [str(number)]:
        wrong.append(f"{len(answers)} answers")
    touched = uow.writes or any(uow._pending.get(table) for table in OWNED)
    said = await _said(uow, after)
    now = await _snapshot(uow) if touched else world.before
    for table, whose in _changed(world, name, now):
        if not await _may_change(world, uow, name, table, whose):
            wrong.append(f"{table} of {whose} changed")
    for chat, words in [*said, *((world.who[name].account.id, str(each.text)) for each in answers)]:
        wrong += _wrongly_said(world, name, chat, words, now)
    return wrong


def _wrongly_said(world: World, name: str, chat: int, words: str, now: Any) -> list[str]:
    wrong = []
    listener = next((each for each, actor in world.who.items() if actor.account.id == chat), "group")
    hers = now["cases"]
    index = {column.name: at for at, column in enumerate(_columns(tables.cases), 1)}
    cases = {str(row[0]): (row[index["seeker"]], row[index["lawyer"]], row[index["status"]]) for row in hers.values()}
    for canary, owner in world.owner.items():
        seeker, lawyer, status = cases.get(owner, (owner, None, ""))
        hears = {seeker, lawyer if status == "claimed" else None}
        if canary in words and world.ids.get(listener) not in hears:
            wrong.append(f"words of {owner} to {listener}")
    if COMPLAINT in words and listener not in ("claimed", "coordinator"):
        wrong.append(f"a complaint to {listener}")
    for other, actor in world.who.items():
        if other != listener and (actor.account.first_name in words or str(actor.account.id) in words):
            wrong.append(f"{other} named to {listener}")
    related = {name, "group", "coordinator"} | (
        {"lawyer", "other", "idle", "removed", "observer"} if name == "coordinator" else set()
    )
    rows = [*world.before["cases"].values(), *hers.values()]  # whoever held it until this tap is told too
    people = {row[index[column]] for row in rows if row[0] in world.moves[name] for column in ("seeker", "lawyer")}
    if listener not in related and world.ids[listener] not in people:
        wrong.append(f"something said to {listener}")
    return wrong


def _columns(table: Table) -> list[Any]:
    return [each for each in table.columns if each.name not in HIDDEN]


@pytest.fixture
def migrated_url(migrated_sqlite: Any, tmp_path: Any) -> str:
    """SQLite alone: what is asked here is no matter of the database."""
    (tmp_path / "hotline.sqlite3").write_bytes(migrated_sqlite.read_bytes())
    return f"sqlite+aiosqlite:///{tmp_path / 'hotline.sqlite3'}"


async def _look(world: World, tries: Iterable[tuple[str, str, str]], wrong: list[str]) -> list[tuple[str, str]]:
    """Tap, look, undo; whose taps of which class they were."""
    reception, database = world.stage.hotline.reception, world.stage.database
    tried = []

    async def set_aside(uow: UnitOfWork, update_id: int, raw: dict[str, Any], why: str) -> None:
        wrong.append(f"set aside ({why}): {raw['callback_query']['data']}")

    reception._set_aside = set_aside
    for number, (name, data, door) in enumerate(tries, 10_000_000):
        with suppress(Undo):
            async with database.unit_of_work() as uow:
                after = uow.new_id()
                await reception._one(uow, _raw(number, world.who[name], data, door, world.stage.group.id))
                wrong += [
                    f"{name} taps {data!r} in {door}: {each}" for each in await _check(world, uow, name, number, after)
                ]
                raise Undo
        tried.append((name, data.partition(":")[0]))
    return tried


async def test_a_forged_button_moves_and_shows_nothing_of_anothers(stage: Stage, record_property: Any) -> None:
    world, wrong = await _world(stage), list[str]()
    tried = await _look(world, _tries(world), wrong)
    record_property("forged taps", len(tried))
    assert wrong == []
    assert len(tried) >= AT_LEAST
    assert set(tried) >= {(name, kind.__prefix__) for name in world.who for kind in ALL}


async def test_the_look_finds_what_moves_and_what_is_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every right given to a help-seeker, this would be seen."""
    world, wrong = await _world(stage), list[str]()
    monkeypatch.setitem(RIGHTS, None, frozenset(Right))
    claim, block = f"c:claim:{world.codes['queued']}", f"b:{world.codes['queued']}:flood:1"
    await _look(world, [("idle_seeker", data, "private") for data in (claim, block)], wrong)
    assert f"idle_seeker taps {claim!r} in private: cases of {world.codes['queued']} changed" in wrong
    assert f"idle_seeker taps {block!r} in private: people of {world.ids['queued']} changed" in wrong
    assert f"idle_seeker taps {claim!r} in private: something said to queued" in wrong
