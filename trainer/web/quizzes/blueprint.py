"""The blueprint of quizzes; its views are in the modules beside it."""

from flask import Blueprint

bp = Blueprint("quizzes", __name__)
