"""What can be set: the rows of the README's table."""

from dataclasses import dataclass


class SettingError(ValueError):
    """A setting has a value that is not allowed; the text says which, and what is."""


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
        "ENTENTE_SMTP_URL",
        "none: e-mails are written to the data folder",
        "smtp://USER:PASSWORD@HOST:PORT or smtps://…, with ?starttls=required or ?starttls=never",
        "the server that takes e-mails; with a user the connection is always encrypted (docs/mail.md)",
    ),
    Setting(
        "ENTENTE_SMTP_PASSWORD_FILE",
        "none",
        "a file",
        "holds the password of that user, so that it need not stand in the address",
    ),
    Setting(
        "ENTENTE_SMTP_CA_FILE",
        "none",
        "a file",
        "certificates to trust beside the system's, for a mail server with one of its own",
    ),
    Setting(
        "ENTENTE_MAIL_FROM",
        "none",
        "an address, or Entente <entente@example.com>",
        "who e-mails come from; required with ENTENTE_SMTP_URL",
    ),
    Setting(
        "ENTENTE_MAIL_LANGUAGE",
        "en",
        "en, de, fr, ja",
        "the language of e-mails to people who have not chosen theirs",
    ),
    Setting(
        "ENTENTE_MAIL_ZONE",
        "UTC",
        "an IANA time zone such as Europe/Oslo",
        "the time zone of people who have not chosen theirs",
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
