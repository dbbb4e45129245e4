"""The plan of the house: which storey stands on which, and what belongs on a floor."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TREES = ("app", "referrals", "directory", "config", "migrations")

# From the roof down. A module may import from its own storey and from those below it.
STOREYS: tuple[tuple[str, ...], ...] = (
    (
        *("app.cli", "app.key_commands", "app.audit_commands", "app.directory_commands"),
        *("app.operator_commands", "app.backup_commands", "app.reference_commands"),
        *("app.published_policy",),
    ),
    ("app.worker",),
    ("app.factory",),
    ("app.demonstration",),
    ("app.web",),
    ("referrals.retention",),
    ("referrals.report",),
    ("referrals.oversight",),
    ("referrals.emergency",),
    ("referrals.safeguarding",),
    ("referrals.finish",),
    ("referrals.inbox",),
    ("referrals.onward",),
    ("referrals.caseload",),
    ("referrals.triage",),
    ("referrals.refer",),
    ("referrals.record",),
    ("directory.sources",),
    ("directory.sharing",),
    ("directory.open_referral",),
    (
        "directory",
        "directory.finding",
        "directory.freshness",
        "directory.curation",
        "directory.standing",
    ),
    ("app.identity",),
    ("app.ui",),
    ("app.access",),
    ("app.core",),
    ("config",),
    ("migrations",),
)
# Rooms of the directory that have floors of their own.
WINGS = (
    *(["finding"], ["open_referral"], ["sharing"], ["sources"]),
    *(["freshness"], ["curation"], ["standing"]),
)
FLOORS = (
    "views",
    "blueprint",
    "forms",
    "schemas",
    "actions",
    "notices",
    "queries",
    "policy",
    "models",
)
HTTP = {"flask", "flask_wtf", "flask_login", "wtforms", "marshmallow", "werkzeug", "markupsafe"}
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "services",
    "misc",
}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the building with its dotted name."""
    for tree in TREES:
        for path in sorted((ROOT / tree).rglob("*.py")):
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield dotted.removesuffix(".__init__"), path


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """The module's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@functools.cache
def imports(path: Path) -> tuple[str, ...]:
    """The dotted names a module imports, one for each name taken out of a package."""
    found: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{one.name}" for one in node.names]
    return tuple(found)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods included."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def kept_files() -> list[Path]:
    """Every file that is handed on with the project."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / one for one in listed.stdout.splitlines() if (ROOT / one).is_file()]


def storey(dotted: str) -> int | None:
    """How far from the roof a module stands; None when it is not in a named room."""
    for number, rooms in enumerate(STOREYS):
        if any(dotted == room or dotted.startswith(f"{room}.") for room in rooms):
            return number
    return None


def room_of(dotted: str) -> str:
    """The room a module belongs to, such as `referrals.onward`."""
    parts = dotted.split(".")
    has_rooms = parts[0] in {"referrals", "app"} or parts[1:2] in WINGS
    depth = 2 if has_rooms else 1
    return ".".join(parts[:depth])


def floor_of(dotted: str) -> int | None:
    """Which floor of its room a module is on; None when it is on none."""
    rest = dotted.removeprefix(room_of(dotted)).strip(".").split(".")
    return FLOORS.index(rest[0]) if rest[0] in FLOORS else None
