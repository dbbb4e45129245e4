"""What the house does without, and where it does what is dangerous."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import plan

MODULES = [one for one in plan.modules() if not one[0].startswith("app.demonstration")]
SCRIPTS = [
    one
    for one in plan.kept_files()
    if one.suffix == ".js" and "static" in one.parts and not {"nhsuk", "leaflet"} & set(one.parts)
]
IN_SCRIPTS = {
    "keeps something in the browser": (
        r"(local|session)Storage|indexedDB|\.cookie\b|\bcaches\b|serviceWorker"
    ),
    "listens to other windows": r"postMessage|[\"']message[\"']",
    "sets what a name from outside says": (
        r"\]\s*=[^=]|__proto__|\.prototype\b|Object\.(assign|define|set)"
    ),
}
READERS = {"pickle", "marshal", "shelve", "dill", "xml", "lxml", "yaml"}
STARTERS = {
    # The embedded server and the tools for backups; vendoring is for whoever updates the look.
    *("app.core.embedded_postgres", "app.core.postgres_account", "app.core.postgres_tools"),
    "app.ui.vendor",
}
CRYPTOGRAPHY = {
    *("cryptography", "joserfc", "authlib", "argon2", "itsdangerous"),
    *("hashlib", "hmac", "secrets", "ssl"),
}
INVENTORY = plan.ROOT / ".github" / "SECURITY.md"


def test_our_scripts_do_without():
    assert len(SCRIPTS) >= 3
    found = [
        f"{path.name} {what}"
        for path in SCRIPTS
        for what, pattern in IN_SCRIPTS.items()
        if re.search(pattern, path.read_text(encoding="utf-8"))
    ]
    assert found == []


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in plan.imports(path)}


def test_nothing_is_read_by_what_can_be_made_to_run():
    assert [one for one, path in MODULES if READERS & roots(path)] == []


def test_only_these_start_programs_and_none_through_a_shell():
    assert {one for one, path in MODULES if "subprocess" in roots(path)} == STARTERS
    shell = re.compile(r"shell\s*=|os\.(system|popen)|create_subprocess")
    assert [one for one, path in MODULES if shell.search(path.read_text())] == []


def test_no_template_is_made_of_text():
    made = re.compile(r"render_template_string|from_string\(|\bTemplate\(")
    assert [one for one, path in MODULES if made.search(path.read_text())] == []


def test_no_migration_makes_an_account():
    account = re.compile(r"insert\s+into\s+(public\.)?(app_user|membership)\b", re.IGNORECASE)
    written = [one for one in plan.kept_files() if one.parent.name == "versions"]
    assert len(written) > 40
    assert [one.name for one in written if account.search(one.read_text())] == []


def test_a_field_is_read_from_the_address_or_from_the_form_never_from_either():
    either = re.compile(r"request\.values|\.populate_obj\(|\*\*request\.")
    assert [one for one, path in MODULES if either.search(path.read_text())] == []


def calls(path: Path, of: str) -> Iterator[ast.Call]:
    """Calls such as `re.compile(…)`."""
    for node in ast.walk(plan.tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == of:
                yield node


def is_fixed(pattern: ast.expr) -> bool:
    """Whether it is made of literals and constants only."""
    inside = list(ast.walk(pattern))
    names = [one.id for one in inside if isinstance(one, ast.Name)]
    return all(one.isupper() for one in names) and not any(
        isinstance(one, ast.Call) for one in inside
    )


def test_every_pattern_is_ours():
    made = [(one, call) for one, path in MODULES for call in calls(path, "re") if call.args]
    assert len(made) > 20
    assert [f"{one}:{call.lineno}" for one, call in made if not is_fixed(call.args[0])] == []


def test_every_secret_has_at_least_128_bits():
    """But for references that are read out, which open nothing: `token_hex(4)`."""
    short = {}
    for one, path in MODULES:
        for call in calls(path, "secrets"):
            if call.func.attr.startswith("token_"):
                size = call.args[0].value if call.args else 32
                if size < 16:
                    short.setdefault(one, []).append(ast.unparse(call))
    assert short == {
        "app.core.integrity.check": ["secrets.token_hex(4)"],
        "app.core.sealing.damage": ["secrets.token_hex(4)"],
    }


def users() -> set[str]:
    """Every file that uses cryptography, by its path."""
    return {
        path.relative_to(plan.ROOT).as_posix()
        for _dotted, path in MODULES
        if CRYPTOGRAPHY & roots(path) or "os.urandom" in path.read_text()
    }


def test_every_use_of_cryptography_is_in_the_inventory():
    text = INVENTORY.read_text(encoding="utf-8").partition("## Keys and algorithms")[2]
    rows = [line for line in text.partition("## Logs")[0].splitlines() if line.startswith("| ")]
    named = {
        one for row in rows for one in re.findall(r"`((?:app|directory|referrals)/[^`]*)`", row)
    }
    assert [one for one in sorted(users()) if not one.startswith(tuple(named))] == []
    assert [one for one in named if not any(use.startswith(one) for use in users())] == []


PRIMITIVES = {
    "cryptography.exceptions": {"InvalidSignature", "InvalidTag"},
    "cryptography.hazmat.primitives": {"hashes"},
    "cryptography.hazmat.primitives.asymmetric.ed25519": {"Ed25519PrivateKey", "Ed25519PublicKey"},
    "cryptography.hazmat.primitives.ciphers.aead": {"AESGCM"},
    "cryptography.hazmat.primitives.kdf.hkdf": {"HKDF"},
}
HASHES = re.compile(r"\b(?:hashlib\.|hashes\.(?=[A-Z]))(\w+)")


def test_only_approved_ciphers_modes_signatures_and_hashes_are_used():
    used: dict[str, set[str]] = {}
    for _dotted, path in MODULES:
        for name in plan.imports(path):
            package, _, one = name.rpartition(".")
            if package.startswith("cryptography."):
                used.setdefault(package, set()).add(one)
    assert used == PRIMITIVES
    found = {(one, dotted) for dotted, path in MODULES for one in HASHES.findall(path.read_text())}
    # A provider's own algorithm says which of SHA-256, 384 and 512 its `at_hash` is made with.
    assert {one for one in found if one[0].lower() != "sha256"} == {
        ("new", "app.identity.oidc.claims")
    }
