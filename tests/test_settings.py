"""The settings: a wrong one is named with what is allowed, production needs its key and address, the README agrees."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from app import ROOT, create_app, serve, with_secret_key
from trainer.settings import (
    SETTINGS,
    Encryption,
    Jobs,
    Mode,
    Setting,
    SettingError,
    Settings,
    SmtpServer,
    read_settings,
)
from trainer.speech import Speech
from trainer.speech.speech import CHAIN

KEY = "k3y-of-thirty-two-characters-or-more"
PRODUCTION = {"ENTENTE_SECRET_KEY": KEY, "ENTENTE_PUBLIC_URL": "https://entente.example.com"}


def read(**values: str) -> Settings:
    """Settings of a production server with these on top."""
    return read_settings({**PRODUCTION, **{f"ENTENTE_{name}": value for name, value in values.items()}}, ROOT)


WRONG = [
    ("ENTENTE_MODE", "test"),
    ("ENTENTE_MODE", "Production"),
    ("ENTENTE_SECRET_KEY", "short"),
    ("ENTENTE_SECRET_KEY", "a" * 40),
    ("ENTENTE_DATABASE_URL", "mysql://root@localhost/entente"),
    ("ENTENTE_DATABASE_URL", "postgresql://localhost/entente"),
    ("ENTENTE_DATABASE_URL", "entente.sqlite3"),
    ("ENTENTE_PUBLIC_URL", "entente.example.com"),
    ("ENTENTE_PUBLIC_URL", "ftp://entente.example.com"),
    ("ENTENTE_PUBLIC_URL", "https://entente.example.com/path"),
    ("ENTENTE_PUBLIC_URL", "https://"),
    ("ENTENTE_TRUSTED_PROXIES", "6"),
    ("ENTENTE_TRUSTED_PROXIES", "-1"),
    ("ENTENTE_TRUSTED_PROXIES", "one"),
    ("ENTENTE_SESSION_IDLE_MINUTES", "4"),
    ("ENTENTE_SESSION_IDLE_MINUTES", "10081"),
    ("ENTENTE_SESSION_IDLE_MINUTES", "8h"),
    ("ENTENTE_SESSION_MAX_HOURS", "0"),
    ("ENTENTE_SESSION_MAX_HOURS", "721"),
    ("ENTENTE_GRACE_SECONDS", "-1"),
    ("ENTENTE_GRACE_SECONDS", "601"),
    ("ENTENTE_SPEECH_ONLINE", "maybe"),
    ("ENTENTE_VOICES", "fr"),
    ("ENTENTE_VOICES", "fr=siri"),
    ("ENTENTE_VOICES", "fr=pico,"),
    ("ENTENTE_VOICES", "fr=pico;;ja=openjtalk"),
    ("ENTENTE_KOKORO_VOICES", "/no/such/folder"),
    ("ENTENTE_SPEECH_CACHE_MB", "9"),
    ("ENTENTE_TAKES_DAYS", "-1"),
    ("ENTENTE_JOBS", "nowhere"),
    ("ENTENTE_JOBS_URL", "memory://"),
    ("ENTENTE_SMTP_URL", "mail.example.com"),
    ("ENTENTE_SMTP_URL", "https://mail.example.com"),
    ("ENTENTE_SMTP_URL", "smtp://"),
    ("ENTENTE_SMTP_URL", "smtp://mail.example.com:port"),
    ("ENTENTE_SMTP_URL", "smtp://mail.example.com/inbox"),
    ("ENTENTE_SMTP_URL", "smtp://mail.example.com?starttls=maybe"),
    ("ENTENTE_SMTP_URL", "smtp://mail.example.com?tls=1"),
    ("ENTENTE_SMTP_URL", "smtps://mail.example.com?starttls=required"),
    ("ENTENTE_SMTP_URL", "smtp://entente@mail.example.com"),
    ("ENTENTE_SMTP_URL", "smtp://entente:secret@mail.example.com?starttls=never"),
    ("ENTENTE_SMTP_PASSWORD_FILE", "/no/such/file"),
    ("ENTENTE_SMTP_CA_FILE", "/no/such/file"),
    ("ENTENTE_MAIL_FROM", "Entente"),
    ("ENTENTE_MAIL_FROM", "entente@"),
    ("ENTENTE_MAIL_FROM", "Entente <entente@example.com>\nBcc: all@example.com"),
    ("ENTENTE_MAIL_LANGUAGE", "tlh"),
    ("ENTENTE_MAIL_ZONE", "CET"),
    ("ENTENTE_MAIL_ZONE", "Europe/Atlantis"),
    ("ENTENTE_LIMITS_URL", "memcached://localhost"),
    ("ENTENTE_DEMO_PASSWORD", "short"),
    ("ENTENTE_DEMO_PASSWORD", "x" * 129),
    ("ENTENTE_PORT", "0"),
    ("ENTENTE_PORT", "65536"),
    ("ENTENTE_PORT", "http"),
    ("ENTENTE_PORT", "5000.5"),
    ("ENTENTE_THREADS", "0"),
    ("ENTENTE_THREADS", "65"),
    ("ENTENTE_WORKERS", "0"),
    ("ENTENTE_WORKERS", "9" * 30),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_with_what_is_allowed(name: str, value: str) -> None:
    (row,) = [row for row in SETTINGS if row.name == name]

    with pytest.raises(SettingError) as told:
        read_settings({**PRODUCTION, name: value}, ROOT)

    assert str(told.value).startswith(f"{name}=")
    assert row.allowed in str(told.value)


def test_every_setting_that_can_be_wrong_is_tried() -> None:
    free = {"ENTENTE_DATA_DIR", "ENTENTE_HOST"}

    assert {row.name for row in SETTINGS} == {name for name, _ in WRONG} | free


def test_an_unknown_setting_is_named_with_those_there_are() -> None:
    with pytest.raises(SettingError, match="ENTENTE_PROT is not a setting; the settings are ENTENTE_MODE, "):
        read(PROT="80")


@pytest.mark.parametrize(
    ("value", "voices"),
    [
        ("", {}),
        ("*=pico,espeak", {"*": ("pico", "espeak")}),
        (" fr-CA = gtts , kokoro ; ja=openjtalk; ", {"fr-CA": ("gtts", "kokoro"), "ja": ("openjtalk",)}),
    ],
)
def test_the_voices_of_each_language_are_named_in_order(value: str, voices: Mapping[str, tuple[str, ...]]) -> None:
    assert read(VOICES=value).voices == voices


def test_the_engines_that_settings_may_name_are_those_there_are(tmp_path: Path) -> None:
    engines = Speech(tmp_path, is_online=True).engines
    (row,) = [row for row in SETTINGS if row.name == "ENTENTE_VOICES"]

    assert set(read(VOICES=f"*={','.join(engines)}").voices["*"]) == set(engines)
    assert row.default == "; ".join(f"{lang}={','.join(names)}" for lang, names in CHAIN.items())


@pytest.mark.parametrize(
    "name",
    [
        "ENTENTE_SECRET_KEY",
        "ENTENTE_DEMO_PASSWORD",
        "ENTENTE_DATABASE_URL",
        "ENTENTE_JOBS_URL",
        "ENTENTE_SMTP_URL",
    ],
)
def test_a_secret_is_not_printed_with_the_mistake(name: str) -> None:
    secret = "mysql://root:hunter2@localhost/x" if name.endswith("URL") else "hunter2"

    with pytest.raises(SettingError) as told:
        read_settings({**PRODUCTION, name: secret}, ROOT)

    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("name", ["ENTENTE_SECRET_KEY", "ENTENTE_PUBLIC_URL"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_production_needs_its_key_and_its_address(name: str, value: str | None) -> None:
    env = {each: PRODUCTION[each] for each in PRODUCTION if each != name}
    env |= {} if value is None else {name: value}

    with pytest.raises(SettingError, match=f"{name} is missing: production needs"):
        read_settings(env, ROOT)


def test_nothing_set_is_production() -> None:
    with pytest.raises(SettingError, match="production"):
        read_settings({}, ROOT)


def test_a_demo_needs_nothing() -> None:
    settings = read_settings({"ENTENTE_MODE": "demo"}, Path("/srv"))

    assert settings == Settings(
        mode=Mode.DEMO,
        secret_key="",
        data_dir=Path("/srv/instance"),
        database_url="sqlite:////srv/instance/entente.sqlite3",
    )


def test_what_is_set_is_read() -> None:
    settings = read(
        DATA_DIR="data",
        DATABASE_URL="postgresql+psycopg://entente:secret@db/entente",
        PUBLIC_URL="https://entente.example.com:8443/",
        TRUSTED_PROXIES="2",
        SESSION_IDLE_MINUTES=" 30 ",
        SESSION_MAX_HOURS="12",
        GRACE_SECONDS="5",
        SPEECH_ONLINE="yes",
        JOBS="apart",
        JOBS_URL="redis://cache:6379/2",
        LIMITS_URL="redis://cache:6379/1",
        HOST="0.0.0.0",  # noqa: S104 - only read
        PORT="8443",
        THREADS="4",
        WORKERS="3",
    )

    assert settings == Settings(
        mode=Mode.PRODUCTION,
        secret_key=KEY,
        data_dir=ROOT / "data",
        database_url="postgresql+psycopg://entente:secret@db/entente",
        public_url="https://entente.example.com:8443",
        trusted_proxies=2,
        session_idle_minutes=30,
        session_max_hours=12,
        grace_seconds=5,
        is_speech_online=True,
        jobs=Jobs.APART,
        jobs_url="redis://cache:6379/2",
        limits_url="redis://cache:6379/1",
        host="0.0.0.0",  # noqa: S104 - only read
        port=8443,
        threads=4,
        workers=3,
    )


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 25, Encryption.NEVER)),
        ("smtp://mail.example.com:2525/", SmtpServer("mail.example.com", 2525, Encryption.NEVER)),
        ("smtp://mail.example.com?starttls=required", SmtpServer("mail.example.com", 587, Encryption.STARTTLS)),
        ("smtps://mail.example.com", SmtpServer("mail.example.com", 465, Encryption.TLS)),
        (
            "smtp://entente%40example.com:p%40ss@mail.example.com",
            SmtpServer("mail.example.com", 587, Encryption.STARTTLS, "entente@example.com", "p@ss"),
        ),
        (
            "smtps://entente:secret@mail.example.com:4650",
            SmtpServer("mail.example.com", 4650, Encryption.TLS, "entente", "secret"),
        ),
    ],
)
def test_the_address_of_a_mail_server_says_how_it_is_spoken_to(url: str, server: SmtpServer) -> None:
    assert read(SMTP_URL=url, MAIL_FROM="Entente <entente@example.com>").smtp == server


def test_the_password_of_the_mail_server_may_stand_in_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "password"
    kept.write_text("from a file\n", encoding="utf-8")

    settings = read(
        SMTP_URL="smtp://entente@mail.example.com", SMTP_PASSWORD_FILE=str(kept), MAIL_FROM="entente@example.com"
    )

    assert settings.smtp is not None
    assert settings.smtp.password == "from a file"
    assert "from a file" not in repr(settings)


def test_with_a_mail_server_it_must_be_said_who_mails_come_from() -> None:
    with pytest.raises(SettingError, match="ENTENTE_MAIL_FROM is missing"):
        read(SMTP_URL="smtp://mail.example.com")


@pytest.mark.parametrize(("value", "is_online"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("", False)])
def test_yes_and_no_have_several_words(value: str, is_online: bool) -> None:
    assert read(SPEECH_ONLINE=value).is_speech_online is is_online


def test_an_absolute_folder_stays_where_it_is(tmp_path: Path) -> None:
    assert read(DATA_DIR=str(tmp_path)).data_dir == tmp_path


def test_a_demo_makes_a_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    settings = read_settings({"ENTENTE_MODE": "demo", "ENTENTE_DATA_DIR": str(tmp_path / "new")}, ROOT)

    first, second = with_secret_key(settings), with_secret_key(settings)

    kept = tmp_path / "new" / "secret_key"
    assert first.secret_key == second.secret_key == kept.read_text(encoding="utf-8")
    assert len(first.secret_key) >= 32
    assert kept.stat().st_mode & 0o077 == 0


def test_a_key_that_is_set_is_not_written_down(tmp_path: Path) -> None:
    with_secret_key(read(DATA_DIR=str(tmp_path)))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({}, "ENTENTE_SECRET_KEY is missing"),
        ({**PRODUCTION, "ENTENTE_PORT": "x"}, "ENTENTE_PORT='x' is not allowed; allowed: 1 to 65535"),
    ],
)
def test_the_server_does_not_start_on_a_wrong_setting(
    env: Mapping[str, str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve(env) == 1
    assert words in capsys.readouterr().err


def test_a_wrong_setting_stops_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_MODE", "party")

    with pytest.raises(SettingError, match="ENTENTE_MODE"):
        create_app()


def test_the_readme_has_one_row_for_each_setting() -> None:
    assert list(readme_rows()) == [row.name for row in SETTINGS]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_readme_tells_default_values_and_meaning_of_each_setting(setting: Setting) -> None:
    assert readme_rows()[setting.name] == [setting.default, setting.allowed, setting.meaning]


def readme_rows() -> dict[str, list[str]]:
    """The rows of the README's table of settings, by name."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if line.startswith("| `ENTENTE_")]
    return {name.strip("`"): rest for name, *rest in cells}
