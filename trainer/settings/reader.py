"""Reads one setting of each kind, and names the one that is wrong."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

from trainer.domain.calendar import zones
from trainer.settings.rows import SETTINGS, SettingError
from trainer.settings.values import Mode

MIN_SECRET_LENGTH = 32
_ON = {"1", "true", "yes", "on"}
_OFF = {"", "0", "false", "no", "off"}
_TAG, _ENGINE = r"(?:\*|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", r"(?:gtts|kokoro|openjtalk|pico|espeak)"
_CHAIN = rf"\s*{_TAG}\s*=\s*{_ENGINE}(?:\s*,\s*{_ENGINE})*\s*"
_VOICES = re.compile(rf"{_CHAIN}(?:;{_CHAIN})*;?\s*")
_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
REDIS = ("redis://", "rediss://")
Member = TypeVar("Member", bound=StrEnum)


class Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.rows = {setting.name: setting for setting in SETTINGS}

    def refuse(self, name: str, value: str) -> NoReturn:
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

    def file(self, name: str, root: Path) -> Path | None:
        value = self.env.get(name, "").strip()
        if value and not (root / value).is_file():
            self.refuse(name, value)
        return root / value if value else None

    def zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value != default and value not in zones():
            self.refuse(name, value)
        return value

    def mailbox(self, name: str) -> str | None:
        """An e-mail address, with or without a name before it."""
        value = self.text(name, "")
        _, address = parseaddr(value)
        if value and (not _ADDRESS.fullmatch(address) or len(value.splitlines()) > 1):
            self.refuse(name, value)
        return value or None

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
        if value and not value.startswith(REDIS):
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
