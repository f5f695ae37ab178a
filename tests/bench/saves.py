"""Requests made ahead, each of which keeps a new response of a real attempt."""

from collections import deque
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import cycle
from urllib.parse import urlencode
from uuid import UUID

from tests.bench.company import PASSWORD, choose_best, sitting
from tests.bench.load import Load, Measured, request_bytes
from tests.bench.servers import Browser
from trainer import learning
from trainer.database import Database
from trainer.domain.content import Content, Quiz
from trainer.models import new_id
from trainer.web import utc_now

AHEAD = 2000
"""Saves made ready before each turn: more than it can take."""


class Writers:
    """Saves made ready for each connection: whole attempts, in order, of learners that only this connection has."""

    def __init__(
        self, database: Database, content: Content, port: int, learners: Mapping[str, UUID], connections: int
    ) -> None:
        self.database = database
        self.saved = 0
        self.queues: list[deque[bytes]] = [deque() for _ in range(connections)]
        browsers = {email: Browser(port) for email in learners}
        for email, browser in browsers.items():
            browser.sign_in(email, PASSWORD)
        quizzes = [quiz for quiz in content.quizzes.values() if quiz.is_answered_by_choosing]
        people = [(learners[email], browser) for email, browser in browsers.items()]
        self.attempts = [
            cycle([(quiz, *person) for quiz in quizzes for person in people[number::connections]])
            for number in range(connections)
        ]

    def load(self, port: int, connections: int, seconds: float, rate: float | None = None) -> Load:
        """Saves for some of the connections, the first ones."""
        for queue, attempts in zip(self.queues, self.attempts, strict=True):
            while len(queue) < AHEAD / len(self.queues):
                queue.extend(self._attempt(*next(attempts)))
        requests = [list(queue) for queue in self.queues[:connections]]
        return Load(port, requests, HTTPStatus.SEE_OTHER, seconds, is_cycle=False, rate=rate)

    def take_away(self, measured: Measured) -> None:
        """Forget what was sent: each of it was acknowledged."""
        for queue, number in zip(self.queues, measured.sent, strict=False):
            for _ in range(number):
                queue.popleft()
            if not queue:
                raise RuntimeError("a connection ran out of saves: raise AHEAD")
        self.saved += sum(measured.sent)

    def _attempt(self, quiz: Quiz, learner: UUID, browser: Browser) -> Iterator[bytes]:
        with self.database.write_session() as session:
            attempt_id = learning.start_attempt(session, learner, quiz, at=utc_now())
            session.commit()
        for item, step, given in sitting(quiz, choose_best):
            form = {"csrf_token": browser.token, "response_id": str(new_id()), "options": given.options[0]}
            path = f"/attempts/{attempt_id}/items/{item.id}/{step}"
            yield request_bytes(browser.port, path, browser.cookie, urlencode(form).encode())
