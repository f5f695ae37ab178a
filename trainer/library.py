"""What is taught now: the shipped files with what was published in this company laid over them."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock

from sqlalchemy import func, select

from trainer.catalog import Problem, Shelf, check_catalog, load_shipped
from trainer.database import Store
from trainer.domain.content import Content
from trainer.models import ContentEdition, ContentVersion, table

SHIPPED_EDITION = 0
_version, _edition = table(ContentVersion), table(ContentEdition)
_newest = (
    select(_version.c.path, func.max(_version.c.number).label("number"))
    .where(_version.c.state == "published")
    .group_by(_version.c.path)
    .subquery()
)
_PUBLISHED = select(_version.c.path, _version.c.number, _version.c.text, _version.c.shipped_hash).join(
    _newest, (_newest.c.path == _version.c.path) & (_newest.c.number == _version.c.number)
)
NEWEST_EDITION = select(func.coalesce(func.max(_edition.c.number), SHIPPED_EDITION))
"""Cheap enough to ride along with every request."""

log = logging.getLogger(__name__)


class Library:
    """The content in force, read anew in each process when another edition is."""

    def __init__(self, root: Path, content: Content | None = None) -> None:
        """`content` is what the files of `root` say, where it was read before. Raises `BrokenContent`."""
        self.root = root
        self._shipped, self.shelf = (content, Shelf()) if content else load_shipped(root)
        self._found: tuple[int, Content] = (SHIPPED_EDITION, self._shipped)
        self._lock = Lock()
        self.refused: tuple[Problem, ...] = ()
        """Why published texts are not in force: a release may be stricter than the one they were published in."""

    def current(self, store: Store, edition: int) -> Content:
        """The content of an edition; it is that of this process's last one while nothing was published."""
        found = self._found
        if found[0] == edition:
            return found[1]
        with self._lock:
            if self._found[0] != edition:
                self._found = (edition, self._read(published_texts(store)))
            return self._found[1]

    def in_force(self, store: Store) -> Content:
        """The content of the newest edition."""
        return self.current(store, store.scalar(NEWEST_EDITION) or SHIPPED_EDITION)

    def last_known(self) -> Content:
        """Without a look at the database: for pages of nobody in particular."""
        return self._found[1]

    def forget(self) -> None:
        """Read anew at the next look: the database is another one."""
        self._found = (SHIPPED_EDITION, self._shipped)

    def check(self, store: Store, changes: Mapping[str, str | None]) -> tuple[Content, tuple[Problem, ...]]:
        """What would be in force with these texts, and every mistake of it."""
        return check_catalog(self.root, {**published_texts(store), **changes}, self.shelf)

    def shipped(self, path: str) -> str | None:
        """The text of a shipped file; None when there is none of that name."""
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.is_file() else None

    def _read(self, texts: dict[str, str | None]) -> Content:
        """With every published text that has no mistake: what a stricter release refuses is left out and told."""
        if not texts:
            self.refused = ()
            return self._shipped
        content, problems = check_catalog(self.root, texts, self.shelf)
        self.refused = problems
        while problems:
            log.warning("Published content is not in force:\n%s", "\n".join(map(str, problems)))
            content, problems = check_catalog(self.root, _without(texts, problems), self.shelf)
        return content


def _without(texts: dict[str, str | None], problems: Sequence[Problem]) -> dict[str, str | None]:
    """Take out the texts that have problems; all of them when none of them is where the problems are."""
    broken = {problem.path for problem in problems} & texts.keys() or set(texts)
    for path in broken:
        del texts[path]
    return texts


def published_texts(store: Store) -> dict[str, str | None]:
    """What counts instead of the shipped files; not those that were published as they are shipped."""
    return {
        row.path: row.text
        for row in store.execute(_PUBLISHED)
        if row.text is None or text_hash(row.text) != row.shipped_hash
    }


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
