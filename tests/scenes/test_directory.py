"""The directory: what she is shown of it, and how coordinators keep it."""

import csv
import io

import pytest
from sqlalchemy import select

from bot.domain.directory import COLUMNS
from bot.i18n import LANGUAGES, label, text
from bot.storage import tables
from bot.telegram.messages.common import region_name
from sandbox.message import Message
from tests.stage import Actor, Stage, plain


async def _listed(actor: Actor) -> str:
    """What stands on the pages of the list, from this one on."""
    pages = [actor.last]
    while label(actor.language, "button.more") in actor.account.last.labels:
        await actor.taps("button.more")
        if actor.last in pages:
            break
        pages.append(actor.last)
    return "\n".join(pages)


async def _to(coordinator: Actor, name: str) -> None:
    """The screen of this service, through the list."""
    await coordinator.says("/services")
    for _ in range(20):
        for words in coordinator.account.last.labels:
            if words.endswith(name):
                await coordinator.taps_label(words)
                return
        await coordinator.taps_label("▶")
    raise AssertionError(name)


async def _sends_table(coordinator: Actor, rows: list[dict[str, str]], delimiter: str = ",") -> Message:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    content = written.getvalue().encode("utf-8-sig")
    return await coordinator.sends("document", data=content, file_name="services.csv")


