"""The door over HTTP: Telegram's own addresses on 127.0.0.1, the control API, and the page.

Faults are done for real here: a cut closes the connection, a hang leaves it silent, a proxy's page has
status 502. Alone, for tests and benchmarks (the address is printed on the first line):

    python -m sandbox.server --port 0 --no-limits --latency 0.03-0.08
"""

import argparse
import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.clock import MovableClock
from sandbox.control import TELEGRAM, add_control
from sandbox.media import Upload
from sandbox.rules import UPLOAD_MAX, Limits, Refused
from sandbox.stage import Stage, set_stage
from sandbox.telegram import Telegram
from sandbox.webhook import WebhookPusher
from sandbox.wire import exchange

PAGE = Path(__file__).parent / "page"
PAGE_FILES = (
    "index.html",
    "style.css",
    "words.json",
    "app.js",
    "dom.js",
    "text.js",
    "media.js",
    "bubble.js",
    "sheet.js",
    "composer.js",
    "phone.js",
)
_POLICY = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; frame-ancestors 'none'"
_PATIENCE = 0.2  # seconds: long polls and hangs are not waited for when the server stops
_KEEP_CALLS = 10_000


async def answer(request: web.Request) -> web.StreamResponse:
    """Answer /bot<token>/<method>, by GET or POST, with a form, multipart or JSON."""
    params, files = await _read(request)
    match = request.match_info
    reply = await exchange(request.app[TELEGRAM], match["method"], params, files, match["token"])
    if reply.cut:
        if reply.hang:
            await asyncio.sleep(reply.hang)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=503)
    kind = "application/json" if reply.is_json else "text/html"
    return web.Response(text=reply.body, status=reply.status, content_type=kind)


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    params: dict[str, Any] = dict(request.query)
    files: dict[str, bytes] = {}
    if request.content_type == "application/json" and request.can_read_body:
        params.update(await request.json())
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.file.read(), value.filename)
            else:
                params[name] = value if isinstance(value, str) else bytes(value).decode()
    return params, files


async def download(request: web.Request) -> web.Response:
    """Answer /file/bot<token>/<kind>/<file_id>."""
    telegram = request.app[TELEGRAM]
    try:
        if request.match_info["token"] != telegram.token:
            raise Refused(401, "Unauthorized")
        data = telegram.files.get(request.match_info["path"].rsplit("/", 1)[-1]).data
    except Refused as refusal:
        return web.json_response(refusal.envelope(), status=refusal.error_code)
    return web.Response(body=data, content_type="application/octet-stream")


async def page(request: web.Request) -> web.StreamResponse:
    """Answer with a file of the page."""
    name = request.match_info.get("name") or "index.html"
    if name not in PAGE_FILES:
        raise web.HTTPNotFound
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return web.FileResponse(PAGE / name, headers=headers)


def application(telegram: Telegram, stage: Stage) -> web.Application:
    """Build the web application of one Telegram."""
    app = web.Application(client_max_size=UPLOAD_MAX + 1024 * 1024)
    add_control(app, telegram, stage)
    app.router.add_route("*", "/bot{token}/{method}", answer)
    app.router.add_get("/file/bot{token}/{path:.+}", download)
    app.router.add_get("/", page)
    app.router.add_get("/{name}", page)
    return app


@dataclass
class RunningServer:
    """A server that listens; `stop` ends it and everything it started."""

    url: str
    port: int
    telegram: Telegram
    _runner: web.AppRunner
    _pusher: asyncio.Task[None]

    async def stop(self) -> None:
        """Close all connections; may be called twice."""
        self._pusher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._pusher
        await self._runner.cleanup()


async def serve(
    telegram: Telegram,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    stage: Stage | None = None,
    pusher: WebhookPusher | None = None,
) -> RunningServer:
    """Listen on this machine only (`port=0` takes a free one) and deliver to the webhook, if one is set.

    `stage` says who stands on which phone of the page; without it everybody is a help-seeker.
    """
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError("the sandbox listens on this machine only")
    runner = web.AppRunner(application(telegram, stage or Stage()), access_log=None, shutdown_timeout=_PATIENCE)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    bound = int(runner.addresses[0][1])
    task = asyncio.get_running_loop().create_task((pusher or WebhookPusher(telegram)).run())
    return RunningServer(f"http://{host}:{bound}", bound, telegram, runner, task)


def _latency(value: str) -> tuple[float, float]:
    low, _, high = value.partition("-")
    return float(low), float(high or low)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox.server")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default="42:sandbox")
    parser.add_argument("--username", default="zhanynda_bot")
    parser.add_argument("--no-limits", action="store_true", help="no pace limits")
    parser.add_argument("--topics", action="store_true", help="topics in private chats")
    parser.add_argument("--latency", type=_latency, default=None, metavar="LOW-HIGH", help="seconds a call takes")
    parser.add_argument("--stage", action="store_true", help="begin with one of each person, for the page")
    parser.add_argument("--keep-calls", type=int, default=_KEEP_CALLS, help="how many calls to remember")
    return parser.parse_args()


async def _main() -> None:
    options = _arguments()
    telegram = Telegram(
        clock=MovableClock(),
        token=options.token,
        bot_username=options.username,
        limits=None if options.no_limits else Limits(),
        topics=options.topics,
        keep_calls=options.keep_calls,
    )
    telegram.faults.latency = options.latency
    stage = set_stage(telegram) if options.stage else None
    server = await serve(telegram, port=options.port, stage=stage)
    print(server.url, flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main())
