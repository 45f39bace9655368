"""The whole path in its shortest form."""

from tests.stage import Stage


async def test_one_word_one_card_one_claim_one_answer(stage: Stage) -> None:
    coordinator = await stage.coordinator()
    group = await stage.choose_group(coordinator)
    lawyer = await stage.lawyer(coordinator)
    her = await stage.seeker("ky")
    await her.says("Мага жардам керек")
    await her.taps("button.send")
    code = her.last.split(": ")[1].split(".")[0]
    assert code in group.last.text
    await lawyer.taps("button.claim", group=group)
    assert "Мага жардам керек" in lawyer.last
    assert "Мага жардам керек" not in " ".join(message.text for message in group.messages)
    await lawyer.says("Мен жанындамын")
    assert "Мен жанындамын" in her.last
