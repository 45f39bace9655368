"""Canned replies: chosen in his language, seen in both, sent in hers; coordinators keep them."""

import pytest

from bot.i18n import LANGUAGES, label
from bot.replies import written_replies
from tests.stage import Actor, Stage, plain

READ = written_replies()[0]


async def chooses(lawyer: Actor, code: str, title: str) -> None:
    """From the newest list of buttons of this case to the preview."""
    opened = next(each for each in reversed(lawyer.account.messages)
                  if label(lawyer.language, "button.replies") in each.labels and code in each.text)  # fmt: skip
    await lawyer.taps("button.replies", on=opened)
    await lawyer.taps_label(title)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_reply_is_seen_in_both_languages_and_goes_once_in_hers(stage: Stage, language: str) -> None:
    her, lawyer, code = await stage.claimed(language)
    await chooses(lawyer, code, READ.titles["ru"])
    assert READ.words[language] in lawyer.last
    assert READ.words["ru"] in lawyer.last
    assert READ.words[language] not in her.chat
    seen = lawyer.account.last
    send = seen.button(label("ru", "button.reply_send", code=code))
    await lawyer.taps("button.reply_send", code=code)
    assert her.last == f"💬\n{READ.words[language]}"
    assert lawyer.says_now("relay.at_once", code=code)
    assert seen.labels == []
    assert send is not None
    lawyer.account.taps(str(send.data), on=seen, by="data")
    await stage.settle()
    assert sum(READ.words[language] in words for words in her.sees) == 1
    answer = next(message for message in her.account.messages if READ.words[language] in message.text)
    await her.says("thank you", reply_to=answer)
    assert lawyer.account.last.reply_to_message_id == seen.message_id


async def test_who_has_chosen_no_language_is_given_the_one_he_chooses_and_waits_as_she_wished(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = stage.actor("ky")
    await her.starts()
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(her.account.id)).language is None
    await her.forges("go:duty")
    code = await stage.newest_case()
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(minutes=16)
    await chooses(lawyer, code, READ.titles["ru"])
    assert lawyer.says_now("reply.no_language", code=code, title=READ.titles["ru"])
    await lawyer.taps("language.ky")
    await lawyer.taps("button.reply_send", code=code)
    assert READ.words["ky"] not in her.chat
    assert lawyer.says_now("relay.notice", code=code)
    await her.says("…")
    assert any(READ.words["ky"] in words for words in her.sees)


async def test_a_reply_for_another_than_the_last_person_is_asked_about(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    other = await stage.seeker("en")
    await stage.appeal(other, "the other one")
    await lawyer.taps("button.claim", group=stage.group)
    await chooses(lawyer, code, READ.titles["ru"])
    await other.says("I write in between")
    await lawyer.taps("button.reply_send", code=code)
    assert lawyer.says_now("lawyer.which")
    assert READ.words["ru"] not in her.chat
    assert READ.words["en"] not in other.chat
    await lawyer.taps_label(code)
    assert READ.words["ru"] in her.last


async def test_coordinators_add_change_and_switch_off(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("kk")
    code = await stage.appeal(her, "…")
    await lawyer.taps("button.claim", group=stage.group)
    await coordinator.says("/replies")
    await coordinator.taps("button.reply_add")
    await coordinator.says("Полиция придёт.\nвторая строка")
    assert coordinator.says_now("replies.telling", word="полиция")
    await coordinator.says("Завтра приём <до обеда>.\nПриходите, когда удобно.")
    for missing in ("kk", "en", "ky"):
        assert plain("ru", "replies.missing", spoken=label("ru", f"language.{missing}"), other="Русский") in (
            coordinator.last
        )
    assert coordinator.says_now("replies.ask", spoken=label("ru", "language.kk"))
    await coordinator.taps("button.back")
    await chooses(lawyer, code, "Завтра приём <до обеда>.")
    assert lawyer.says_now("reply.missing", spoken=label("ru", "language.kk"), other=label("ru", "language.ru"))
    stale = lawyer.account.last
    await coordinator.taps_label("⚠️ Завтра приём <до обеда>.")
    await coordinator.taps_label(f"✎ {label('kk', 'language.kk')}")
    await coordinator.says("Ертең қабылдау бар.\nЫңғайлы уақытта келіңіз.")
    await chooses(lawyer, code, "Завтра приём <до обеда>.")
    assert "Ертең қабылдау бар." in lawyer.last
    await lawyer.taps("button.reply_send", code=code)
    assert "Ертең қабылдау бар.\nЫңғайлы уақытта келіңіз." in her.last
    await coordinator.taps("button.reply_off")
    assert not stale.gone
    await lawyer.taps("button.reply_send", code=code, on=stale)
    assert label("ru", "refusal.old_button") in lawyer.alerts
    assert "до обеда" not in her.chat
    opened = next(each for each in lawyer.account.messages if label("ru", "button.replies") in each.labels)
    await lawyer.taps("button.replies", on=opened)
    assert not any("Завтра приём" in title for title in lawyer.account.last.labels)


async def test_nobody_without_the_right_reads_sends_or_changes_replies(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    for forged in (f"zl:{code}:0", f"zv:{code}:{READ.key}:ru", f"zs:{code}:{READ.key}:ru:{READ.mark('ru')}", "zn"):
        await her.forges(forged)
    for actor in (her, lawyer):
        for forged in ("zw:0", f"zo:{READ.key}", f"zx:{READ.key}:0", f"za:ru:{READ.key}"):
            await actor.forges(forged)
        await actor.says("/replies")
    assert all(READ.words[language] not in her.chat + lawyer.chat for language in LANGUAGES)
    async with stage.database.unit_of_work() as uow:
        assert await uow.replies.all() == []
