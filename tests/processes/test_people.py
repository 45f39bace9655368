"""People go and groups change while everybody writes: nothing is lost, and those who must know are told."""

from functools import partial

from bot.domain.intake import Author
from bot.i18n import label
from tests.processes import figures
from tests.processes.hotline import Hotline, Lawyer, Seeker
from tests.processes.load import reckon, under_load
from tests.processes.machine import until as sooner_or_later
from tests.stage import plain

until = partial(sooner_or_later, seconds=40)


async def test_who_goes_and_what_moves_takes_nothing_along(hotline: Hotline) -> None:
    """The group is upgraded, a lawyer blocks the bot, she blocks it, the bot is put out of the group: under load."""
    await hotline.populate(lawyers=4, seekers=16, supergroup=False)
    *stay, leaves, leaves_later = hotline.lawyers
    her = stay[0].seekers.pop()
    hotline.lawyers, hotline.seekers = stay, [each for lawyer in stay for each in lawyer.seekers]
    async with under_load(hotline, per_second=8):
        await _upgraded(hotline)
        await _goes(hotline, leaves)
        await _blocks_and_comes_back(hotline, stay[0], her)
        await _put_out(hotline)
        await _goes(hotline, leaves_later, cards=False)
        await _another_group(hotline, [*leaves.seekers, *leaves_later.seekers])
        await _claimed_anew(hotline, stay[1], leaves.seekers[0])
    await hotline.rests()
    found = await reckon(hotline, also=("dead", "held"))
    figures.note("people go, the group moves", hotline, 1, found, 0)
    assert found.messages
    assert not found.wrong
    assert not found.repeated
    hotline.seekers = [her, *leaves.seekers, *leaves_later.seekers]
    kept = await hotline.threads()
    assert {each.code: kept[each.code][Author.SEEKER] for each in hotline.seekers} == {
        each.code: each.said for each in hotline.seekers
    }


async def _upgraded(hotline: Hotline) -> None:
    """A card that is on its way there goes to the new number."""
    await hotline.sandbox.act({"account": hotline.coordinator, "do": "upgrade", "group": hotline.group})
    hotline.group = await hotline.sandbox.group_called("Operators")


async def _goes(hotline: Hotline, lawyer: Lawyer, *, cards: bool = True) -> None:
    """He blocks the bot: his cases wait for somebody else, and what is written meanwhile stays with them."""
    await hotline.sandbox.act(
        *(hotline.writes(her) for her in lawyer.seekers),
        {"account": lawyer.account, "do": "blocks"},
        *(hotline.writes(her) for her in lawyer.seekers),
    )
    if cards:
        await _cards(hotline, lawyer.seekers)
    for her in lawyer.seekers:
        words = plain(her.language, "case.released", code=her.code)
        await until("she is told", partial(hotline.seen, her.account, words.splitlines()[0]))


async def _cards(hotline: Hotline, seekers: list[Seeker]) -> None:
    """Each of these cases has a card in the group."""

    async def there() -> bool:
        shown = "\n".join(message["text"] or "" for message in await hotline.sandbox.chat(hotline.group))
        return all(her.code in shown for her in seekers)

    await until("the cards", there)


async def _blocks_and_comes_back(hotline: Hotline, lawyer: Lawyer, her: Seeker) -> None:
    """What is answered meanwhile waits for her, and comes in its order."""
    await hotline.sandbox.act({"account": her.account, "do": "blocks"})
    told = [label("ru", key, code=her.code) for key in ("lawyer.unreachable", "relay.unreachable")]
    await until("he is told", lambda: hotline.seen(lawyer.account, told[0]))
    await hotline.sandbox.act(*(hotline.answers(lawyer, her) for _ in range(3)))
    await until("he is told again", lambda: hotline.seen(lawyer.account, told[1]))
    await hotline.sandbox.act({"account": her.account, "do": "unblocks"}, hotline.writes(her))

    async def there() -> bool:
        chat = [message["text"] or "" for message in await hotline.sandbox.chat(her.account) if message["from_bot"]]
        return [words for text in chat for words in lawyer.said[her.code] if words in text] == lawyer.said[her.code]

    await until("his words", there)


async def _put_out(hotline: Hotline) -> None:
    """The coordinators are told in private."""
    await hotline.sandbox.act({"account": hotline.coordinator, "do": "removes_bot", "group": hotline.group})
    await until("they are told", lambda: hotline.seen(hotline.coordinator, plain("ru", "group.lost")))


async def _another_group(hotline: Hotline, waiting: list[Seeker]) -> None:
    """As soon as there is a group again, it is shown every case that waits."""
    hotline.group = await hotline.sandbox.group("Others")
    await hotline.sandbox.act({"account": hotline.coordinator, "do": "adds_bot", "group": hotline.group, "admin": True})
    await hotline.tap(hotline.coordinator, label("ru", "language.ru"), hotline.group)
    await _cards(hotline, waiting)


async def _claimed_anew(hotline: Hotline, lawyer: Lawyer, her: Seeker) -> None:
    """Another lawyer takes the case and hears her."""
    card = next(m for m in reversed(await hotline.sandbox.chat(hotline.group)) if her.code in (m["text"] or ""))
    tap = {"do": "taps", "label_or_data": label("ru", "button.claim"), "on": card["id"], "group": hotline.group}
    await hotline.sandbox.act(
        {"account": lawyer.account, "do": "joins", "group": hotline.group}, {"account": lawyer.account} | tap
    )
    await until("the appeal", lambda: hotline.seen(lawyer.account, her.said[0]))
    await hotline.sandbox.act(hotline.writes(her))
    await until("her words", lambda: hotline.seen(lawyer.account, her.said[-1]))
