"""What a file may be called, how long it may be, and where HTTP may appear."""

import ast
import re

from tests.house import plan

MODULES = list(plan.modules())
HTTP_ROOMS = ("app.ui", "app.web", "app.identity", "app.factory", "app.cli", "app.demonstration")
HTTP_FLOORS = {"views", "blueprint", "forms", "schemas"}
FILE_LINES, FUNCTION_LINES = 200, 30


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function has, its docstring apart."""
    first = function.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if told else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_no_file_reaches_200_lines():
    long = [one for one, path in MODULES if len(path.read_text().splitlines()) >= FILE_LINES]
    assert long == []


def test_no_function_exceeds_30_lines():
    long = [
        f"{dotted}.{function.name}: {lines_of(function)}"
        for dotted, path in MODULES
        for function in plan.functions(path)
        if lines_of(function) > FUNCTION_LINES
    ]
    assert long == []


def test_a_file_is_named_after_what_it_is():
    assert [one for one, _ in MODULES if plan.FORBIDDEN_NAMES & set(one.split("."))] == []


def test_imports_are_absolute_and_stand_at_the_top():
    relative = [
        dotted
        for dotted, path in MODULES
        for node in ast.walk(plan.tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    hidden = [
        f"{dotted}.{function.name}"
        for dotted, path in MODULES
        for function in plan.functions(path)
        if any(isinstance(one, ast.Import | ast.ImportFrom) for one in ast.walk(function))
    ]
    assert (relative, hidden) == ([], [])


def test_http_stays_on_the_floors_that_speak_it():
    speaking = []
    for dotted, path in MODULES:
        floor = dotted.removeprefix(plan.room_of(dotted)).strip(".").split(".")[0]
        allowed = dotted.startswith((*HTTP_ROOMS, "config")) or floor in HTTP_FLOORS
        packages = {name.split(".")[0] for name in plan.imports(path)}
        if not allowed and packages & plan.HTTP:
            speaking.append(dotted)
    assert speaking == []


def test_every_module_says_what_it_is():
    silent = [
        dotted
        for dotted, path in MODULES
        if path.read_text().strip() and not ast.get_docstring(plan.tree_of(path))
    ]
    assert silent == []


def test_migrations_never_import_the_application():
    trees = {"app", "referrals", "directory", "config"}
    guilty = [
        dotted
        for dotted, path in MODULES
        if dotted.startswith("migrations")
        and trees & {name.split(".")[0] for name in plan.imports(path)}
    ]
    assert guilty == []


def test_no_file_names_a_machine_or_a_registry():
    hosts = re.compile("pypi" + r"\.org|npm" + r"js\.org|python" + "hosted|/work" + "/main")
    guilty = [
        path
        for path in plan.kept_files()
        if hosts.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert guilty == []
