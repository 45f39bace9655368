"""What happens between the bot and Telegram: latency, cuts and proxies, the same at both doors."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.arguments import method_name
from sandbox.faults import TRANSPORT, Fault
from sandbox.rules import Refused
from sandbox.telegram import Call, Telegram

BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>"
)


@dataclass(frozen=True)
class Reply:
    """What comes back: a status and a body, or (`cut`) a closed connection, after `hang` seconds of silence."""

    status: int
    body: str
    cut: bool = False
    hang: float = 0.0
    is_json: bool = True


async def exchange(
    telegram: Telegram,
    method: str,
    params: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    token: str | None = None,
) -> Reply:
    """Carry one call there and back, through the faults that wait for it."""
    fault = _fault(telegram, method, params)
    await _pass_time(telegram)
    if fault is not None and fault.kind != "cut_after":
        telegram.record(Call(method, params, telegram.clock(), False, _code(fault), fault.kind))
        if fault.kind == "502_html":
            return Reply(502, BAD_GATEWAY, is_json=False)
        return Reply(0, "", cut=True, hang=(fault.seconds or 3600.0) if fault.kind == "hang" else 0.0)
    envelope = await telegram.call(method, params, files, token)
    await _pass_time(telegram)
    if fault is not None:
        return Reply(0, "", cut=True)
    return Reply(200 if envelope["ok"] else envelope["error_code"], json.dumps(envelope, ensure_ascii=False))


def _fault(telegram: Telegram, method: str, params: Mapping[str, Any]) -> Fault | None:
    if not telegram.faults.waiting:
        return None
    try:
        name = method_name(method)
    except Refused:
        return None
    return telegram.faults.take(name, params.get("chat_id"), TRANSPORT)


def _code(fault: Fault) -> int:
    return 502 if fault.kind == "502_html" else 0


async def _pass_time(telegram: Telegram) -> None:
    seconds = telegram.faults.half_latency()
    if seconds > 0:
        await asyncio.sleep(seconds)
