"""The demo company: forty people, four teams, ninety days of learning, all made through the use cases."""

from trainer.demo.company import ADMIN, LEARNER, MANAGER, SIGN_INS, STUDIES, TEAMS, TRAINER, email_of
from trainer.demo.passwords import make_password, set_password, sign_in_words
from trainer.demo.story import seed

__all__ = [
    "ADMIN",
    "LEARNER",
    "MANAGER",
    "SIGN_INS",
    "STUDIES",
    "TEAMS",
    "TRAINER",
    "email_of",
    "make_password",
    "seed",
    "set_password",
    "sign_in_words",
]
