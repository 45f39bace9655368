"""The press: a chart or a file is made in a process of its own, so that nothing waits for it and nothing is left of it.

What draws and writes takes seconds and a hundred megabytes; both are gone with its process. That process is started
anew each time, in an empty folder and with an environment of its own: it has no key, no token and no database, only the
numbers it is given. One that hangs is ended, one that dies is told of; neither takes anything with it.
"""

import asyncio
import os
import pickle
import resource
import signal
import sys
import traceback
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from bot.domain.order import Material, NotMade, What
from bot.domain.people import LANGUAGES
from bot.domain.report import Report
from bot.papers import case_log, chart, document, spreadsheet, table

MAY_LAST = 60.0
"""Seconds in which a paper is made, or not at all; shorter than the time until it is tried again."""

MEMORY_MOST = 1024**3
"""Bytes a process may ask for; one that draws asks for a quarter of it."""

_COMMAND = (sys.executable, "-P", "-m", "bot.press")
_CODE = Path(__file__).resolve().parent.parent


class Press:
    """Makes one paper a call. `command`: the process that does it."""

    def __init__(self, command: Sequence[str] = _COMMAND, may_last: float = MAY_LAST) -> None:
        self._command = command
        self._may_last = may_last

    async def __call__(self, material: Material) -> bytes:
        """The bytes of the file. Raises NotMade when the process takes too long, dies, or makes nothing."""
        with TemporaryDirectory(prefix="zhanynda-") as folder:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=folder, env=_environment(folder)
            )
            try:
                async with asyncio.timeout(self._may_last):
                    made, said = await process.communicate(pickle.dumps((material, self._may_last)))
            except TimeoutError:
                raise NotMade("it took too long") from None
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode or not made:
            raise NotMade(said.decode(errors="replace")[-200:].strip() or f"it ended with {process.returncode}")
        return made


def _environment(folder: str) -> dict[str, str]:
    """All that the process knows of the world: none of it is ours but where the code lies."""
    own = dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), folder)
    return own | {"PYTHONPATH": str(_CODE), "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}


def printed(material: Material) -> bytes:
    """The bytes of a paper; the library that draws or writes it is loaded by this, and only by this."""
    asked, language = material.asked, material.asked.language or LANGUAGES[0]
    if not isinstance(material.shown, Report):
        return case_log.render(material.shown, language, asked.mode)
    about = (material.shown, language, material.made, material.organisation)
    match asked.what:
        case What.CHART:
            return chart.render(*about, before=material.before) or b""
        case What.DOCUMENT:
            return document.render(*about)
        case What.SPREADSHEET:
            return spreadsheet.render(*about)
        case What.TABLE:
            return table.render(*about)
        case What.LOG:
            raise ValueError(asked.what)


def _main() -> None:
    """In the process of its own: what a paper is made of comes in, its bytes go out."""
    material, may_last = pickle.load(sys.stdin.buffer)
    signal.alarm(int(may_last) + 1)  # whoever waits for it may have been killed
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    sys.excepthook = _last_words
    sys.stdout.buffer.write(printed(material))


def _last_words(kind: type[BaseException], _: BaseException, at: TracebackType | None) -> None:
    """In place of a traceback, which would show the error's message."""
    frame, line = list(traceback.walk_tb(at))[-1]
    sys.stderr.write(f"{kind.__name__} in {frame.f_globals.get('__name__')}:{line}")


if __name__ == "__main__":
    _main()
