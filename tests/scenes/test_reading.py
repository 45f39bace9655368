"""Reading without asking anybody: found, read, turned, left again, and kept nowhere."""

import re

import pytest
from sqlalchemy import text as sql

from bot import articles
from bot.content import telling
from bot.i18n import LANGUAGES, label, text
from bot.storage import tables
from tests.scenes.test_privacy import rows_of
from tests.stage import Actor, Stage

READ = "r:held:0:0"
"""A button that opens the article about being held, below what stands there."""


def offered(topic: str, language: str) -> str:
    """The button of a topic."""
    return label(language, "button.article", title=articles.article(topic, language).title)


async def opens(her: Actor, topic: str) -> None:
    """Tap the topic, wherever in the list it stands."""
    wanted = offered(topic, her.language)
    await her.taps("button.read")
    for _ in range(3):
        if wanted in her.account.last.labels:
            break
        await her.taps("button.more")
    await her.taps_label(wanted)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_article_is_read_from_home_without_an_appeal(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await opens(her, "held")
    one = articles.article("held", language)
    assert one.title in her.last
    assert her.says_now("reading.awaits.lawyer")
    assert telling(her.last.partition("\n")[0]) is None
    for key in ("button.danger", "button.hide", "button.ask_lawyer", "button.services", "button.shelf", "button.back"):
        assert label(language, key) in her.account.last.labels
    before = len(her.sees)
    await her.taps("button.page.after", page=2, pages=2)
    assert len(her.sees) == before
    assert one.pages[1][0].words in her.last
    assert label(language, "danger.country.KZ") in her.last
    assert label(language, "danger.country.KG") in her.last
    assert "2026" in her.last
    await her.taps("button.page.before", page=1, pages=2)
    assert one.title in her.last
    await her.taps("button.back")
    assert her.says_now("home")
    assert await drafts(stage) == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_fits_is_offered_after_the_sub_category_and_covers_nothing(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.new")
    await her.skips(2)
    await her.answers("country", "KG")
    await her.skips()
    await her.answers("category", "POL")
    await her.answers("subcategory", "POL.RAID")
    asked = her.account.last
    wanted = offered("police", language)
    assert wanted in asked.labels
    await her.taps_label(wanted)
    assert asked.text in her.sees
    assert articles.article("police", language).title in her.last
    assert label(language, "danger.country.KG") not in her.last
    told = "".join(her.sees)
    for each in articles.article("police", language).pages[0]:
        assert (each.words.partition("**")[0].strip() in told) is (each.country != "KZ"), each
    await her.taps("button.back")
    assert her.last == asked.text
    await her.answers("happened", "unknown")
    assert wanted not in her.account.last.labels


async def test_danger_and_windows_offer_what_fits_below_the_lawyer_on_duty(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.danger")
    await her.taps("button.kinds")
    await her.taps("button.kind.held")
    shown = her.account.last
    assert shown.labels[:2] == [label("ru", "button.duty"), offered("held", "ru")]
    await her.taps_label(offered("held", "ru"))
    assert shown.text in her.sees
    await her.taps("button.back")
    await her.taps("button.new")
    await her.skips(3)
    await her.answers("category", "SEX")
    await her.answers("subcategory", "SEX.RECENT")
    assert offered("after_rape", "ru") in her.account.last.labels
    await her.taps("button.continue")
    await her.answers("happened", "lt24")
    assert her.says_now("windows")
    assert offered("after_rape", "ru") in her.account.last.labels


async def test_no_police_in_what_she_reads_where_an_official_took_part(stage: Stage) -> None:
    her = await stage.seeker("ru")
    page = articles.article("order", "ru").pages[0]
    named = next(each.words.partition("**")[0] or each.words.split("**")[2] for each in page if each.police)
    await her.forges("r:order:0:0")
    assert named in her.last
    await her.taps("button.back")
    await her.taps("button.new")
    await her.skips(3)
    await her.answers("category", "POL")
    await her.forges("r:order:0:0")
    assert articles.article("order", "ru").title in her.last
    assert named not in her.last


@pytest.mark.parametrize(
    ("language", "asked"),
    [("kk", "ажырасу алимент"), ("ru", "хочу развод"), ("en", "divorce"), ("ky", "ажырашуу")],
)
async def test_a_few_words_find_an_article(stage: Stage, language: str, asked: str) -> None:
    her = await stage.seeker(language)
    await her.says(f"/read {asked}")
    assert her.says_now("reading.found")
    wanted = offered("family", language)
    assert her.account.last.labels[0] == wanted
    await her.taps_label(wanted)
    assert articles.article("family", language).title in her.last
    await her.says("/read xyzzy")
    assert her.says_now("reading.nothing")
    await her.says("/read")
    assert her.says_now("reading.list")
    assert await drafts(stage) == 0


async def test_her_first_words_are_kept_and_what_fits_them_is_offered(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.says("бывший муж не платит алименты")
    assert her.says_now("talk.kept")
    labels = her.account.last.labels
    wanted = offered("family", "ru")
    assert labels.index(label("ru", "button.send")) < labels.index(wanted)
    await her.taps_label(wanted)
    assert articles.article("family", "ru").title in her.last
    await her.taps("button.back")
    await her.taps("button.send")
    assert await stage.newest_case()


async def test_what_was_read_stands_nowhere(stage: Stage) -> None:
    her = await stage.seeker("en")
    before = {table: [row for name, row in await rows_of(stage) if name == table] for table in tables.metadata.tables}
    await opens(her, "held")
    await her.says("/read divorce")
    one = articles.article("held", "en")
    wanted = (b"held", b"family", b"divorce", b"r:", one.title.encode())
    for table, row in await rows_of(stage):
        if row not in before[table]:
            assert [word for word in wanted if word in row] == [], table
    async with stage.database.unit_of_work() as uow:
        kept = await uow.read(sql("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"))
    assert kept[0][0] == 0
    assert set(before) == set(tables.metadata.tables)


async def test_a_forged_topic_opens_nothing_and_who_is_blocked_may_read(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    for forged in ("r:../../facts:0:0", "r:held:9:0", "r:held:-1:0", "r::0:0"):
        await her.forges(forged)
        assert her.alerts[-1] == label("ru", "refusal.old_button")
    await coordinator.says(f"/block {code}")
    await coordinator.taps("grounds.flood")
    await coordinator.taps("button.block")
    await her.says("…")
    assert her.says_now("refusal.blocked")
    await her.forges(READ)
    assert articles.article("held", "ru").title in her.last


async def test_before_a_language_is_chosen_the_greeting_answers(stage: Stage) -> None:
    her = stage.actor("ru")
    await her.says("/read развод")
    assert text(None, "greeting") in re.sub(r"<[^>]+>", "", her.last)


async def test_a_lawyer_reads_what_she_reads(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    await lawyer.says("/read")
    assert lawyer.says_now("reading.list")
    await lawyer.forges(READ)
    assert articles.article("held", "ru").title in lawyer.last
    assert label("ru", "button.ask_lawyer") not in lawyer.account.last.labels


async def drafts(stage: Stage) -> int:
    async with stage.database.unit_of_work() as uow:
        return int((await uow.read(sql("SELECT count(*) FROM drafts")))[0][0])
