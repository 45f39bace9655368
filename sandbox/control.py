"""Lets another process play: a small JSON API under /sandbox/ for the page, tests and benchmarks.

    GET  /sandbox/state           everything the page shows; ?last=N messages of each chat
    GET  /sandbox/events          Server-Sent Events: "changed" after every change
    POST /sandbox/accounts        {"first_name", "username"?, "language_code"?, "id"?, "phone"?} -> {"id"}
    POST /sandbox/groups          {"title", "id"?, "supergroup"?} -> {"id"}
    POST /sandbox/act             {"account", "do", ...} -> what came of it; a list does several
    GET  /sandbox/chat?id=N       one chat, newest messages (?last=N)
    POST /sandbox/faults          {"method", "kind", "times"?, ...} or {"latency": [low, high] | null}
    DELETE /sandbox/faults
    POST /sandbox/clock           {"seconds": N} moves it forward -> {"now"}
    GET  /sandbox/calls?since=N   calls from the N-th on -> {"calls", "next"}
    GET  /sandbox/counters
    GET  /sandbox/file?id=...     the bytes of a file

A POST must be application/json, so that no other site in the same browser can send one.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import web

from sandbox.acts import act
from sandbox.clock import MovableClock
from sandbox.rules import Impossible, Refused
from sandbox.stage import PHONES, Stage
from sandbox.telegram import Telegram
from sandbox.views import call_view, chat_view, counters_view, state_view

TELEGRAM = web.AppKey("telegram", Telegram)
STAGE = web.AppKey("stage", Stage)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_TOGETHER = 0.05  # seconds: changes that follow each other closely are told once
_HEARTBEAT = 15.0  # seconds: so that a connection that died is noticed


@web.middleware
async def only_json(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse forms from other sites, and say what went wrong as JSON."""
    if not request.path.startswith("/sandbox/"):
        return await handler(request)
    if request.method == "POST" and request.content_type != "application/json":
        return web.json_response({"error": "application/json, please"}, status=415)
    try:
        return await handler(request)
    except (Impossible, Refused, KeyError, TypeError, ValueError, IndexError) as error:
        return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=422)


async def state(request: web.Request) -> web.Response:
    """Answer with all that the page shows."""
    return web.json_response(state_view(request.app[TELEGRAM], request.app[STAGE], _last(request)))


def _last(request: web.Request) -> int:
    return int(request.query.get("last", "200"))


async def accounts(request: web.Request) -> web.Response:
    """Let a person install the app, and stand on a phone of the page."""
    asked: dict[str, Any] = await request.json()
    phone = asked.pop("phone", None)
    account = request.app[TELEGRAM].account(**asked)
    if phone in PHONES:
        request.app[STAGE].put(phone, account)
    return web.json_response({"id": account.id})


async def groups(request: web.Request) -> web.Response:
    """Found a group."""
    return web.json_response({"id": request.app[TELEGRAM].group(**await request.json()).id})


async def acts(request: web.Request) -> web.Response:
    """Let people act: one act, or several in order."""
    asked: Any = await request.json()
    telegram = request.app[TELEGRAM]
    if isinstance(asked, list):
        return web.json_response([act(telegram, one) for one in asked])
    return web.json_response(act(telegram, asked))


async def chat(request: web.Request) -> web.Response:
    """Answer with one chat."""
    telegram, id_ = request.app[TELEGRAM], int(request.query["id"])
    found = telegram.accounts[id_].chat if id_ in telegram.accounts else telegram.groups[id_]
    return web.json_response(chat_view(found, _last(request)))


async def faults(request: web.Request) -> web.Response:
    """Order faults, set the latency, or forget all orders."""
    telegram = request.app[TELEGRAM]
    if request.method == "DELETE":
        telegram.faults.clear()
        return web.json_response({})
    asked: dict[str, Any] = await request.json()
    if "latency" in asked:
        low_high = asked.pop("latency")
        telegram.faults.latency = None if low_high is None else (float(low_high[0]), float(low_high[1]))
    if asked:
        telegram.faults.add(**asked)
    return web.json_response({"waiting": len(telegram.faults.waiting)})


async def clock(request: web.Request) -> web.Response:
    """Move the clock forward."""
    telegram = request.app[TELEGRAM]
    if not isinstance(telegram.clock, MovableClock):
        raise Impossible("this clock can't be moved")
    telegram.clock.advance(timedelta(seconds=float((await request.json())["seconds"])))
    telegram.changed()
    return web.json_response({"now": telegram.clock().isoformat()})


async def calls(request: web.Request) -> web.Response:
    """Answer with the bot's calls since the N-th."""
    telegram, since = request.app[TELEGRAM], int(request.query.get("since", "0"))
    forgotten = telegram.call_count - len(telegram.calls)
    found = telegram.calls[max(0, since - forgotten) :]
    return web.json_response({"calls": [call_view(call) for call in found], "next": telegram.call_count})


async def counters(request: web.Request) -> web.Response:
    """Answer with counts only, cheap enough to ask often."""
    return web.json_response(counters_view(request.app[TELEGRAM]))


async def file(request: web.Request) -> web.Response:
    """Answer with a file, never as a page or a script."""
    stored = request.app[TELEGRAM].files.get(request.query["id"])
    kind = str(stored.fields.get("mime_type", "image/png"))
    safe = kind if kind.startswith(("image/png", "image/jpeg", "audio/", "video/")) else "application/octet-stream"
    return web.Response(body=stored.data, content_type=safe, headers={"X-Content-Type-Options": "nosniff"})


async def events(request: web.Request) -> web.StreamResponse:
    """Tell the page after every change that there is something new; it then asks for the state."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    changed = asyncio.Event()
    changed.set()
    stop = request.app[TELEGRAM].listen(changed.set)
    try:
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    await changed.wait()
                changed.clear()
                await response.write(b"event: changed\ndata: {}\n\n")
                await asyncio.sleep(_TOGETHER)
            except TimeoutError:
                await response.write(b": still here\n\n")
    except ConnectionError:
        return response
    finally:
        stop()


def add_control(app: web.Application, telegram: Telegram, stage: Stage) -> None:
    """Put the API into an application."""
    app[TELEGRAM] = telegram
    app[STAGE] = stage
    app.middlewares.append(only_json)
    app.add_routes(
        [
            web.get("/sandbox/state", state),
            web.get("/sandbox/events", events),
            web.post("/sandbox/accounts", accounts),
            web.post("/sandbox/groups", groups),
            web.post("/sandbox/act", acts),
            web.get("/sandbox/chat", chat),
            web.post("/sandbox/faults", faults),
            web.delete("/sandbox/faults", faults),
            web.post("/sandbox/clock", clock),
            web.get("/sandbox/calls", calls),
            web.get("/sandbox/counters", counters),
            web.get("/sandbox/file", file),
        ]
    )
