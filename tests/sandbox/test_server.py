"""The door over HTTP: real status codes, real cuts, the control API, and the page's files."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError
from aiogram.types import BufferedInputFile

from sandbox.clock import MovableClock
from sandbox.server import PAGE, PAGE_FILES, RunningServer, serve
from sandbox.telegram import Account, Telegram
from tests.sandbox.conftest import until


@pytest.fixture
async def server() -> AsyncIterator[RunningServer]:
    running = await serve(Telegram(clock=MovableClock()))
    yield running
    await running.stop()


@pytest.fixture
def seeker(server: RunningServer) -> Account:
    account = server.telegram.account("Aigul")
    account.start()
    return account


@pytest.fixture
async def http(server: RunningServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.url) as session:
        yield session


@pytest.fixture
async def bot(server: RunningServer) -> AsyncIterator[Bot]:
    api = TelegramAPIServer.from_base(server.url)
    session = AiohttpSession(api=api)
    yield Bot(server.telegram.token, session=session)
    await (await session.create_session()).close()


async def test_a_bot_works_over_http(bot: Bot, seeker: Account) -> None:
    assert (await bot.get_updates())[0].event_type == "message"
    await bot.send_message(seeker.id, "hello")
    assert seeker.last.text == "hello"
    sent = await bot.send_document(seeker.id, BufferedInputFile(b"a,b", "report.csv"))
    assert sent.document is not None
    assert sent.document.file_name == "report.csv"
    downloaded = await bot.download(sent.document)
    assert downloaded is not None
    assert downloaded.read() == b"a,b"


async def test_the_ways_to_pass_parameters(http: aiohttp.ClientSession, server: RunningServer, seeker: Account) -> None:
    path = f"/bot{server.telegram.token}/sendMessage"
    params = {"chat_id": str(seeker.id), "text": "a"}
    for way in ({"params": params}, {"data": params}, {"json": {**params, "chat_id": seeker.id}}):
        async with http.post(path, **way) as answer:
            assert (await answer.json())["ok"]
    server.telegram.pace.limits = None
    async with http.get(path, params=params) as answer:
        assert answer.status == 200


async def test_a_multipart_file_under_its_own_name(
    http: aiohttp.ClientSession, server: RunningServer, seeker: Account
) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(seeker.id))
    form.add_field("photo", b"png", filename="chart.png")
    async with http.post(f"/bot{server.telegram.token}/sendPhoto", data=form) as answer:
        assert (await answer.json())["ok"]
    assert seeker.last.kind == "photo"


@pytest.mark.parametrize(("token", "method", "status"), [("1:x", "getMe", 401), ("42:sandbox", "nothing", 404)])
async def test_status_codes(token: str, method: str, status: int, http: aiohttp.ClientSession) -> None:
    async with http.post(f"/bot{token}/{method}") as answer:
        assert answer.status == status
        assert (await answer.json())["error_code"] == status


async def test_faults_are_real(bot: Bot, server: RunningServer, seeker: Account) -> None:
    faults = server.telegram.faults
    faults.add(kind="cut_before")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(seeker.id, "before")
    faults.add(kind="cut_after")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(seeker.id, "after")
    faults.add(kind="502_html")
    with pytest.raises(ClientDecodeError):
        await bot.send_message(seeker.id, "proxy")
    faults.add(kind="500")
    with pytest.raises(TelegramServerError):
        await bot.send_message(seeker.id, "server")
    faults.add(kind="hang", seconds=0.01)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(seeker.id, "hang")
    assert [message.text for message in seeker.messages] == ["/start", "after"]


async def test_a_long_poll_over_http(bot: Bot, server: RunningServer, seeker: Account) -> None:
    last = (await bot.get_updates())[-1].update_id
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(bot.get_updates(offset=last + 1, timeout=20))
        await until(lambda: not server.telegram.pending_update_count)  # it has confirmed, and so waits
        seeker.says("now")
    assert [update.message.text for update in poll.result() if update.message] == ["now"]


async def post(http: aiohttp.ClientSession, path: str, body: Any) -> Any:
    async with http.post(f"/sandbox/{path}", json=body) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def get(http: aiohttp.ClientSession, path: str) -> Any:
    async with http.get(f"/sandbox/{path}") as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def test_another_process_can_play(http: aiohttp.ClientSession, bot: Bot, server: RunningServer) -> None:
    person = (await post(http, "accounts", {"first_name": "Aigul"}))["id"]
    group = (await post(http, "groups", {"title": "Lawyers"}))["id"]
    await post(http, "act", [
        {"account": person, "do": "start", "payload": "site"},
        {"account": person, "do": "says", "text": "hello"},
        {"account": person, "do": "adds_bot", "group": group, "admin": True},
        {"account": person, "do": "sends", "kind": "voice", "group": group, "duration": 7},
    ])  # fmt: skip
    said = (await post(http, "act", {"account": person, "do": "says", "text": "helo"}))["message_id"]
    for act in (
        {"do": "edits", "message": said, "text": "hello"},
        {"do": "reacts", "message": said, "emoji": "👍"},
        {"do": "says", "text": "again", "reply_to": said},
        {"do": "blocks"},
        {"do": "unblocks"},
    ):
        await post(http, "act", {"account": person, **act})
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "x"}]]}
    await server.telegram.call("sendMessage", {"chat_id": person, "text": "?", "reply_markup": keyboard})
    tapped = await post(http, "act", {"account": person, "do": "taps", "label_or_data": "Go"})
    await bot.answer_callback_query(tapped["callback_query_id"], "done")
    state = await get(http, "state")
    view = next(account for account in state["accounts"] if account["id"] == person)
    assert view["answers"][0]["text"] == "done"
    assert [message["text"] for message in view["chat"]["messages"]] == ["/start site", "hello", "hello", "again", "?"]
    assert state["groups"][0]["members"] == [person]
    chat = await get(http, f"chat?id={group}&last=1")
    assert chat["messages"][0]["media"]["duration"] == 7


async def test_the_clock_moves_forward_only(http: aiohttp.ClientSession, server: RunningServer) -> None:
    before = server.telegram.clock()
    await post(http, "clock", {"seconds": 3600})
    assert (server.telegram.clock() - before).total_seconds() >= 3600
    async with http.post("/sandbox/clock", json={"seconds": -1}) as answer:
        assert answer.status == 422


async def test_faults_and_counters_over_http(http: aiohttp.ClientSession, bot: Bot, seeker: Account) -> None:
    await post(http, "faults", {"method": "sendMessage", "kind": "500", "times": 2, "latency": [0.0, 0.0]})
    with pytest.raises(TelegramServerError):
        await bot.send_message(seeker.id, "a")
    async with http.delete("/sandbox/faults") as answer:
        assert answer.status == 200
    await bot.send_message(seeker.id, "a")
    counters = await get(http, "counters")
    assert counters["by_outcome"] == {"sendMessage 500": 1, "sendMessage 200": 1}
    calls = await get(http, "calls?since=1")
    assert [call["ok"] for call in calls["calls"]] == [True]
    assert calls["next"] == 2


async def test_changes_are_told_to_the_page(http: aiohttp.ClientSession, seeker: Account) -> None:
    async with http.get("/sandbox/events") as stream:
        assert stream.content_type == "text/event-stream"
        assert await stream.content.readline() == b"event: changed\n"
        await stream.content.readline()
        await stream.content.readline()
        seeker.says("a")
        assert await stream.content.readline() == b"event: changed\n"


async def test_what_is_wrong_is_said(http: aiohttp.ClientSession, seeker: Account) -> None:
    for act in (
        {"account": 5, "do": "says", "text": "a"},
        {"account": seeker.id, "do": "flies"},
        {"account": seeker.id, "do": "says"},
        {"account": seeker.id, "do": "edits", "message": 5, "text": "a"},
    ):
        async with http.post("/sandbox/act", json=act) as answer:
            assert answer.status == 422
            assert (await answer.json())["error"]


async def test_another_site_in_the_browser_can_not_act(http: aiohttp.ClientSession) -> None:
    async with http.post("/sandbox/accounts", data=json.dumps({"first_name": "x"})) as answer:
        assert answer.status == 415


async def test_files_are_never_served_as_a_page(
    http: aiohttp.ClientSession, server: RunningServer, seeker: Account
) -> None:
    sent = seeker.sends("document", data=b"<script>", mime_type="text/html")
    async with http.get("/sandbox/file", params={"id": sent.file_id or ""}) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_only_this_machine_is_listened_to(telegram: Telegram) -> None:
    with pytest.raises(ValueError, match="this machine"):
        await serve(telegram, host="0.0.0.0")


async def test_the_page_is_served(http: aiohttp.ClientSession) -> None:
    for name in ("", *PAGE_FILES):
        async with http.get(f"/{name}") as answer:
            assert answer.status == 200, name
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    async with http.get("/server.py") as answer:
        assert answer.status == 404


def test_the_pages_words_stand_in_four_languages() -> None:
    words: dict[str, dict[str, str]] = json.loads((PAGE / "words.json").read_text("utf-8"))
    assert set(words) == {"kk", "ru", "en", "ky"}
    for language, own in words.items():
        assert own.keys() == words["en"].keys(), language
        assert all(value.strip() for value in own.values()), language


def test_the_page_has_every_word_it_asks_for() -> None:
    known = json.loads((PAGE / "words.json").read_text("utf-8"))["en"].keys()
    scripts = "\n".join((PAGE / name).read_text("utf-8") for name in PAGE_FILES if name.endswith(".js"))
    asked = set(re.findall(r'\bt\("([\w.]+)"', scripts))
    families = set(re.findall(r"\bt\([^()]*`([a-z]+\.)\$\{", scripts))
    assert asked <= known
    assert {family for family in families if not any(key.startswith(family) for key in known)} == set()
    assert {"hint", "news", "waiting"} <= asked
    assert {"kind.", "phone.", "service."} <= families


def test_the_page_loads_nothing_from_elsewhere_and_writes_no_html() -> None:
    for name in PAGE_FILES:
        source = (PAGE / name).read_text("utf-8")
        for forbidden in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "//cdn", "@import"):
            assert forbidden not in source, (name, forbidden)


async def test_it_runs_as_a_process_of_its_own() -> None:
    options = ("--port", "0", "--no-limits", "--latency", "0.0-0.001")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox.server", *options, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    try:
        async with aiohttp.ClientSession() as session, session.get(f"{url}/bot42:sandbox/getMe") as answer:
            assert (await answer.json())["result"]["username"] == "zhanynda_bot"
    finally:
        process.terminate()
        await process.wait()
