"""The language of the command line, read by itself: what is wrong with any other setting must still be said in it."""

from contextlib import suppress

from pydantic_settings import BaseSettings

from bot.domain.people import LANGUAGES
from bot.settings import ENV, SPOKEN_AT_FIRST


class _Spoken(BaseSettings):
    """The language alone, read while another setting may be wrong."""

    model_config = ENV

    default_language: str = SPOKEN_AT_FIRST


def spoken_language() -> str:
    """DEFAULT_LANGUAGE as far as it can be read, whatever else is wrong; else Russian."""
    for file in (ENV.get("env_file"), None):
        with suppress(OSError, UnicodeDecodeError):
            language = _Spoken(_env_file=file).default_language
            return language if language in LANGUAGES else SPOKEN_AT_FIRST
    return SPOKEN_AT_FIRST
