"""Starts processes quickly: imports everything once, then forks. Spoken to over its standard input, in lines of JSON.

{"module", "args", "env", "folder", "output"}  -> {"pid"}
{"pid"}                                        -> {"code"}: null while it runs, negative when a signal ended it
"""

import json
import os
import runpy
import signal
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import bot.app
import bot.checks
import bot.clock
import handlers  # noqa: F401
import sandbox.control  # noqa: F401

CLOCK = "ZHANYNDA_TEST_CLOCK"
"""A file with the seconds by which the clock of a process is set, forward or back; its stopwatch only runs."""


def main() -> None:
    """Answer until the input ends, then end what still runs."""
    running: set[int] = set()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if "pid" in asked:
            answer: dict[str, Any] = {"code": _code(asked["pid"])}
            if answer["code"] is not None:
                running.discard(asked["pid"])
        else:
            pid = os.fork()
            if pid == 0:
                _become(asked)
            running.add(pid)
            answer = {"pid": pid}
        print(json.dumps(answer), flush=True)
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _code(pid: int) -> int | None:
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _become(asked: dict[str, Any]) -> None:
    """In the fork: be `python -m module args`, and never come back."""
    output = os.open(asked["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    if set_by := os.environ.get(CLOCK):
        _set_clock(Path(set_by))
    if os.environ.get("ZHANYNDA_REAL_START"):
        os.execve(sys.executable, [sys.executable, "-m", asked["module"], *asked["args"]], os.environ)
    code: Any = 1
    try:
        sys.argv = [asked["module"], *asked["args"]]
        runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _set_clock(by: Path) -> None:
    """From now on the one door to the system's clock says another time."""

    class Set:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return datetime.now(zone) + timedelta(seconds=float(by.read_text()))  # noqa: TID251  (the clock itself)

    vars(bot.clock)["datetime"] = Set


if __name__ == "__main__":
    main()
