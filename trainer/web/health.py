"""Whether the process answers, and whether it could serve a page."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from trainer.domain.access import Action
from trainer.migrations.schema import is_current
from trainer.web import authorize, reading, services

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def show_health() -> ResponseReturnValue:
    authorize(Action.VISIT)
    return {"status": "ok"}


@bp.get("/readyz")
def show_readiness() -> ResponseReturnValue:
    """503 while the database is away or its migrations are not at their head."""
    authorize(Action.VISIT)
    reading().execute(text("SELECT 1"))
    is_ready = is_current(services().database.reader)
    return {"status": "ready" if is_ready else "migrate the database"}, 200 if is_ready else 503
