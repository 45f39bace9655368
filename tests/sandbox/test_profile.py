"""Commands by scope and language, and the bot's names."""

from typing import Any

from sandbox.menu import visible_commands
from sandbox.telegram import Account, Group, Telegram
from tests.sandbox.conftest import Ask, Refusal

HELP = [{"command": "help", "description": "Help"}]
QUEUE = [{"command": "queue", "description": "The queue"}]


async def test_commands_by_scope_and_language(
    telegram: Telegram, ask: Ask, seeker: Account, group: Group, lawyer: Account
) -> None:
    await ask("setMyCommands", commands=HELP)
    await ask("setMyCommands", commands=QUEUE, scope={"type": "chat", "chat_id": group.id}, language_code="ru")
    assert await ask("getMyCommands") == HELP
    assert await ask("getMyCommands", scope={"type": "chat", "chat_id": group.id}, language_code="ru") == QUEUE
    assert await ask("getMyCommands", language_code="kk") == []
    assert visible_commands(telegram, seeker, seeker.chat) == HELP
    assert visible_commands(telegram, lawyer, group) == QUEUE
    assert len(telegram.commands) == 2
    await ask("deleteMyCommands")
    assert await ask("getMyCommands") == []


async def test_an_administrators_menu(telegram: Telegram, ask: Ask, group: Group, lawyer: Account) -> None:
    member = telegram.account("Member")
    member.joins(group)
    await ask("setMyCommands", commands=HELP, scope={"type": "all_group_chats"})
    await ask("setMyCommands", commands=QUEUE, scope={"type": "all_chat_administrators"})
    assert visible_commands(telegram, lawyer, group) == QUEUE
    assert visible_commands(telegram, member, group) == HELP


async def test_commands_telegram_refuses(refusal: Refusal) -> None:
    for command in ("Help", "a" * 33, "", "көмек"):
        commands: list[dict[str, Any]] = [{"command": command, "description": "x"}]
        assert await refusal("setMyCommands", commands=commands) == (400, "Bad Request: BOT_COMMAND_INVALID")
    assert (await refusal("setMyCommands", commands=[{"command": "a", "description": ""}]))[0] == 400
    assert (await refusal("setMyCommands", commands=HELP * 101))[0] == 400
    assert (await refusal("setMyCommands", commands=HELP, language_code="rus"))[0] == 400
    scope = {"type": "chat", "chat_id": 5}
    assert await refusal("setMyCommands", commands=HELP, scope=scope) == (400, "Bad Request: chat not found")


async def test_names_by_language(ask: Ask, refusal: Refusal) -> None:
    await ask("setMyName", name="Жанында", language_code="kk")
    await ask("setMyDescription", description="Help")
    await ask("setMyShortDescription", short_description="Short")
    assert (await ask("getMyName", language_code="kk"))["name"] == "Жанында"
    assert (await ask("getMyName"))["name"] == "zhanynda_bot"
    assert (await ask("getMyDescription", language_code="ru"))["description"] == "Help"
    assert (await ask("getMyShortDescription"))["short_description"] == "Short"
    assert (await refusal("setMyName", name="a" * 65))[0] == 400
    assert (await refusal("setMyDescription", description="a" * 513))[0] == 400
    assert (await refusal("setMyShortDescription", short_description="a" * 121))[0] == 400
