"""Reads where e-mails are handed over."""

from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from trainer.settings.reader import Reader
from trainer.settings.values import Encryption, SmtpServer

URL, PASSWORD_FILE, CA_FILE = "ENTENTE_SMTP_URL", "ENTENTE_SMTP_PASSWORD_FILE", "ENTENTE_SMTP_CA_FILE"
PORTS = {Encryption.NEVER: 25, Encryption.TLS: 465, Encryption.STARTTLS: 587}
_SCHEMES = ("smtp", "smtps")
_STARTTLS = {"required": Encryption.STARTTLS, "never": Encryption.NEVER}


def read_smtp(read: Reader, root: Path) -> SmtpServer | None:
    """The mail server; None when none is set. A password is only ever sent encrypted."""
    value = read.text(URL, "")
    password_file, ca_file = read.file(PASSWORD_FILE, root), read.file(CA_FILE, root)
    if not value:
        return None
    parts = _split(read, value)
    user, password = (None if each is None else unquote(each) for each in (parts.username, parts.password))
    if password_file is not None:
        password = password_file.read_text(encoding="utf-8").strip()
    encryption = _encryption_of(read, parts, has_user=bool(user))
    is_open = password is not None and encryption is Encryption.NEVER
    if bool(user) != bool(password) or is_open or parts.hostname is None:
        read.refuse(URL, _without_secrets(parts))
    return SmtpServer(parts.hostname, parts.port or PORTS[encryption], encryption, user or None, password, ca_file)


def _split(read: Reader, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0 and not parts.path.strip("/")
    except ValueError:  # a port that is none
        is_whole = False
    if not is_whole:
        read.refuse(URL, value.rsplit("@", 1)[-1])
    return parts


def _encryption_of(read: Reader, parts: SplitResult, *, has_user: bool) -> Encryption:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    starttls = options.pop("starttls", None)
    is_wrong = bool(options) or bool(parts.fragment) or (starttls is not None and starttls not in _STARTTLS)
    if is_wrong or (parts.scheme == "smtps" and starttls is not None):
        read.refuse(URL, _without_secrets(parts))
    if parts.scheme == "smtps":
        return Encryption.TLS
    return _STARTTLS[starttls or ("required" if has_user else "never")]


def _without_secrets(parts: SplitResult) -> str:
    return parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]).geturl()
