"""What the administrator may set, by environment or `.env`; a wrong value stops the start with one sentence."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.agenda import Quiet
from bot.domain.people import LANGUAGES

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
COUNTRIES = ("KZ", "KG")
DATABASES = ("sqlite+aiosqlite", "postgresql+asyncpg")
SPOKEN_AT_FIRST = "ru"
CHAT_MOST = 30
"""Messages a second to one chat."""
RATE_MOST = 1000
"""Messages a minute to a group, or a second to everybody."""

DAYS_MOST = 3650
"""Days for which an ended case is kept."""

ENV = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)
"""Where settings come from."""


class BadSettings(Exception):
    """A setting is wrong. A text key says which, why and how to mend it; its parameters never hold a secret."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


@dataclass(frozen=True)
class WebhookAt:
    """Where Telegram calls, what its calls carry, and where this process waits for them."""

    url: str
    secret: str = field(repr=False)
    host: str
    port: int


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class Settings(BaseSettings):
    """Every setting of the hotline; `.env.example` is kept equal to it by a test."""

    model_config = ENV

    bot_token: SecretStr = Field(SecretStr(""), description="The token BotFather gave you: 123456:ABC…")
    telegram_api_url: str = Field("https://api.telegram.org", description="Where the Bot API answers")
    data_dir: Path = Field(Path("data"), description="Where the embedded database and the key file lie")
    database_url: str = Field(
        "", repr=False, description="Empty: SQLite in DATA_DIR. Or postgresql+asyncpg://user:password@host/name"
    )
    secret_keys: Annotated[list[SecretStr], NoDecode] = Field(
        [],
        description="Keys of 32 bytes in base64, comma-separated, the current one first. Empty: as the next line says",
    )
    secret_keys_file: Path | None = Field(
        None,
        description="A file with the keys, one a line, as systemd and docker give it. Empty: a key file in DATA_DIR",
    )
    operator_chat_id: int | None = Field(
        None, repr=False, description="Optional: the operator group, for automated set-up"
    )
    coordinator_ids: Annotated[list[int], NoDecode] = Field(
        [], repr=False, description="Optional: accounts that are coordinators from the start, comma-separated"
    )
    organisation_name: str = Field("", description="Who runs the hotline, as the privacy notice names it")
    organisation_contact: str = Field("", description="How to reach the organisation about personal data")
    organisation_storage: str = Field("", description="Where the server stands, as the privacy notice says it")
    timezone: str = Field("Asia/Almaty", description="The organisation's time zone: weeks begin there")
    default_language: str = Field(
        SPOKEN_AT_FIRST,
        description="Language of the command line and of warnings for the administrator: kk, ru, en or ky",
    )
    countries: Annotated[list[str], NoDecode] = Field(
        ["KZ", "KG"], description="Countries served, comma-separated: KZ, KG"
    )
    backup_recipients: Annotated[list[str], NoDecode] = Field(
        [], description="To whom back-ups are sealed, comma-separated: age1…; `zhanynda key backup` makes one"
    )
    erasure_list: Path | None = Field(
        None, description="What was erased, by random ids, for a restore; a copy elsewhere is wise. Empty: in DATA_DIR"
    )
    webhook_url: str = Field("", description="Empty: the bot polls. Or the https address Telegram calls")
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="What Telegram's calls carry: 16 to 256 letters, digits, _ and -"
    )
    listen: str = Field("127.0.0.1:8080", description="Where the bot waits for Telegram's calls, behind a proxy")
    retention_days: int = Field(90, gt=0, le=DAYS_MOST, description="Days after closing until a case is erased")
    retention_deadline_days: int = Field(
        180, gt=0, le=DAYS_MOST, description="The same for a case in which a legal deadline was noted"
    )
    health_listen: str = Field(
        "", description="Where /healthz and /metrics answer, such as 127.0.0.1:8081. Empty: nowhere"
    )
    present_minutes: int = Field(
        15, ge=0, le=60, description="Minutes after she wrote or tapped in which a lawyer's words come to her at once"
    )
    page_every_minutes: int = Field(
        3, gt=0, le=60, description="Minutes until the next person is called about an immediate case nobody has taken"
    )
    follow_up_days: Annotated[list[int], NoDecode] = Field(
        [7, 30], description="Days after closing on which she is asked how she is, if she agreed; comma-separated"
    )
    referral_days: int = Field(
        7, gt=0, le=90, description="Days after which a lawyer is asked what became of a referral, and again"
    )
    quiet_from: int = Field(21, ge=0, le=23, description="The hour from which a lawyer hears no reminder of his own")
    quiet_until: int = Field(8, ge=0, le=23, description="Until this hour; what fell due comes together at nine")
    chat_per_second: float = Field(1.0, gt=0, le=CHAT_MOST, description="Messages a second to one private chat")
    group_per_minute: int = Field(20, gt=0, le=RATE_MOST, description="Messages a minute to one group")
    overall_per_second: int = Field(30, gt=0, le=RATE_MOST, description="Messages a second to everybody together")

    log_level: str = Field("INFO", description="How much the log says: DEBUG, INFO, WARNING, ERROR; never who or what")

    _lists = field_validator(
        "secret_keys", "coordinator_ids", "countries", "follow_up_days", "backup_recipients", mode="before"
    )(_listed)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        try:
            known = not value or make_url(value).drivername in DATABASES
        except ArgumentError:
            known = False
        if not known:
            raise ValueError
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError):
            raise ValueError from None
        return value

    @field_validator("default_language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in LEVELS:
            raise ValueError
        return value.upper()

    @field_validator("countries")
    @classmethod
    def _known_countries(cls, value: list[str]) -> list[str]:
        if not value or not set(value) <= set(COUNTRIES):
            raise ValueError
        return value

    @field_validator("webhook_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            raise ValueError
        return value

    @field_validator("listen", "health_listen")
    @classmethod
    def _a_door(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and (not host or not port.isdigit() or not 0 < int(port) < 65536):
            raise ValueError
        return value

    @property
    def webhook(self) -> "WebhookAt | None":
        """Where Telegram calls; None while the bot asks. Raises BadSettings for a secret that is none."""
        if not self.webhook_url:
            return None
        secret = self.webhook_secret.get_secret_value()
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
            raise BadSettings("cli.webhook.secret")
        host, _, port = self.listen.rpartition(":")
        return WebhookAt(self.webhook_url, secret, host, int(port))

    @field_validator("follow_up_days")
    @classmethod
    def _days_in_order(cls, value: list[int]) -> list[int]:
        if any(day < 1 for day in value) or value != sorted(set(value)):
            raise ValueError
        return value

    @property
    def quiet(self) -> Quiet:
        """The hours in which a lawyer is left alone."""
        return Quiet(self.quiet_from, self.quiet_until)

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def kept_for(self) -> timedelta:
        """How long an ended case is kept."""
        return timedelta(days=self.retention_days)

    @property
    def kept_with_deadline(self) -> timedelta:
        """How long an ended case is kept in which a legal deadline was noted."""
        return timedelta(days=self.retention_deadline_days)

    @property
    def database(self) -> str:
        """The database's address: SQLite in `data_dir` unless another is set."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'hotline.sqlite3'}"

    @property
    def erasures(self) -> Path:
        """Where the erasure list lies."""
        return self.erasure_list or self.data_dir / "erased"

    @property
    def token(self) -> str:
        """The token itself. Raises BadSettings while it is missing."""
        token = self.bot_token.get_secret_value()
        if not re.fullmatch(r"[0-9]+:\S+", token):
            raise BadSettings("cli.token.missing")
        return token

    @contextmanager
    def in_data_dir(self) -> Iterator[Path]:
        """DATA_DIR, made when it is not there, while files in it are used. Raises BadSettings when they can't be."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            yield self.data_dir
        except OSError as error:
            why = errno.errorcode.get(error.errno or 0, type(error).__name__)
            raise BadSettings("cli.data_dir.unusable", path=str(self.data_dir), why=why) from None


_WHY: dict[str, tuple[str, dict[str, str]]] = {
    "database_url": ("cli.setting.database_url", {}),
    "operator_chat_id": ("cli.setting.unfit", {"form": "-1001234567890"}),
    "coordinator_ids": ("cli.setting.unfit", {"form": "123456789,987654321"}),
    "timezone": ("cli.setting.timezone", {}),
    "default_language": ("cli.setting.default_language", {}),
    "countries": ("cli.setting.countries", {}),
    "log_level": ("cli.setting.log_level", {"levels": ", ".join(LEVELS)}),
    "webhook_url": ("cli.setting.unfit", {"form": "https://example.org/telegram"}),
    "listen": ("cli.setting.unfit", {"form": "127.0.0.1:8080"}),
    "retention_days": ("cli.setting.whole", {"most": str(DAYS_MOST)}),
    "retention_deadline_days": ("cli.setting.whole", {"most": str(DAYS_MOST)}),
    "health_listen": ("cli.setting.unfit", {"form": "127.0.0.1:8081"}),
    "present_minutes": ("cli.setting.minutes", {"most": "60"}),
    "page_every_minutes": ("cli.setting.whole", {"most": "60"}),
    "follow_up_days": ("cli.setting.unfit", {"form": "7,30"}),
    "referral_days": ("cli.setting.whole", {"most": "90"}),
    **dict.fromkeys(("quiet_from", "quiet_until"), ("cli.setting.minutes", {"most": "23"})),
    "chat_per_second": ("cli.setting.number", {"most": str(CHAT_MOST)}),
    "group_per_minute": ("cli.setting.whole", {"most": str(RATE_MOST)}),
    "overall_per_second": ("cli.setting.whole", {"most": str(RATE_MOST)}),
}
"""What is said when a setting can't be what stands there. The others are text, and any text will do."""


def read_settings() -> Settings:
    """The settings of this process. Raises BadSettings with one sentence for the first that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        name = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
        key, params = _WHY[name]
        raise BadSettings(key, name=name.upper(), **params) from None
    except (OSError, UnicodeDecodeError):
        raise BadSettings("cli.env.unreadable") from None
