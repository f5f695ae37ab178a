"""The settings: each with its default, its meaning and its check; a wrong value is named, with what is allowed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

MIN_SECRET_LENGTH = 32
_ON = {"1", "true", "yes", "on"}
_OFF = {"", "0", "false", "no", "off"}
_TAG, _ENGINE = r"(?:\*|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", r"(?:gtts|kokoro|openjtalk|pico|espeak)"
_CHAIN = rf"\s*{_TAG}\s*=\s*{_ENGINE}(?:\s*,\s*{_ENGINE})*\s*"
_VOICES = re.compile(rf"{_CHAIN}(?:;{_CHAIN})*;?\s*")
_DATABASES = ("sqlite", "postgresql+psycopg")
_REDIS = ("redis://", "rediss://")
Member = TypeVar("Member", bound=StrEnum)


class SettingError(ValueError):
    """A setting has a value that is not allowed; the text says which, and what is."""


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"


class Jobs(StrEnum):
    """Who does them."""

    BESIDE = "beside"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the README's table."""

    name: str
    default: str
    allowed: str
    meaning: str


SETTINGS = (
    Setting(
        "ENTENTE_MODE",
        "production",
        "production, demo",
        "demo shows a demo company on an empty database and says so on every page; production refuses demo accounts",
    ),
    Setting(
        "ENTENTE_SECRET_KEY",
        "made and kept in the data folder in demo mode",
        "32 characters or more",
        "signs cookies and forms; required in production",
    ),
    Setting(
        "ENTENTE_DATA_DIR",
        "instance",
        "a folder",
        "where the database, the rendered audio and the secret key are kept",
    ),
    Setting(
        "ENTENTE_DATABASE_URL",
        "a SQLite file in the data folder",
        "sqlite:///PATH, postgresql+psycopg://USER:PASSWORD@HOST/NAME",
        "the database",
    ),
    Setting(
        "ENTENTE_PUBLIC_URL",
        "none",
        "http://HOST[:PORT] or https://HOST[:PORT]",
        "the address people type; https turns on Secure __Host- cookies and HSTS; required in production",
    ),
    Setting(
        "ENTENTE_TRUSTED_PROXIES",
        "0",
        "0 to 5",
        "how many reverse proxies stand in front, whose X-Forwarded headers are believed",
    ),
    Setting("ENTENTE_SESSION_IDLE_MINUTES", "480", "5 to 10080", "a sign-in ends after this long without a page"),
    Setting("ENTENTE_SESSION_MAX_HOURS", "168", "1 to 720", "a sign-in ends after this long in any case"),
    Setting(
        "ENTENTE_GRACE_SECONDS",
        "30",
        "0 to 600",
        "how long after the end of an assessment an answer that was on its way is still saved",
    ),
    Setting(
        "ENTENTE_SPEECH_ONLINE",
        "0",
        "0, 1",
        "1 lets gTTS speak phrases first: it sends their text to Google; 0 uses the embedded voices only",
    ),
    Setting(
        "ENTENTE_VOICES",
        "*=gtts,openjtalk,pico,espeak",
        "LANGUAGE=ENGINE,ENGINE; LANGUAGE=… with * for all other languages, of gtts, kokoro, openjtalk, pico, espeak",
        "which engines speak a language, in the order they are asked; gtts only where ENTENTE_SPEECH_ONLINE is 1",
    ),
    Setting(
        "ENTENTE_KOKORO_VOICES",
        "none",
        "a folder",
        "where the voice files of Kokoro are, if it is installed (docs/audio.md)",
    ),
    Setting(
        "ENTENTE_TAKES_DAYS",
        "90",
        "0 to 3650",
        "for how many days learners may keep recordings of what they say; with 0 all are deleted once they were heard",
    ),
    Setting("ENTENTE_SPEECH_CACHE_MB", "200", "10 to 100000", "how large the audio kept in the data folder may grow"),
    Setting(
        "ENTENTE_JOBS",
        "beside",
        "beside, apart",
        "who does what would hold a page up: a process beside the server, or only those that flask work starts",
    ),
    Setting(
        "ENTENTE_JOBS_URL",
        "a SQLite file in the data folder",
        "redis://HOST:PORT/N",
        "where such work waits; use Redis when several machines serve (docs/jobs.md)",
    ),
    Setting(
        "ENTENTE_LIMITS_URL",
        "memory://",
        "memory://, redis://HOST:PORT/N",
        "where failed sign-ins are counted; use Redis when several machines serve",
    ),
    Setting(
        "ENTENTE_DEMO_PASSWORD",
        "made for each database",
        "8 to 128 characters",
        "the password of the four demo sign-ins",
    ),
    Setting("ENTENTE_HOST", "127.0.0.1", "a host name or address", "where the server listens"),
    Setting("ENTENTE_PORT", "5000", "1 to 65535", "the port that it listens on"),
    Setting("ENTENTE_THREADS", "3", "1 to 64", "how many requests one worker serves at once"),
    Setting("ENTENTE_WORKERS", "1", "1 to 64", "server processes; keep 1 on SQLite"),
)


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
    def is_secure(self) -> bool:
        """Whether people reach the application by HTTPS."""
        return self.public_url is not None and self.public_url.startswith("https://")

    def cookie_name(self, name: str) -> str:
        """On HTTPS with the prefix that ties a cookie to this host, its root and encryption."""
        return f"__Host-{name}" if self.is_secure else name

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read_settings(env: Mapping[str, str], root: Path) -> Settings:
    """Settings from environment variables; relative folders count from `root`. Raises `SettingError`."""
    read = _Reader(env)
    mode = read.member("ENTENTE_MODE", Mode, Mode.PRODUCTION)
    data_dir = root / read.text("ENTENTE_DATA_DIR", "instance")
    database_url = read.text("ENTENTE_DATABASE_URL", f"sqlite:///{data_dir / 'entente.sqlite3'}")
    if not database_url.startswith(tuple(f"{name}:" for name in _DATABASES)):
        read.refuse("ENTENTE_DATABASE_URL", database_url.split("@")[-1])
    settings = Settings(
        mode=mode,
        secret_key=read.secret(mode),
        data_dir=data_dir,
        database_url=database_url,
        public_url=read.address("ENTENTE_PUBLIC_URL"),
        trusted_proxies=read.whole("ENTENTE_TRUSTED_PROXIES", 0, 0, 5),
        session_idle_minutes=read.whole("ENTENTE_SESSION_IDLE_MINUTES", 480, 5, 10080),
        session_max_hours=read.whole("ENTENTE_SESSION_MAX_HOURS", 168, 1, 720),
        grace_seconds=read.whole("ENTENTE_GRACE_SECONDS", 30, 0, 600),
        is_speech_online=read.truth("ENTENTE_SPEECH_ONLINE"),
        voices=read.voices("ENTENTE_VOICES"),
        kokoro_voices=read.folder("ENTENTE_KOKORO_VOICES", root),
        speech_cache_mb=read.whole("ENTENTE_SPEECH_CACHE_MB", 200, 10, 100_000),
        jobs=read.member("ENTENTE_JOBS", Jobs, Jobs.BESIDE),
        jobs_url=read.redis("ENTENTE_JOBS_URL"),
        takes_days=read.whole("ENTENTE_TAKES_DAYS", 90, 0, 3650),
        limits_url=read.text("ENTENTE_LIMITS_URL", "memory://"),
        demo_password=read.password("ENTENTE_DEMO_PASSWORD"),
        host=read.text("ENTENTE_HOST", "127.0.0.1"),
        port=read.whole("ENTENTE_PORT", 5000, 1, 65535),
        threads=read.whole("ENTENTE_THREADS", 3, 1, 64),
        workers=read.whole("ENTENTE_WORKERS", 1, 1, 64),
    )
    if not settings.limits_url.startswith(("memory://", *_REDIS)):
        read.refuse("ENTENTE_LIMITS_URL", settings.limits_url)
    if settings.mode is Mode.PRODUCTION and settings.public_url is None:
        raise SettingError(
            "ENTENTE_PUBLIC_URL is missing: production needs the address that people type, such as "
            "https://entente.example.com (or set ENTENTE_MODE=demo to try it out)"
        )
    read.no_unknown()
    return settings


