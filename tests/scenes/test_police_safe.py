"""Police-safe: where an official is involved no line that leads to the police is suggested, on any screen."""

import pytest

from bot.content import services
from bot.domain.danger import DangerKind
from bot.domain.police import PoliceLink, police_safe
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, label, text
from bot.services import danger
from bot.services.police_safe import officials_involved, suggested
from tests.stage import Actor, Stage

POLICE = {each.id for each in services() if each.police_linked == PoliceLink.YES}


async def every_answer(her: Actor) -> list[str]:
    """Danger now, and the answer to each kind of danger."""
    screens = []
    await her.taps("button.danger")
    screens.append(her.last)
    for kind in DangerKind:
        await her.taps("button.danger")
        await her.taps("button.kinds")
        await her.taps(f"button.kind.{kind}")
        screens.append(her.last)
    return screens


def test_the_directory_says_which_lines_lead_to_the_police() -> None:
    assert {"kz-102", "kg-102", "kz-111", "kg-mvd-trust"} == POLICE
    assert {each.id for each in services() if each.police_linked == PoliceLink.DISPATCH} == {"kz-112", "kg-112"}
    kept = police_safe(services(), officials=True)
    assert not POLICE & {each.id for each in kept}
    assert [each.id for each in kept[-2:]] == ["kz-112", "kg-112"]
    assert police_safe(services(), officials=False, lawyer_first=False) == list(services())
    apart = police_safe(services(), officials=True, lawyer_first=False)
    assert {each.police_linked for each in apart} == {PoliceLink.NO}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_official_involved_takes_the_police_off_every_screen(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.new")
    await her.skips(2)
    await her.answers("country", "KZ")
    await her.skips()
    await her.answers("category", "HAR")
    await her.skips(2)
    assert any("102" in screen for screen in await every_answer(her))
    await her.taps("button.back")
    await her.answers("officials", "yes")
    for screen in await every_answer(her):
        assert "102" not in screen
        assert "111" not in screen
        if "112" in screen:
            call = screen.index(text(language, "danger.call"))
            assert screen.index("103") < call < screen.index("112")
            assert label(language, "danger.who.112") in screen


@pytest.mark.parametrize("how", ["officials", "police", "earlier"])
async def test_it_holds_for_any_appeal_and_draft_of_hers(stage: Stage, how: str) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    if how == "police":
        await her.taps("button.new")
        await her.skips(3)
        await her.answers("category", "POL")
    else:
        await stage.appeal(her, "…", category="HAR", officials="yes")
    if how == "earlier":
        await her.taps("button.home")
        await her.taps("button.new_again")
        await stage.appeal(her, "…", category="FAM")
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(her.account.id)
        assert await officials_involved(uow, person)
        assert not POLICE & {each.id for each in await suggested(uow, person, services())}
    assert all("102" not in screen for screen in await every_answer(her))


@pytest.mark.parametrize("open_case", [False, True], ids=["new", "immediate already"])
async def test_calling_from_the_hands_of_the_police_makes_her_safe(stage: Stage, open_case: bool) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    if open_case:
        await her.taps("button.danger")
        await her.taps("button.duty")
    await her.taps("button.danger")
    assert "102" in her.last
    await her.taps("button.kinds")
    await her.taps("button.kind.held")
    await her.taps("button.duty")
    case = await stage.case(await stage.newest_case())
    assert case is not None
    assert case.file.officials == "yes"
    assert case.file.urgency is Urgency.IMMEDIATE
    assert all("102" not in screen for screen in await every_answer(her))


async def test_somebody_else_is_not_touched_by_it(stage: Stage) -> None:
    await stage.opened()
    her, other = await stage.seeker("ru"), await stage.seeker("ru")
    await stage.appeal(her, "…", category="HAR", officials="yes")
    async with stage.database.unit_of_work() as uow:
        assert not await officials_involved(uow, await uow.people.by_account(other.account.id))
    await other.taps("button.danger")
    assert "102" in other.last


def test_every_kind_has_its_numbers_and_every_sub_category_that_is_danger_its_kind() -> None:
    assert set(danger.CALLED) | {DangerKind.SUICIDE} == set(DangerKind)
    assert all("102" not in danger.CALLED[kind] for kind in set(danger.KINDS.values()) & {DangerKind.HELD})
