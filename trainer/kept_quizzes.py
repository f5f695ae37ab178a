"""Keeps quizzes as they were when an attempt began on them, and gives an attempt the one that it asks.

What was kept is read by every later release: a field of content that is added needs a default, one that is taken away
is passed over.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from threading import Lock

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union
from sqlalchemy import bindparam, select

from trainer.database import Store, insert_missing
from trainer.domain.attempts import AttemptState
from trainer.domain.content import Interaction, Quiz
from trainer.models import KeptQuiz, table

REMEMBERED = 64
"""Quizzes that one process holds beside those taught now: some hundred kilobytes each."""
_kept = table(KeptQuiz)
_IS_KEPT = select(_kept.c.content_hash).where(_kept.c.content_hash == bindparam("content_hash"))
_BODY = select(_kept.c.body).where(_kept.c.content_hash == bindparam("content_hash"))

_converter = make_converter()
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda words, _: Decimal(words))
_converter.register_unstructure_hook(time, time.isoformat)
_converter.register_structure_hook(time, lambda words, _: time.fromisoformat(words))
configure_tagged_union(Interaction, _converter, tag_name="interaction")


class KeptQuizzes:
    """The quiz that each attempt asks. What was read from the database is remembered: it never changes."""

    def __init__(self) -> None:
        self._read: OrderedDict[str, Quiz] = OrderedDict()
        self._lock = Lock()

    def quiz_of(self, store: Store, taught: Mapping[str, Quiz], attempt: AttemptState) -> Quiz | None:
        """The quiz as the attempt began with it: the one taught now when that is the same, else the one kept.

        An attempt from before any was kept asks what is taught now; None when that is nothing.
        """
        now = taught.get(attempt.quiz_id)
        if attempt.quiz_hash is None or (now is not None and now.content_hash == attempt.quiz_hash):
            return now
        return self.kept(store, attempt.quiz_hash) or now

    def kept(self, store: Store, content_hash: str) -> Quiz | None:
        """The quiz of that name, or None when none was kept."""
        with self._lock:
            known = self._read.get(content_hash)
            if known is not None:
                self._read.move_to_end(content_hash)
                return known
        body = store.execute(_BODY, {"content_hash": content_hash}).scalar()
        if body is None:
            return None
        quiz = quiz_from(body)
        with self._lock:
            self._read[content_hash] = quiz
            while len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
        return quiz


def keep_quiz(store: Store, quiz: Quiz, *, at: datetime) -> str:
    """Make sure that the quiz is kept as it is now; its name."""
    name = quiz.content_hash
    if store.execute(_IS_KEPT, {"content_hash": name}).scalar() is None:
        row = {"content_hash": name, "quiz_id": quiz.id, "body": body_of(quiz), "kept_at": at}
        insert_missing(store, _kept, [row])
    return name


def body_of(quiz: Quiz) -> str:
    """The quiz as JSON, as `quiz_from` reads it."""
    return json.dumps(_converter.unstructure(quiz), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def quiz_from(body: str) -> Quiz:
    return _converter.structure(json.loads(body), Quiz)
