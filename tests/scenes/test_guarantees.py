"""What is promised whatever is tapped: one reminder for one thing, nothing to who has left, and neither learns who.

The last scenes walk through the buttons that are really shown, new ones too, and read every call that was made.
"""

import re
from datetime import timedelta

import pytest

from bot.content import telling
from bot.domain.case import Claimed, Queued
from bot.i18n import label, moment_in, text
from sandbox.message import Message
from sandbox.telegram import Call
from tests.scenes.test_her_side import complains, opens_case
from tests.stage import Actor, Stage, plain

SENDS = re.compile(r"send|edit")


def said_to(stage: Stage, actor: Actor, since: int = 0) -> list[Call]:
    """Every call that put or changed words in somebody's chat."""
    return [
        call
        for call in stage.telegram.calls[since:]
        if SENDS.match(call.method) and call.params.get("chat_id") == actor.account.id
    ]


def words_of(call: Call) -> str:
    return re.sub(r"<[^>]+>", "", str(call.params.get("text") or call.params.get("caption") or ""))


async def test_silence_is_one_reminder_then_the_queue_with_one_card_and_all_by_the_teams_clock(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, contact="any_time")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("I am reading")
    await her.says("when?")
    asked, before = stage.clock(), len(stage.telegram.calls)
    for _ in range(26 * 2):
        await stage.later(minutes=30)
    reminders = [words_of(call) for call in said_to(stage, lawyer, before) if "⏰" in words_of(call)]
    assert len(reminders) == 1
    zone = stage.settings.zone
    assert moment_in("ru", asked, zone) in reminders[0]
    assert moment_in("ru", asked + timedelta(hours=48), zone) in reminders[0]
    assert moment_in("ru", asked, zone) != f"{asked:%H:%M}"
    for _ in range(24 * 2):
        await stage.later(minutes=30)
    assert isinstance(await stage.case(code), Queued)
    calls = stage.telegram.calls[before:]
    cards = [call for call in calls if call.method == "sendMessage" and text("ru", "card.back") in str(call.params)]
    assert len(cards) == 1
    assert len([1 for call in said_to(stage, lawyer, before) if code in words_of(call)]) == 2, "reminded, taken back"
    released = [1 for call in said_to(stage, her, before) if plain("ru", "notice.waiting") in words_of(call)]
    assert len(released) == 1, "one neutral line, however much waits behind it"
    assert not [1 for call in said_to(stage, coordinator, before) if "⏰" in words_of(call)]


async def test_nothing_is_sent_to_who_has_left_was_removed_or_blocked_the_bot(stage: Stage) -> None:
    coordinator, removed = await stage.opened()
    blocks = await stage.lawyer(coordinator, "ru", "Duty 2")
    swept = await stage.lawyer(coordinator, "ru", "Duty 3")
    people = [await stage.seeker("ru") for _ in range(3)]
    codes = []
    for her, lawyer in zip(people, (removed, blocks, swept), strict=True):
        codes.append(await stage.appeal(her, contact="any_time"))
        await lawyer.taps("button.claim", group=stage.group)
        await lawyer.says("his-words")
        await her.says("her-words")
    await coordinator.says("/team")
    async with stage.database.unit_of_work() as uow:
        member = (await uow.people.by_account(removed.account.id)).id
    await coordinator.forges(f"t:remove:{member}")
    blocks.account.blocks()
    await stage.settle()
    await opens_case(people[2], codes[2])
    await people[2].taps("button.another")
    await people[2].taps("button.another_now")
    before = len(stage.telegram.calls)
    for her in people:
        await her.says("and now?")
    for _ in range(12):
        await stage.later(hours=6)
    assert said_to(stage, removed, before) == []
    assert said_to(stage, blocks, before) == []
    assert [words_of(call) for call in said_to(stage, swept, before) if codes[2] in words_of(call)] == []
    cases = [await stage.case(code) for code in codes]
    assert not any(isinstance(case, Claimed) for case in cases)


SKIPPED = re.compile(
    r"(go:(erase|hide|home|here|notebook|language|discard|code)|c:(release|notme|close)|lang:|t:|i:|g:|b:|ub:|x:|hb:|o:|a:)"
)
"""What ends the walk, or was walked through elsewhere."""


