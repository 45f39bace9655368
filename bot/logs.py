"""The log: one JSON object a line on stderr, in which nobody's words, names or accounts can stand.

What the hotline itself says is a fixed sentence with named values. What a library says may hold anything (aiogram logs
updates, SQLAlchemy statements, an exception its arguments): of it only the logger, the level and the place in the code
are written, of an exception the types and the places, never a message. So it holds at DEBUG too.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TextIO, cast

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.types import EventDict, WrappedLogger


def logger(name: str) -> BoundLogger:
    """The log of a module: `log.info("a fixed sentence", number=3)`. Of an error give `exc_info`, never its text."""
    to: list[Any] = [structlog.stdlib.filter_by_level, ProcessorFormatter.wrap_for_formatter]
    return cast(BoundLogger, structlog.wrap_logger(logging.getLogger(name), to, BoundLogger))


def configure(level: str, stream: TextIO | None = None) -> logging.Handler:
    """Write the log from now on, also what would end the process, a thread or an object in silence.

    Libraries are heard from WARNING on, at DEBUG all of them. A stream that was given is written to besides.
    """
    handler = logging.StreamHandler(stream)
    written = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler.setFormatter(ProcessorFormatter(processors=[_line, written], use_get_message=False))
    root = logging.getLogger()
    if stream is None and root.handlers:  # somebody else keeps the log, as the tests do
        return handler
    root.addHandler(handler)
    root.setLevel(level if level in ("DEBUG", "ERROR") else logging.WARNING)
    logging.getLogger("bot").setLevel(level)
    logging.captureWarnings(True)
    logging.raiseExceptions = False
    sys.excepthook = _last_words
    threading.excepthook = lambda left: _last_words(left.exc_type, left.exc_value, left.exc_traceback)
    sys.unraisablehook = lambda left: _last_words(left.exc_type, left.exc_value, left.exc_traceback)
    return handler


def _line(_: WrappedLogger, __: str, said: EventDict) -> EventDict:
    """What is written of a record."""
    record: logging.LogRecord = said["_record"]
    line: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
    }
    if said["_from_structlog"]:
        line |= {name: value for name, value in said.items() if name != "exc_info" and not name.startswith("_")}
    else:
        line["place"] = f"{record.module}:{record.lineno} {record.funcName}"
    error = _error(said.get("exc_info"))
    return line | {"error": list(_chain(error))} if error is not None else line


def _error(given: object) -> BaseException | None:
    match given:
        case BaseException():
            return given
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exc_info()[1]
        case _:
            return None


def _chain(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """An error and what caused it: the type, and the places from the outermost to where it was raised."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.walk_tb(error.__traceback__)
        told: dict[str, Any] = {
            "type": f"{type(error).__module__}.{type(error).__qualname__}",
            "places": [f"{at.f_globals.get('__name__')}:{number} {at.f_code.co_name}" for at, number in frames],
        }
        if isinstance(error, BaseExceptionGroup):
            told["of"] = [list(_chain(each)) for each in error.exceptions]
        yield told
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _last_words(_: type[BaseException], error: BaseException | None, __: object) -> None:
    """In place of a traceback on stderr, which would show the error's message."""
    logger("bot").critical("an error nobody caught", exc_info=error)
