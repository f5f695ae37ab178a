"""Files of the application itself: its own css and js, and Bootstrap and htmx out of their Python packages."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, url_for

from trainer.web import public_file
from trainer.web.security import YEAR

bp = Blueprint("assets", __name__, url_prefix="/assets")

PACKAGED = {
    "bootstrap.css": ("bootstrap", "bootstrap-wrapper", "css/bootstrap.min.css"),
    "bootstrap.rtl.css": ("bootstrap", "bootstrap-wrapper", "css/bootstrap.rtl.min.css"),
    "htmx.js": ("django_htmx", "django-htmx", "htmx-2.min.js"),
}
"""Logical name to package, distribution and the end of the file's path in it."""


@bp.get("/<tag>/<name>")
@public_file
def show_asset(tag: str, name: str) -> Response:
    """One file, for ever: `tag` changes with its content, so it is not read."""
    path = find_asset(name)
    if path is None:
        abort(404)
    response = Response(path.read_bytes(), mimetype=guess_type(name)[0])
    response.set_etag(asset_tag(name))
    response.cache_control.max_age = YEAR
    response.cache_control.public = True
    response.cache_control.immutable = True
    response.make_conditional(request)
    return response


@cache
def find_asset(name: str) -> Path | None:
    """Where a file is, or None for a name that is not on the list."""
    own = Path(__file__).resolve().parents[1] / "static"
    if name in PACKAGED:
        package, _, ending = PACKAGED[name]
        spec = find_spec(package)
        folders = list(spec.submodule_search_locations or []) if spec else []
        return next((path for folder in folders for path in Path(folder).rglob(ending.split("/")[-1])), None)
    return next((path for path in own.iterdir() if path.name == name), None)


@cache
def asset_tag(name: str) -> str:
    path = find_asset(name)
    if path is None:
        raise LookupError(f"there is no asset {name!r}: run python3 dev.py setup")
    if name in PACKAGED:
        return version(PACKAGED[name][1])
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset_url(name: str) -> str:
    """The address of an asset with the tag of its content; made once."""
    urls: dict[str, str] = current_app.extensions.setdefault("entente_assets", {})
    if name not in urls:
        urls[name] = url_for("assets.show_asset", tag=asset_tag(name), name=name)
    return urls[name]
