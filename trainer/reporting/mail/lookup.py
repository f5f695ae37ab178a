"""What the facts of mails are gathered with."""

from collections.abc import Callable
from dataclasses import dataclass

from trainer.database import Store
from trainer.domain.content import Content, Item
from trainer.domain.mastery import Model
from trainer.pace import Pace


@dataclass(frozen=True, slots=True)
class Lookup:
    """`can_hear` says whether an item can be played on this machine."""

    store: Store
    content: Content
    model: Model
    pace: Pace
    can_hear: Callable[[Item], bool]