class _Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.rows = {setting.name: setting for setting in SETTINGS}

    def refuse(self, name: str, value: str) -> None:
        raise SettingError(f"{name}={value!r} is not allowed; allowed: {self.rows[name].allowed}")

    def text(self, name: str, default: str) -> str:
        return self.env.get(name, "").strip() or default

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not re.fullmatch(r"\d{1,6}", value) or not low <= int(value) <= high:
            self.refuse(name, value)
        return int(value)

    def voices(self, name: str) -> dict[str, tuple[str, ...]]:
        value = self.env.get(name, "").strip()
        if value and not _VOICES.fullmatch(value):
            self.refuse(name, value)
        chains = (part.partition("=") for part in value.split(";") if part.strip())
        return {tag.strip(): tuple(engine.strip() for engine in named.split(",")) for tag, _, named in chains}

    def folder(self, name: str, root: Path) -> Path | None:
        value = self.env.get(name, "").strip()
        if value and not (root / value).is_dir():
            self.refuse(name, value)
        return root / value if value else None

    def truth(self, name: str) -> bool:
        value = self.env.get(name, "").strip().lower()
        if value not in _ON | _OFF:
            self.refuse(name, value)
        return value in _ON

    def member(self, name: str, kind: type[Member], default: Member) -> Member:
        value = self.text(name, default)
        if value not in set(kind):
            self.refuse(name, value)
        return kind(value)

    def redis(self, name: str) -> str | None:
        value = self.env.get(name, "").strip()
        if value and not value.startswith(_REDIS):
            self.refuse(name, value.split("@")[-1])
        return value or None

    def address(self, name: str) -> str | None:
        value = self.env.get(name, "").strip().rstrip("/")
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            self.refuse(name, value)
        return value

    def secret(self, mode: Mode) -> str:
        value = self.env.get("ENTENTE_SECRET_KEY", "").strip()
        if value and (len(value) < MIN_SECRET_LENGTH or len(set(value)) < 8):
            self.refuse("ENTENTE_SECRET_KEY", value[:3] + "…")
        if not value and mode is Mode.PRODUCTION:
            raise SettingError(
                "ENTENTE_SECRET_KEY is missing: production needs 32 random characters or more, such as those of "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return value

    def password(self, name: str) -> str | None:
        value = self.env.get(name, "")
        if value and not 8 <= len(value) <= 128:
            self.refuse(name, "…")
        return value or None

    def no_unknown(self) -> None:
        for name in self.env:
            if name.startswith("ENTENTE_") and name not in self.rows:
                raise SettingError(f"{name} is not a setting; the settings are {', '.join(self.rows)}")
