"""The blueprint of the trainers' desk; its views are in the modules beside it."""

from flask import Blueprint

bp = Blueprint("desk", __name__, url_prefix="/desk")
