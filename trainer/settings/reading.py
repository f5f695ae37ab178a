"""Reads the settings from environment variables."""

from collections.abc import Mapping
from pathlib import Path

from trainer.settings.reader import REDIS, Reader
from trainer.settings.rows import SettingError
from trainer.settings.smtp import read_smtp
from trainer.settings.values import Jobs, MailLanguage, Mode, Settings

_DATABASES = ("sqlite", "postgresql+psycopg")


def read_settings(env: Mapping[str, str], root: Path) -> Settings:
    """Settings from environment variables; relative folders count from `root`. Raises `SettingError`."""
    read = Reader(env)
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
        smtp=read_smtp(read, root),
        mail_from=read.mailbox("ENTENTE_MAIL_FROM"),
        mail_language=read.member("ENTENTE_MAIL_LANGUAGE", MailLanguage, MailLanguage.ENGLISH),
        mail_zone=read.zone("ENTENTE_MAIL_ZONE", "UTC"),
        limits_url=read.text("ENTENTE_LIMITS_URL", "memory://"),
        demo_password=read.password("ENTENTE_DEMO_PASSWORD"),
        host=read.text("ENTENTE_HOST", "127.0.0.1"),
        port=read.whole("ENTENTE_PORT", 5000, 1, 65535),
        threads=read.whole("ENTENTE_THREADS", 3, 1, 64),
        workers=read.whole("ENTENTE_WORKERS", 1, 1, 64),
    )
    if not settings.limits_url.startswith(("memory://", *REDIS)):
        read.refuse("ENTENTE_LIMITS_URL", settings.limits_url)
    if settings.mode is Mode.PRODUCTION and settings.public_url is None:
        raise SettingError(
            "ENTENTE_PUBLIC_URL is missing: production needs the address that people type, such as "
            "https://entente.example.com (or set ENTENTE_MODE=demo to try it out)"
        )
    if settings.smtp is not None and settings.mail_from is None:
        raise SettingError("ENTENTE_MAIL_FROM is missing: with ENTENTE_SMTP_URL, say who e-mails come from")
    read.no_unknown()
    return settings
