"""Brings content in from a folder of files, and takes it out into one, every character as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from uuid import UUID

from trainer.authoring.documents import newest_numbers
from trainer.authoring.publishing import publish
from trainer.authoring.saving import CONTENT_PATH, AuthoringError, save_document
from trainer.catalog import Problem, Tree
from trainer.database import Store
from trainer.library import Library, published_texts


@dataclass(frozen=True, slots=True)
class Bringing:
    """What bringing in some files does, or would do. Nothing is done while there are `problems`."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int
    problems: tuple[Problem, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


def files_in_force(store: Store, library: Library, course_id: str | None = None) -> dict[str, str]:
    """The text of every content file in force, or of those of one course with its quizzes."""
    tree = Tree(library.root, published_texts(store))
    return {name: tree.read(name) for name in tree.names if _is_content(name) and _is_of(name, course_id)}


def write_files(folder: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Write files below a folder; the names of other content files that were there and are left as they are."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(name for name in Tree(folder).names if _is_content(name) and name not in files)


def read_files(folder: Path) -> dict[str, str]:
    """The content files below a folder that was written or is laid out like one. Raises `AuthoringError`."""
    tree = Tree(folder)
    names = [name for name in tree.names if _is_content(name)]
    if not names:
        raise AuthoringError(f"{folder} has no content: it is read from the folders lessons and quizzes in it.")
    try:
        return {name: tree.read(name) for name in names}
    except UnicodeDecodeError as error:
        raise AuthoringError(f"A file in {folder} is not UTF-8: {error.reason} at byte {error.start}.") from error


def bring_in(
    store: Store,
    library: Library,
    files: Mapping[str, str],
    *,
    at: datetime,
    author_id: UUID | None = None,
    is_whole: bool = False,
    is_draft: bool = False,
    is_trial: bool = False,
) -> Bringing:
    """Take over files that differ from what is in force, all or none: published, or as drafts.

    With `is_whole` a file that is in force and missing here is taken away. A trial changes nothing, and nothing is
    done where the content would be broken: drafts too are taken in good order only.
    """
    before = files_in_force(store, library)
    texts: dict[str, str | None] = {name: text for name, text in files.items() if before.get(name) != text}
    removed = sorted(before.keys() - files.keys()) if is_whole else []
    texts.update(dict.fromkeys(removed))
    found = Bringing(
        added=tuple(name for name in texts if name not in before),
        changed=tuple(name for name in texts if name in before and texts[name] is not None),
        removed=tuple(removed),
        same=sum(before.get(name) == text for name, text in files.items()),
        problems=library.check(store, texts)[1],
    )
    if is_trial or found.is_nothing or found.problems:
        return found
    numbers = _save(store, library, texts, author_id, at)
    if not is_draft:
        publish(store, library, numbers, by_id=author_id, at=at, needs_review=False)
    return found


def _save(
    store: Store, library: Library, texts: Mapping[str, str | None], author_id: UUID | None, at: datetime
) -> dict[str, int]:
    """The new version of each; one that waits as a draft is left behind by it, and stays in the list."""
    newest = newest_numbers(store, texts)
    return {
        path: save_document(
            store, library, path, text, base=newest.get(path, 0), author_id=author_id, note="From files", at=at
        )
        for path, text in texts.items()
    }


def _is_content(name: str) -> bool:
    return CONTENT_PATH.fullmatch(name) is not None


def _is_of(name: str, course_id: str | None) -> bool:
    parts = PurePosixPath(name).parts
    return course_id is None or (len(parts) > 2 and parts[1] == course_id)