class Walk:
    """Somebody who taps all that is shown, each kind of button a few times, and answers what is asked in words."""

    def __init__(self, actor: Actor, says: str, most: int) -> None:
        self.actor, self.says, self.left = actor, says, most
        self.tapped: dict[str, int] = {}

    async def through(self, *commands: str) -> None:
        """Everything that can be reached from these commands."""
        for command in commands:
            await self.actor.says(command)
            while self.left and (found := self._next()) is not None:
                await self._tap(*found)

    def _next(self) -> tuple[Message, str] | None:
        for message in reversed(self.actor.account.messages):
            for row in message.buttons:
                for each in row:
                    data = each.data or ""
                    if data and not SKIPPED.match(data) and self.tapped.get(_kind(data), 0) < 3:
                        return message, data
        return None

    async def _tap(self, message: Message, data: str) -> None:
        self.left -= 1
        self.tapped[_kind(data)] = self.tapped.get(_kind(data), 0) + 1
        self.actor.account.taps(data, on=message, by="data")
        await self.actor.stage.settle()
        async with self.actor.stage.database.unit_of_work() as uow:
            asked = (await uow.people.by_account(self.actor.account.id)).awaiting
        if asked:
            await self.actor.says(f"{self.says} {asked.partition(':')[0]}")


def _kind(data: str) -> str:
    """What a button does, without the code or number it carries."""
    return re.sub(r"[A-Z]{2}\d{5}|\d+|[0-9a-f]{16}", "", ":".join(data.split(":")[:2]))


@pytest.mark.parametrize("language", ["kk", "ky"])
async def test_neither_learns_who_the_other_is_whatever_is_tapped(stage: Stage, language: str) -> None:
    """His account, name and working name never reach her, hers nobody; what is whose reaches those it is for."""
    coordinator, lawyer = await stage.opened("ru")
    coordinator.account.joins(stage.group)
    her = await stage.seeker(language, "Canaryher")
    code = await stage.appeal(her, "canarywords of hers", contact="any_time", share="yes")
    await lawyer.taps("button.claim", group=stage.group)
    await her.says("canarywords two")
    await lawyer.says("canaryanswer of his")
    his = Walk(lawyer, "canarynote", 220)
    await his.through("/cases", f"/case {code}", "/profile", "/duty", "/agenda", "/next")
    await complains(her, code, "canarycomplaint")
    hers = Walk(her, "canarycomplaint", 70)
    await hers.through("/cases", "/data")
    theirs = Walk(coordinator, "canaryreply", 90)
    await theirs.through("/complaints", "/cases", "/rota", "/team", "/replies", f"/case {code}", f"/journal {code}")
    for _ in range(5):
        await stage.later(hours=20)
    async with stage.database.unit_of_work() as uow:
        assert await uow.intake.count_set_aside() == 0
        hands_on = await uow.complaints.not_for(code)
        held = {each.account.id for each in (lawyer, coordinator)
                if (await uow.people.by_account(each.account.id)).id in hands_on}  # fmt: skip
    group = str([each.raw for each in stage.group.messages])
    for call in (each for each in stage.telegram.calls if SENDS.match(each.method)):
        whole, chat = str(call.params), call.params.get("chat_id")
        if chat != her.account.id:
            assert her.account.first_name not in whole, whole
            assert str(her.account.id) not in whole, whole
            assert f"@{her.account.username}" not in whole, whole
        else:
            for one in (lawyer, coordinator):
                assert one.account.first_name not in whole, whole
                assert str(one.account.id) not in whole, whole
            assert "Duty 1" not in whole, whole
            assert "canarynote" not in whole, whole
            if call.method.startswith("send"):
                assert telling(words_of(call).partition("\n")[0]) is None, whole
        if chat != coordinator.account.id and chat != her.account.id:
            assert "canarycomplaint" not in whole, whole
        if chat != her.account.id and chat not in held:
            assert "canarywords" not in whole, whole
    assert "canary" not in group
    walked = {each.partition(":")[0] for walk in (his, hers, theirs) for each in walk.tapped}
    assert walked >= {"c", "wi", "cm", "m", "wk", "dk"}, walked
    assert label("ru", "team.unnamed") not in her.chat
