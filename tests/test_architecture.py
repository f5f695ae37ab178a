"""Who may import whom, and which words have one home: the rules of the house, held against its code."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app import ROOT

LAYERS: tuple[tuple[str, ...], ...] = (
    ("app",),
    ("trainer.cli", "trainer.web", "trainer.jobs"),
    ("trainer.demo",),
    (
        "trainer.accounts",
        "trainer.learning",
        "trainer.engagements",
        "trainer.partners",
        "trainer.reporting",
        "trainer.calibration",
        "trainer.authoring",
    ),
    ("trainer.parts",),
    ("trainer.voices",),
    (
        "trainer.company",
        "trainer.library",
        "trainer.terms",
        "trainer.versions",
        "trainer.pace",
        "trainer.kept_quizzes",
        "trainer.decks",
        "trainer.recordings",
        "trainer.takes",
        "trainer.workspace",
        "trainer.links",
        "trainer.naming",
        "trainer.mail",
        "trainer.mail_choices",
        "trainer.migrations",
    ),
    (
        "trainer.models",
        "trainer.catalog",
        "trainer.speech",
        "trainer.interchange",
        "trainer.paper",
        "trainer.database",
        "trainer.settings",
        "trainer.tokens",
        "trainer.wording",
    ),
    ("trainer.domain",),
)
"""From the door inwards: an import points to a later row only. Those of one row never import each other."""
PURE_LIBRARIES = {"numpy", "fsrs", "rapidfuzz", "holidays", "babel", "hijridate"}
"""What the domain may import beside the standard library."""
OF_THE_WEB = {"flask", "wtforms", "flask_wtf", "flask_login", "limits", "flask_compress", "werkzeug", "secure"}
WEB_HOMES = ("trainer.web", "trainer.cli", "app")
WITHOUT_SQLALCHEMY = (
    "trainer.domain",
    "trainer.catalog",
    "trainer.speech",
    "trainer.interchange",
    "trainer.paper",
    "trainer.mail",
)
BLUEPRINT_LIST = "trainer.web.blueprints"
USE_CASES = LAYERS[3]
WORD_HOMES: dict[str, tuple[str, ...]] = {
    "select": (
        *USE_CASES,
        "trainer.company",
        "trainer.library",
        "trainer.terms",
        "trainer.versions",
        "trainer.pace",
        "trainer.kept_quizzes",
        "trainer.decks",
        "trainer.recordings",
        "trainer.workspace",
        "trainer.links",
        "trainer.naming",
        "trainer.mail_choices",
    ),
    "commit": ("trainer.web", "trainer.cli", "trainer.jobs"),
    "now": ("trainer.web", "trainer.cli", "trainer.jobs"),
    "environ": ("app",),
}
"""`.commit(` is at home in trainer/web/__init__.py only, not in all of the folder."""


class Module(NamedTuple):
    name: str
    path: str
    is_package: bool
    tree: ast.Module

    def is_in(self, *homes: str) -> bool:
        return any(self.name == home or self.name.startswith(f"{home}.") for home in homes)


class Import(NamedTuple):
    """One name that is imported, in full: `trainer.domain.content.Item`."""

    name: str
    line: int

    def is_of(self, *packages: str) -> bool:
        return any(self.name == package or self.name.startswith(f"{package}.") for package in packages)


def violations(root: Path) -> list[str]:
    """Every breach of the rules in `app.py` and `trainer/` below a folder, as path:line: message."""
    modules = list(read_modules(root))
    blueprints = {home_of(module) for module in modules if is_blueprint(module)}
    found = []
    for module in modules:
        for line, message in (
            *layer_breaches(module),
            *blueprint_breaches(module, blueprints),
            *library_breaches(module),
            *word_breaches(module),
            *hidden_imports(module),
        ):
            found.append(f"{module.path}:{line}: {message}")
    return found


def read_modules(root: Path) -> Iterator[Module]:
    for path in sorted([*root.glob("app.py"), *root.glob("trainer/**/*.py")]):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        yield Module(name, str(path.relative_to(root)), is_package, ast.parse(path.read_text(encoding="utf-8")))


def imports_of(module: Module) -> Iterator[Import]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.name.split(".")
                above = parts[: len(parts) - node.level + module.is_package]
                base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (Import(f"{base}.{alias.name}", node.lineno) for alias in node.names)


def layer_of(name: str) -> tuple[int, str] | None:
    """Number of the row and the member of it that a module or an import belongs to."""
    for number, members in enumerate(LAYERS):
        for member in members:
            if name == member or name.startswith(f"{member}."):
                return number, member
    return None


def layer_breaches(module: Module) -> Iterator[tuple[int, str]]:
    own = layer_of(module.name)
    if own is None:
        if module.name != "trainer":
            yield 1, f"{module.name} belongs to no layer"
        return
    for each in imports_of(module):
        target = layer_of(each.name)
        if target is None or target[1] == own[1]:
            continue
        if target[0] == own[0]:
            yield each.line, f"{own[1]} imports its sibling {target[1]}"
        elif target[0] < own[0]:
            yield each.line, f"{own[1]} imports {target[1]}, which stands above it"


def is_blueprint(module: Module) -> bool:
    """Whether the module makes a blueprint at its top."""
    return any(
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "Blueprint"
        for node in module.tree.body
    )


def home_of(module: Module) -> str:
    """The module or package in `trainer.web` that a module is, or is a part of: a blueprint may be a package."""
    return ".".join(module.name.split(".")[:3])


def blueprint_breaches(module: Module, blueprints: set[str]) -> Iterator[tuple[int, str]]:
    home = home_of(module)
    if home not in blueprints:
        return
    for each in imports_of(module):
        if each.is_of(*(blueprints - {home}), BLUEPRINT_LIST):
            yield each.line, f"blueprint {home} imports blueprint {each.name}"


def library_breaches(module: Module) -> Iterator[tuple[int, str]]:
    for each in imports_of(module):
        package = each.name.split(".")[0]
        is_pure = package in sys.stdlib_module_names or package in PURE_LIBRARIES or each.is_of("trainer.domain")
        if module.is_in("trainer.domain") and not is_pure:
            yield each.line, f"the domain imports {package}"
        elif package in OF_THE_WEB and not module.is_in(*WEB_HOMES):
            yield each.line, f"{package} outside of {', '.join(WEB_HOMES)}"
        elif package == "sqlalchemy" and module.is_in(*WITHOUT_SQLALCHEMY):
            yield each.line, f"sqlalchemy in {module.name}"


def word_breaches(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        word = word_of(node)
        if word is None:
            continue
        is_home = module.is_in(*WORD_HOMES[word])
        if word == "commit" and module.is_in("trainer.web"):
            is_home = module.name == "trainer.web"
        if not is_home:
            yield getattr(node, "lineno", 1), f"{word} is not at home in {module.name}"


def word_of(node: ast.AST) -> str | None:
    """The word with one home that is used here."""
    match node:
        case ast.Call(func=ast.Name(id="select") | ast.Attribute(attr="select")):
            return "select"
        case ast.Call(func=ast.Attribute(attr="commit")):
            return "commit"
        case ast.Attribute(value=ast.Name(id="datetime" | "date"), attr="now" | "utcnow" | "today"):
            return "now"
        case ast.Attribute(value=ast.Attribute(attr="datetime" | "date"), attr="now" | "utcnow" | "today"):
            return "now"
        case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "getenv" | "putenv"):
            return "environ"
        case ast.ImportFrom(module="os", names=names) if {alias.name for alias in names} & {"environ", "getenv"}:
            return "environ"
    return None


def hidden_imports(module: Module) -> Iterator[tuple[int, str]]:
    for function in ast.walk(module.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node.lineno, f"import inside {function.name}"


def test_the_code_keeps_the_rules_of_the_house() -> None:
    assert violations(ROOT) == []


PLANTED = {
    "upwards": ("trainer/models.py", "from trainer.reporting import x", "models imports trainer.reporting, which"),
    "upwards, the package": ("trainer/accounts.py", "from trainer import web", "accounts imports trainer.web, which"),
    "the wiring": ("trainer/web/people.py", "from app import create_app", "web imports app, which"),
    "use case to web": ("trainer/learning.py", "import trainer.web.home", "learning imports trainer.web, which"),
    "relative": ("trainer/catalog/prose.py", "from ..web.learn import y", "catalog imports trainer.web, which"),
    "siblings on top": ("trainer/cli.py", "from trainer.web import Services", "cli imports its sibling trainer.web"),
    "use cases": ("trainer/reporting.py", "from trainer import learning", "imports its sibling trainer.learning"),
    "siblings below": ("trainer/speech/engines.py", "import trainer.models", "imports its sibling trainer.models"),
    "blueprints": ("trainer/web/learn.py", "from trainer.web.home import x", "imports blueprint trainer.web.home"),
    "blueprint, relative": ("trainer/web/learn.py", "from . import home", "imports blueprint trainer.web.home"),
    "the list": ("trainer/web/learn.py", "from trainer.web.blueprints import BLUEPRINTS", "imports blueprint"),
    "domain and database": ("trainer/domain/mastery.py", "import sqlalchemy", "the domain imports sqlalchemy"),
    "domain and yaml": ("trainer/domain/content.py", "from yaml import safe_load", "the domain imports yaml"),
    "domain and flask": ("trainer/domain/access.py", "from flask import g", "the domain imports flask"),
    "flask": ("trainer/accounts.py", "from flask import request", "flask outside of"),
    "forms": ("trainer/engagements.py", "import wtforms.validators", "wtforms outside of"),
    "flask's helpers": ("trainer/speech/online.py", "from werkzeug import exceptions", "werkzeug outside of"),
    "tables in content": ("trainer/catalog/lessons.py", "from sqlalchemy import select", "sqlalchemy in"),
    "a query in a view": ("trainer/web/learn.py", "rows = select(Lesson)", "not at home in trainer.web.learn"),
    "a qualified query": ("trainer/models.py", "rows = sa.select(Lesson)", "select is not at home in trainer.models"),
    "a commit in a use case": ("trainer/learning.py", "session.commit()", "commit is not at home in trainer.learning"),
    "a commit in a view": ("trainer/web/people.py", "db().commit()", "commit is not at home in trainer.web.people"),
    "a clock": ("trainer/accounts.py", "at = datetime.now(UTC)", "now is not at home in trainer.accounts"),
    "another clock": ("trainer/domain/review.py", "at = datetime.datetime.utcnow()", "now is not at home"),
    "a clock handed on": ("trainer/speech/cache.py", "clock = datetime.now", "now is not at home"),
    "the environment": ("trainer/settings.py", "home = os.environ['HOME']", "not at home in trainer.settings"),
    "the environment, named": ("trainer/cli.py", "from os import getenv", "environ is not at home in trainer.cli"),
    "a hidden import": ("trainer/web/learn.py", "def view():\n    import json", "import inside view"),
    "a nowhere module": ("trainer/helpers.py", "x = 1", "trainer.helpers belongs to no layer"),
}


@pytest.mark.parametrize(("path", "code", "message"), PLANTED.values(), ids=PLANTED)
def test_a_breach_is_found(path: str, code: str, message: str, tmp_path: Path) -> None:
    plant(tmp_path, "trainer/web/home.py", "bp = Blueprint('home', __name__)")
    if path.startswith("trainer/web/"):
        code = f"bp = Blueprint('own', __name__)\n{code}"
    plant(tmp_path, path, code)

    (found,) = violations(tmp_path)

    assert found.startswith(f"{path}:")
    assert message in found


def test_each_part_of_a_blueprint_that_is_a_package_is_held_to_its_rule(tmp_path: Path) -> None:
    plant(tmp_path, "trainer/web/home.py", "bp = Blueprint('home', __name__)")
    plant(tmp_path, "trainer/web/people/blueprint.py", "bp = Blueprint('people', __name__)")
    plant(
        tmp_path, "trainer/web/people/teams.py", "from trainer.web.people.blueprint import bp\nimport trainer.web.home"
    )

    assert violations(tmp_path) == [
        "trainer/web/people/teams.py:2: blueprint trainer.web.people imports blueprint trainer.web.home"
    ]


FINE = {
    "domain and numpy": ("trainer/domain/mastery.py", "import numpy as np\nfrom trainer.domain.content import Item"),
    "downwards": ("trainer/reporting.py", "from trainer.models import User\nrows = select(User)"),
    "a layer is skipped": ("trainer/web/home.py", "from trainer.domain.access import Action"),
    "the one commit": ("trainer/web/__init__.py", "session.commit()"),
    "the list of blueprints": ("trainer/web/blueprints.py", "from trainer.web import home"),
    "the clock of requests": ("trainer/web/__init__.py", "at = datetime.now(UTC)"),
    "the wiring": ("app.py", "from trainer import cli\nfrom trainer.web import init_web\nenv = os.environ"),
}


@pytest.mark.parametrize(("path", "code"), FINE.values(), ids=FINE)
def test_what_the_rules_allow_is_left_alone(path: str, code: str, tmp_path: Path) -> None:
    plant(tmp_path, "trainer/__init__.py", '"""The house."""')
    plant(tmp_path, path, code)

    assert violations(tmp_path) == []


def test_every_blueprint_is_on_the_one_list() -> None:
    modules = {module.name: module for module in read_modules(ROOT)}
    listed = {each.name for each in imports_of(modules[BLUEPRINT_LIST])}

    assert {home_of(module) for module in modules.values() if is_blueprint(module)} <= listed


def plant(root: Path, path: str, code: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(code, encoding="utf-8")
