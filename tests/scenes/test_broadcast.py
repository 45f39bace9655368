"""A word to the whole team: each gets it once, it is seen who did, and it never goes anywhere else."""

import pytest
from sqlalchemy import select

from bot.domain.people import Role
from bot.i18n import LANGUAGES, label
from bot.storage import tables
from tests.stage import Actor, Stage, plain

WORDS = "canary <b>meeting</b> at nine"


async def sends(coordinator: Actor, to: str, number: int, words: str = WORDS) -> None:
    """Writes to these people and sends it."""
    await coordinator.says("/broadcast")
    name = label(coordinator.language, f"broadcast.to.{to}")
    await coordinator.taps_label(f"{name} · {number}")
    await coordinator.says(words)
    await coordinator.taps("button.broadcast.send")


def got(actor: Actor) -> int:
    """How often it stands in somebody's chat."""
    return sum(WORDS in seen for seen in actor.sees)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_gets_it_once_and_who_did_not_is_named(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened(language)
    blocked = await stage.lawyer(coordinator, language, "Duty Blocked")
    observer = await stage.observer(coordinator, language)
    her = await stage.seeker(language)
    await stage.appeal(her, "hers")
    absent = stage.actor(language)
    async with stage.database.unit_of_work() as uow:
        await uow.people.set_role(await uow.people.by_account(absent.account.id), Role.LAWYER, "Duty Absent")
    blocked.account.blocks()
    await coordinator.says("/broadcast")
    everybody = label(language, "broadcast.to.everybody")
    await coordinator.taps_label(f"{everybody} · 4")
    await coordinator.says("canary wrong words")
    first = coordinator.account.last
    await coordinator.says(WORDS)
    assert WORDS in coordinator.last, "seen before it is sent, and never read as markup"
    await coordinator.taps("button.broadcast.send", on=first)
    assert coordinator.alerts[-1] == label(language, "refusal.old_button"), "what was written again is not sent"
    preview = coordinator.account.last
    coordinator.account.taps(label(language, "button.broadcast.send"), on=preview)
    coordinator.account.taps(label(language, "button.broadcast.send"), on=preview)
    await stage.settle()
    assert (got(lawyer), got(observer), got(blocked), got(absent)) == (1, 1, 0, 0)
    assert plain(language, "broadcast", words=WORDS) in lawyer.last
    await coordinator.taps("button.refresh")
    screen = coordinator.last
    assert plain(language, "broadcast.got", number=2, names="Duty 1, Numbers") in screen
    assert plain(language, "broadcast.not", number=2, names="Duty Blocked, Duty Absent") in screen
    await sends(coordinator, "everybody", 4)
    assert coordinator.alerts[-1] == label(language, "broadcast.same")
    blocked.account.unblocks()
    await blocked.starts()
    await absent.chooses_language()
    await stage.later(hours=2)
    assert [got(each) for each in (lawyer, observer, blocked, absent)] == [1, 1, 1, 1]
    assert "canary" not in her.chat + stage.group.last.text
    assert not any("canary wrong" in each.chat for each in (lawyer, observer, blocked, absent))


async def test_a_restart_in_the_middle_leaves_nobody_out_and_tells_nobody_twice(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    team = [stage.actor("en") for _ in range(45)]
    async with stage.database.unit_of_work() as uow:
        for number, each in enumerate(team):
            person = await uow.people.by_account(each.account.id)
            await uow.people.set(person, started=True, language="en")
            await uow.people.set_role(person, Role.OBSERVER, f"Watcher {number:02}")
    for each in team:
        each.account.start()
    await stage.settle()
    her = await stage.seeker("ru")
    await stage.appeal(her, "hers")
    await lawyer.taps("button.claim", group=stage.group)
    await coordinator.says("/broadcast")
    await coordinator.taps_label(f"{label('ru', 'broadcast.to.everybody')} · 46")
    await coordinator.says(WORDS)
    coordinator.account.taps(label("ru", "button.broadcast.send"))
    lawyer.account.says("canary answer for her")
    await stage.hotline.polling.once(timeout=0)
    await stage.deliver()
    assert "canary answer" in her.chat, "what a help-seeker waits for goes first"
    halfway = sum(got(each) for each in team)
    assert 0 < halfway < len(team)
    await stage.hotline.delivery._record_all()
    await stage.restart()
    await stage.settle()
    assert {got(each) for each in [lawyer, *team]} == {1}
    await coordinator.taps("button.refresh")
    assert plain("ru", "broadcast.waiting", number=1, names="").split(":")[0] not in coordinator.last
    assert "+" not in plain("ru", "broadcast.got", number=46, names=""), "the names fit"
    assert "46" in coordinator.last
    assert WORDS not in her.chat


async def test_what_is_meant_for_the_team_never_goes_into_a_case(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "hers")
    coordinator.account.joins(stage.group)
    await coordinator.taps("button.claim", group=stage.group)
    await coordinator.forges("bt:lawyer")
    await coordinator.sends("sticker")
    assert coordinator.says_now("refusal.unfit", kind=label("ru", "kind.sticker"))
    typed = await coordinator.says("canary for the team")
    await coordinator.edits(typed, "canary edited before")
    await coordinator.taps("button.broadcast.send")
    assert "canary edited before" in lawyer.last
    assert "canary for the team" not in lawyer.chat
    await coordinator.edits(typed, "canary edited after")
    assert coordinator.says_now("team.typed_again")
    await coordinator.forges("bt:")
    stage.clock.advance(minutes=11)
    await coordinator.says("canary too late")
    assert coordinator.says_now("team.lapsed")
    other = await stage.seeker("ru")
    await stage.appeal(other, "another")
    await lawyer.taps("button.claim", group=stage.group)
    said = next(message for message in lawyer.account.messages if "canary edited before" in message.text)
    await lawyer.says("canary reply", reply_to=said)
    assert lawyer.says_now("hand_over.no_reply")
    assert "canary" not in her.chat + other.chat
    for forger in (lawyer, her):
        for forged in ("bt:", "bc:list:0", "bc:send:1", "bc:show:1"):
            await forger.forges(forged)
            assert forger.alerts[-1] == label("ru", "refusal.not_allowed")


async def test_after_thirty_days_nothing_of_it_is_left(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    lawyer.account.blocks()
    await sends(coordinator, "everybody", 1)
    async with stage.database.unit_of_work() as uow:
        rows = await uow.read(select(tables.broadcasts))
        assert WORDS.encode() not in rows[0].sealed
    await stage.later(days=10)
    await coordinator.says("/broadcast")
    assert any(each.startswith("📣") for each in coordinator.account.last.labels)
    await stage.later(days=21)
    async with stage.database.unit_of_work() as uow:
        assert await uow.read(select(tables.broadcasts)) == []
        owners = [row.owner for row in await uow.read(select(tables.keys.c.owner))]
        assert not [each for each in owners if each.startswith("broadcast:")]
    lawyer.account.unblocks()
    await lawyer.starts()
    assert got(lawyer) == 0
