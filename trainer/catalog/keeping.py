"""Keeps what was read of the catalog, so that the next start reads only what has changed since.

It lies beside the compiled code and is trusted as that is: whoever may write there may change the program itself. The
data folder would be the wrong place, as it comes back from backups, and a pickle runs what is written in it.
"""

import hashlib
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path

from trainer.catalog.catalog import Shelf, load_catalog
from trainer.domain import content as domain_content
from trainer.domain.content import Content

DIGEST = hashlib.sha256().digest_size
_CATALOG = Path(__file__).resolve().parent
_DOMAIN = Path(str(domain_content.__file__)).resolve().parents[1]


def load_shipped(root: Path) -> tuple[Content, Shelf]:
    """What `load_catalog` says, and raises, of the files of `root`, with the shelf that its courses stand on.

    A course that is taken from the last start was checked then, by the same code; what concerns several courses is
    checked each time. Nothing is kept of a broken catalog.
    """
    path, maker = kept_at(root), made_by()
    shelf = _taken(path, maker)
    before = shelf.stamps()
    content = load_catalog(root, shelf=shelf)
    if shelf.stamps() != before:
        _keep(path, maker, shelf)
    return content, shelf


def kept_at(root: Path) -> Path:
    return root / "__pycache__" / f"catalog.{sys.implementation.cache_tag}.kept"


def made_by(code: tuple[Path, ...] = (_CATALOG, _DOMAIN)) -> bytes:
    """Changes with the code that reads and checks, with Python and with any package that is installed."""
    found = hashlib.sha256(f"{sys.version}\0{sys.flags.optimize}".encode())
    for name in sorted({info.name for folder in sys.path for info in Path(folder).glob("*.dist-info")}):
        found.update(f"\0{name}".encode())
    for folder in code:
        for file in sorted(folder.rglob("*.py")):
            text = file.read_bytes()
            found.update(f"\0{file.relative_to(folder)}\0{len(text)}\0".encode())
            found.update(text)
    return found.digest()


def _taken(path: Path, maker: bytes) -> Shelf:
    """An empty shelf where nothing is kept, or where it is damaged or made by other code."""
    try:
        kept = path.read_bytes()
    except OSError:
        return Shelf()
    digest, data = kept[:DIGEST], kept[DIGEST:]
    if digest != hashlib.sha256(maker + data).digest():
        return Shelf()
    shelf: Shelf = pickle.loads(data)  # noqa: S301 - ours, whole, and as much to be trusted as the code beside it
    return shelf


def _keep(path: Path, maker: bytes, shelf: Shelf) -> None:
    """Where the folder cannot be written, the next start reads all again."""
    data = pickle.dumps(shelf, pickle.HIGHEST_PROTOCOL)
    new = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        new.write_bytes(hashlib.sha256(maker + data).digest() + data)
        new.replace(path)
