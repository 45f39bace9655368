"""An observer sees numbers and nothing they were counted from, whatever the hotline does and whatever is tapped."""

import pytest

from bot.domain.case import Claimed, Queued
from bot.i18n import LANGUAGES, label
from tests.stage import Actor, Stage, plain

WORD = "canaryword"
NAME = "CanaryHer"


def told(observer: Actor) -> str:
    """Everything the hotline ever said in this chat, buttons and alerts too."""
    said = [message for message in observer.account.messages if message.from_bot]
    shown = [f"{message.text} {message.caption} {message.labels}" for message in said]
    return "\n".join([*shown, *observer.alerts])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_observer_hears_and_is_shown_nothing_but_numbers(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened(language)
    observer = await stage.observer(coordinator, language)
    assert observer.says_now("observer.home")
    her = await stage.seeker(language, NAME)
    code = await stage.appeal(her, f"{WORD} one", category="POL")
    await stage.later(hours=3)
    await her.taps("button.danger")
    await her.taps("button.duty")
    await stage.later(minutes=30)
    await lawyer.taps("button.claim", group=stage.group)
    await her.says(f"{WORD} two")
    await her.forges(f"wi:complain:{code}")
    await her.says(f"{WORD} of the lawyer")
    await stage.later(hours=30)
    heard = told(observer)
    assert WORD not in heard
    assert NAME not in heard
    assert code not in heard
    assert "Duty 1" not in heard
    await observer.says("/week")
    assert plain(language, "week.before", number=0) in observer.last
    for typed in ("/cases", "/agenda", "/next", "/duty", "/profile", "/away", "/reopen", "/save", code, WORD):
        await observer.says(f"{typed} {code}" if typed == "/reopen" else typed)
        assert observer.says_now("refusal.observer") or observer.says_now("observer.home"), typed
    for typed in ("/team", "/journal", "/rota", "/services", "/replies", "/risk", "/block", "/complaints"):
        await observer.says(typed)
        assert observer.says_now("refusal.not_allowed"), typed
    assert code not in told(observer)


async def test_an_observer_takes_nothing_and_is_asked_to_take_nothing(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    observer = await stage.observer(coordinator)
    her = await stage.seeker("ru", NAME)
    code = await stage.appeal(her, f"{WORD} one")
    observer.account.joins(stage.group)
    for act in ("claim", "notme", "open", "release", "close", "hand", "save", "more"):
        await observer.forges(f"c:{act}:{code}", group=stage.group)
        assert observer.alerts[-1] == label("ru", "refusal.observer"), act
    assert isinstance(await stage.case(code), Queued)
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.taps("button.hand_over")
    assert "Numbers" not in str(lawyer.account.last.labels)
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(observer.account.id)
    await lawyer.forges(f"ht:{code}:{person.id}")
    assert lawyer.alerts[-1] == label("ru", "hand_over.cannot", code=code)
    await coordinator.says("/rota")
    await coordinator.forges("rd:0")
    await coordinator.forges(f"ra:0:{person.id}:9:18")
    assert coordinator.alerts[-1] == label("ru", "refusal.no_member")
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    assert WORD not in told(observer)
    assert code not in told(observer)
