"""What the administrator may set, by environment or `.env`; a wrong value stops the start with one sentence."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LANGUAGES = ("kk", "ru", "en", "ky")
COUNTRIES = ("KZ", "KG")


class BadSettings(Exception):
    """A setting is wrong; the message says which, why and how to mend it, and never shows a secret."""


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class Settings(BaseSettings):
    """Every setting of the hotline; `.env.example` is kept equal to it by a test."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    bot_token: SecretStr = Field(SecretStr(""), description="The token BotFather gave you: 123456:ABC…")
    telegram_api_url: str = Field("https://api.telegram.org", description="Where the Bot API answers")
    data_dir: Path = Field(Path("data"), description="Where the embedded database and the key file lie")
    database_url: str = Field(
        "", description="Empty: SQLite in DATA_DIR. Or postgresql+asyncpg://user:password@host/name"
    )
    secret_keys: Annotated[list[SecretStr], NoDecode] = Field(
        [],
        description="Keys of 32 bytes in base64, comma-separated, the current one first. Empty: a key file in DATA_DIR",
    )
    operator_chat_id: int | None = Field(None, description="Optional: the operator group, for automated set-up")
    coordinator_ids: Annotated[list[int], NoDecode] = Field(
        [], description="Optional: accounts that are coordinators from the start, comma-separated"
    )
    organisation_name: str = Field("", description="Who runs the hotline, as the privacy notice names it")
    organisation_contact: str = Field("", description="How to reach the organisation about personal data")
    organisation_storage: str = Field("", description="Where the server stands, as the privacy notice says it")
    timezone: str = Field("Asia/Almaty", description="The organisation's time zone: weeks begin there")
    default_language: str = Field("ru", description="Language of the command line and the log: kk, ru, en or ky")
    countries: Annotated[list[str], NoDecode] = Field(
        ["KZ", "KG"], description="Countries served, comma-separated: KZ, KG"
    )
    chat_per_second: float = Field(1.0, gt=0, le=30, description="Messages a second to one private chat")
    group_per_minute: int = Field(20, gt=0, le=1000, description="Messages a minute to one group")
    overall_per_second: int = Field(30, gt=0, le=1000, description="Messages a second to everybody together")

    _lists = field_validator("secret_keys", "coordinator_ids", "countries", mode="before")(_listed)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("is no time zone; write one like Asia/Almaty") from None
        return value

    @field_validator("default_language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError("must be one of kk, ru, en, ky")
        return value

    @field_validator("countries")
    @classmethod
    def _known_countries(cls, value: list[str]) -> list[str]:
        if not value or not set(value) <= set(COUNTRIES):
            raise ValueError("must be KZ, KG or both")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """The database's address: SQLite in `data_dir` unless another is set."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'hotline.sqlite3'}"

    @property
    def token(self) -> str:
        """The token itself. Raises BadSettings while it is missing."""
        token = self.bot_token.get_secret_value()
        left, colon, right = token.partition(":")
        if not (colon and left.isdigit() and right):
            raise BadSettings(
                "BOT_TOKEN is missing or not a token: ask @BotFather for one (it looks like 123456:ABC…) "
                "and write it into .env as BOT_TOKEN=…"
            )
        return token


def read_settings() -> Settings:
    """The settings of this process. Raises BadSettings with one sentence for the first that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"][:1]).upper()
        raise BadSettings(f"{name}: {first['msg'].removeprefix('Value error, ')}. Mend it in .env.") from None
