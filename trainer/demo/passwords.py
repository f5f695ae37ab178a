"""The password of the demo's sign-ins: made, set and told."""

import secrets

from trainer import accounts
from trainer.database import Store
from trainer.demo.company import LEARNER, SIGN_INS, email_of

_WORDS = (
    "amber", "anchor", "birch", "bridge", "candle", "cedar", "clover", "copper", "coral", "cotton", "ember", "falcon",
    "fjord", "garden", "granite", "harbour", "hazel", "heron", "island", "juniper", "kettle", "lantern", "linen",
    "maple", "marble", "meadow", "mirror", "nutmeg", "ocean", "olive", "orchard", "paper", "pebble", "pepper", "quartz",
    "raven", "river", "saffron", "silver", "sparrow", "spruce", "thistle", "timber", "topaz", "velvet", "walnut",
    "willow", "winter",
)  # fmt: skip


def make_password() -> str:
    return "-".join(secrets.SystemRandom().sample(_WORDS, 3))


def set_password(store: Store, password: str) -> None:
    """Let the demo's sign-ins have this password, if they have not."""
    if accounts.check_password(store, email_of(LEARNER), password) is None:
        emails = [email_of(name) for name in SIGN_INS.values()]
        accounts.set_demo_password(store, emails, accounts.hash_password(password))


def sign_in_words(password: str) -> str:
    rows = "\n".join(f"  {role:<8} {email_of(name)}" for role, name in SIGN_INS.items())
    return f"Demo company Halden Instruments. Sign in as\n{rows}\n  password {password}"
