"""What people write is never read as markup, and never makes the bot write to anybody else."""

import pytest
from sqlalchemy import select

from bot.i18n import LANGUAGES
from bot.storage import tables
from tests.stage import Stage

MARKUP = (
    "<b>not bold</b> & <i>",
    "</b></a>&lt;&amp;",
    '<a href="tg://user?id=1">x</a>',
    "{code} {name} %s *_`[x](y)",
    "< > &",
)


async def dead(stage: Stage) -> list[str]:
    """What Telegram refused: a text that can't be parsed ends here."""
    async with stage.database.unit_of_work() as uow:
        rows = await uow.read(select(tables.outbox.c.why).where(tables.outbox.c.state == "dead"))
    return [str(row.why) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_markup_in_anybodys_words_is_shown_as_it_was_written(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened(language)
    her = await stage.seeker(language)
    for words in MARKUP:
        await her.says(words)
    await her.taps("button.person")
    await her.taps("button.send")
    await lawyer.taps("button.claim", group=stage.group)
    for words in MARKUP:
        await her.says(f"later {words}")
        await her.sends("photo", caption=f"under a photo {words}")
        await lawyer.says(f"answer {words}")
    edited = await her.says("plain")
    await her.edits(edited, MARKUP[0])
    for words in MARKUP[3:]:
        assert words in lawyer.chat
    assert MARKUP[0] in lawyer.chat
    assert all(f"answer {words}" in her.chat for words in MARKUP)
    assert coordinator.account.messages
    assert await dead(stage) == []


@pytest.mark.parametrize("name", ["<b>Night</b> & <i>2", "</b>&lt;", "{code} {0}"])
async def test_markup_in_a_working_name_is_shown_as_it_was_written(stage: Stage, name: str) -> None:
    coordinator = await stage.coordinator()
    await stage.choose_group(coordinator)
    lawyer = await stage.lawyer(coordinator, "ru", name)
    other = await stage.lawyer(coordinator, "ru", "Duty 2")
    assert name in lawyer.chat
    her = await stage.seeker("ru")
    await stage.appeal(her, "…")
    card = stage.group.last
    await lawyer.taps("button.claim", group=stage.group)
    other.account.taps(f"c:claim:{await stage.newest_case()}", on=card, chat=stage.group, by="data")
    await stage.settle()
    assert any(name in alert for alert in other.alerts)
    assert name in stage.group.last.text
    await coordinator.says("/team")
    line = next(words for words in coordinator.account.last.labels if words.startswith(name))
    await coordinator.taps_label(line)
    await coordinator.taps("button.remove")
    await coordinator.taps("button.remove_now")
    assert name in coordinator.last
    assert await dead(stage) == []


async def test_nothing_she_writes_makes_the_bot_write_to_a_third_person(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    third = await stage.seeker("en", "Third")
    other = await stage.coordinator("kk")
    before = [len(each.account.messages) for each in (third, other)]
    mention = [{"type": "text_mention", "offset": 0, "length": 3, "user": third.account.raw()}]
    link = [{"type": "text_link", "offset": 0, "length": 3, "url": f"tg://user?id={third.account.id}"}]
    await her.says("you and I", entities=mention)
    await her.says("the link", entities=link)
    for words in (f"@{third.account.username}", f"/start@{third.account.username}", f"tg://user?id={third.account.id}"):
        await her.says(words)
    await her.sends("contact", first_name="Third", user_id=third.account.id)
    assert [len(each.account.messages) for each in (third, other)] == before
    assert str(third.account.id) not in lawyer.chat
    kept = [entity for message in lawyer.account.messages for entity in message.entities]
    assert not [entity for entity in kept if entity["type"] in ("text_mention", "text_link")]