async def _table(coordinator: Actor) -> list[dict[str, str]]:
    await coordinator.says("/services")
    await coordinator.taps("directory.give_out")
    stored = coordinator.stage.telegram.files.get(str(coordinator.account.last.file_id))
    return list(csv.DictReader(io.StringIO(stored.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_finds_who_else_helps_without_an_appeal(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.services")
    assert her.says_now("nearby.where")
    await her.taps_label(label(language, "option.country.KZ"))
    found = await _listed(her)
    assert {"103", "112", "150"} <= set(found.replace(",", " ").split())
    assert text(language, "nearby.always") in found
    assert text(language, "nearby.free") in found
    assert "117" not in found, "that one is another country's, and nobody has checked it"
    await her.taps("nearby.place")
    assert her.says_now("nearby.where")
    await her.taps_label(label(language, "option.country.KG"))
    assert "150" not in await _listed(her)
    async with stage.database.unit_of_work() as uow:
        assert not await uow.read(select(tables.cases)), "reading opens nothing"
        assert not await uow.read(select(tables.drafts)), "reading leaves nothing"


async def test_what_nobody_has_checked_is_not_shown(stage: Stage) -> None:
    her = await stage.seeker("ru")
    async with stage.database.unit_of_work() as uow:
        hidden = [each for each in await uow.directory.all() if not each.shown]
    assert hidden
    await her.forges("sv:KG:::0")
    shown = await _listed(her)
    await her.forges("sv:KZ:::0")
    shown += await _listed(her)
    assert [each.id for each in hidden if each.name("ru") in shown] == []


async def test_where_officials_are_involved_no_police_is_suggested(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await stage.appeal(her, "…", country="KZ", officials="yes")
    await her.starts()
    await her.taps("button.services")
    found = await _listed(her)
    assert "150" in found
    assert "102" not in found
    assert plain("ru", "nearby.police") not in found
    assert plain("ru", "nearby.dispatch") not in found, "112 only after the lawyer on duty: not in a list without one"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_number_changed_in_chat_is_what_the_next_one_sees(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    her = await stage.seeker(language)
    async with stage.database.unit_of_work() as uow:
        service = await uow.directory.find("kz-150")
    assert service is not None
    await _to(coordinator, service.name(language))
    assert coordinator.says_now("directory.ask")
    await coordinator.taps("directory.change")
    await coordinator.taps("directory.field.phone")
    await coordinator.says("one five one")
    assert coordinator.says_now("directory.wrong.phone", value="one five one")
    await coordinator.says("151; 152")
    assert "151; 152" in coordinator.last
    await her.forges("sv:KZ:::0")
    assert "151, 152" in await _listed(her)


async def test_an_answer_to_a_case_is_no_value_of_a_service(stage: Stage) -> None:
    coordinator = await stage.coordinator("ru")
    await stage.choose_group(coordinator)
    her = await stage.seeker("ru")
    await stage.appeal(her, "…")
    await coordinator.taps("button.claim", group=stage.group)
    await her.says("Вы здесь?")
    hers = coordinator.account.last
    async with stage.database.unit_of_work() as uow:
        before = await uow.directory.find("kz-150")
    await coordinator.forges("sf:kz-150:notes:")
    await coordinator.says("Да, я здесь", reply_to=hers)
    assert "Да, я здесь" in her.last
    async with stage.database.unit_of_work() as uow:
        assert await uow.directory.find("kz-150") == before


async def test_checked_today_is_shown_and_goes_to_the_end_of_the_list(stage: Stage) -> None:
    coordinator = await stage.coordinator("ru")
    her = await stage.seeker("ru")
    async with stage.database.unit_of_work() as uow:
        service = await uow.directory.find("kg-117")
    assert service is not None
    await _to(coordinator, service.name("ru"))
    await coordinator.taps("directory.checked_today")
    assert coordinator.says_now("directory.shown")
    await her.forges("sv:KG:::0")
    assert "117" in await _listed(her)
    await coordinator.taps("directory.hide")
    await her.forges("sv:KG:::0")
    assert "117" not in await _listed(her)


async def test_a_new_service_is_hidden_until_checked_and_needs_a_way_to_be_reached(stage: Stage) -> None:
    coordinator = await stage.coordinator("kk")
    await coordinator.says("/services")
    await coordinator.taps("directory.add")
    await coordinator.says("Жаңа орталық")
    assert coordinator.says_now("directory.hidden")
    await coordinator.taps("directory.checked_today")
    assert coordinator.alerts == [label("kk", "directory.wrong.no_way")]
    for column, value in (
        ("police_linked", label("kk", "directory.police.no")),
        ("region_iso", region_name("kk", "KZ-75")),
        ("phone", ""),
    ):
        await coordinator.taps("directory.change")
        await coordinator.taps(f"directory.field.{column}")
        if value:
            await coordinator.taps_label(next(each for each in coordinator.account.last.labels if value in each))
        else:
            await coordinator.says("+7 xxx")
            assert coordinator.says_now("directory.wrong.phone", value="+7 xxx")
            await coordinator.says("1234")
    await coordinator.taps("directory.checked_today")
    her = await stage.seeker("ky")
    await her.forges("sv:KZ:KZ-75::0")
    assert "Жаңа орталық" in await _listed(her), "a Kazakh name stands in for a Kyrgyz one"
    await her.forges("sv:KZ:KZ-71::0")
    assert "Жаңа орталық" not in await _listed(her)


@pytest.mark.parametrize("delimiter", [",", ";"])
async def test_the_table_goes_out_and_comes_in_again(stage: Stage, delimiter: str) -> None:
    coordinator = await stage.coordinator("en")
    rows = await _table(coordinator)
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == 62
    changed = next(row for row in rows if row["id"] == "kg-117")
    changed |= {"phone": "118", "show_to_user": "true", "verified_on": "2026-11-19"}
    rows.append(changed | {"id": "kg-new", "name_ru": "Новая линия", "phone": "119"})
    await _sends_table(coordinator, rows, delimiter)
    assert coordinator.says_now("directory.file.taken", new=1, changed=1, same=61)
    assert [row for row in await _table(coordinator) if row["id"] == "kg-117"] == [changed]


async def test_a_table_with_errors_changes_nothing_and_says_where(stage: Stage) -> None:
    coordinator = await stage.coordinator("ru")
    before = await _table(coordinator)
    rows = [dict(row) for row in before[:4]]
    rows[0]["phone"] = "999"
    rows[1]["phone"] = "ask them"
    rows[2]["country"] = "XX"
    rows[3]["id"] = rows[0]["id"]
    await _sends_table(coordinator, rows)
    assert coordinator.says_now("directory.file.wrong")
    for row, column, value in ((3, "phone", "ask them"), (4, "country", "XX")):
        why = text("ru", f"directory.wrong.{column}", value=value)
        assert coordinator.says_now("directory.file.error", row=row, column=f" · {column}", why=why)
    assert text("ru", "directory.wrong.twice", value=rows[0]["id"]) in coordinator.last
    await coordinator.sends("document", data="id;phone\nx;1".encode("cp1251"), file_name="services.csv")
    assert text("ru", "directory.wrong.columns") in coordinator.last
    await coordinator.sends("document", data="имя".encode("cp1251"), file_name="services.csv")
    assert text("ru", "directory.wrong.encoding") in coordinator.last
    assert await _table(coordinator) == before


async def _sends_one(coordinator: Actor, row: dict[str, str], **values: str) -> None:
    await _sends_table(coordinator, [row | values])


async def test_whatever_stands_in_a_table_it_is_answered(stage: Stage) -> None:
    coordinator = await stage.coordinator("ru")
    before = await _table(coordinator)
    row = next(each for each in before if each["id"] == "kg-117")
    await _sends_one(coordinator, row, show_to_user="true")
    assert text("ru", "directory.wrong.unchecked") in coordinator.last
    await _sends_one(coordinator, row, name_ru="Ы" * 5000)
    assert text("ru", "directory.wrong.long") in coordinator.last
    await _sends_one(coordinator, row, phone="<b>&" * 2000)
    assert coordinator.says_now("directory.wrong.phone", value=("<b>&" * 2000)[:60])
    await _sends_table(coordinator, [{"<b>id": "1", **row}])
    assert text("ru", "directory.wrong.columns") in coordinator.last
    await coordinator.sends("document", data=b"", file_name="services.csv")
    assert coordinator.says_now("directory.file.wrong")
    assert await _table(coordinator) == before
    await _sends_table(coordinator, [{f" {name} ": value for name, value in row.items()} | {" notes ": "a\x00b\nc"}])
    assert coordinator.says_now("directory.file.taken", new=0, changed=1, same=0)
    assert next(each for each in await _table(coordinator) if each["id"] == "kg-117")["notes"] == "ab c"


async def test_only_coordinators_keep_the_directory(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    for other in (lawyer, her):
        await other.says("/services")
        assert not other.says_now("directory.ask")
        await other.forges("sd:hide:kz-150")
        await other.forges("sf:kz-150:phone:")
    async with stage.database.unit_of_work() as uow:
        service = await uow.directory.find("kz-150")
        assert service is not None
        assert service.shown


async def test_once_a_month_coordinators_hear_what_is_overdue(stage: Stage) -> None:
    coordinator = await stage.coordinator("ru")
    await stage.later(minutes=31)
    heard = len(coordinator.sees)
    await stage.later(days=32)
    await stage.later(hours=12)
    told = [each for each in coordinator.sees[heard:] if "проверял" in each]
    assert len(told) == 1
    await stage.later(hours=20)
    assert len([each for each in coordinator.sees[heard:] if "проверял" in each]) == 1


async def test_the_seed_follows_its_file_but_not_over_a_coordinators_row(stage: Stage) -> None:
    coordinator = await stage.coordinator("ru")
    async with stage.database.unit_of_work() as uow:
        service = await uow.directory.find("kz-150")
        other = await uow.directory.find("kz-103")
    assert service is not None
    assert other is not None
    await _to(coordinator, service.name("ru"))
    await coordinator.taps("directory.hide")
    async with stage.database.unit_of_work() as uow:
        await uow.write(tables.services.update().where(tables.services.c.id == "kz-103").values(phone="9"))
        await uow.intake.set_fact("services", "an older seed")
    await stage.restart()
    async with stage.database.unit_of_work() as uow:
        found = await uow.directory.find("kz-150")
        assert found is not None
        assert not found.shown
        assert await uow.directory.find("kz-103") == other
