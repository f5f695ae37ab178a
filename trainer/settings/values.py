"""What the application runs with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"


class Jobs(StrEnum):
    """Who does them."""

    BESIDE = "beside"
    APART = "apart"


class Encryption(StrEnum):
    """Of the way to the mail server: never, from the first word, or from STARTTLS on."""

    NEVER = "never"
    TLS = "tls"
    STARTTLS = "starttls"


class MailLanguage(StrEnum):
    """What e-mails can be written in."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    JAPANESE = "ja"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """What takes our mail. `ca_file` holds certificates that are trusted beside the system's."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the application runs with. `secret_key` and `database_url` are always filled by `read_settings`."""

    mode: Mode
    secret_key: str
    data_dir: Path
    database_url: str
    public_url: str | None = None
    trusted_proxies: int = 0
    session_idle_minutes: int = 480
    session_max_hours: int = 168
    grace_seconds: int = 30
    is_speech_online: bool = False
    voices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Engines by language tag, in the order they are asked."""
    kokoro_voices: Path | None = None
    speech_cache_mb: int = 200
    jobs: Jobs = Jobs.BESIDE
    jobs_url: str | None = None
    takes_days: int = 90
    smtp: SmtpServer | None = None
    """None: e-mails are written to the data folder."""
    mail_from: str | None = None
    mail_language: MailLanguage = MailLanguage.ENGLISH
    mail_zone: str = "UTC"
    limits_url: str = "memory://"
    demo_password: str | None = None
    host: str = "127.0.0.1"
    port: int = 5000
    threads: int = 3
    workers: int = 1

    @property
    def is_demo(self) -> bool:
        return self.mode is Mode.DEMO

    @property
    def address(self) -> str:
        """Where people reach the application."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def is_secure(self) -> bool:
        """Whether people reach the application by HTTPS."""
        return self.public_url is not None and self.public_url.startswith("https://")

    def cookie_name(self, name: str) -> str:
        """On HTTPS with the prefix that ties a cookie to this host, its root and encryption."""
        return f"__Host-{name}" if self.is_secure else name

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")
