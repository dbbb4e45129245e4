"""Pages hold nothing that the Content-Security-Policy would have to make an exception for."""

import re

from tests.house import plan

PAGES = sorted(
    one for one in plan.kept_files() if "templates" in one.parts and one.suffix == ".html"
)
# What search engines read (JSON-LD) runs nowhere; `tojson` keeps it from ending early.
FORBIDDEN = {
    "a handler in an attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style in an attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
    "a script without a nonce": re.compile(
        r"<script\b(?![^>]*ld\+json|[^>]*\bnonce=)", re.IGNORECASE
    ),
    "a script in the page": re.compile(
        r"<script\b(?![^>]*ld\+json)[^>]*>(?!</script>)", re.IGNORECASE
    ),
    "something from another site": re.compile(r"""(?:src|srcset)\s*=\s*["'](?:https?:)?//"""),
    "escaping switched off": re.compile(r"\{%-?\s*autoescape\s+false|\|\s*safe\b(?!.*\{#)"),
}
APART = {
    # The demonstration's mailbox, a server of its own with a policy of its own.
    "app/demonstration/mailbox/templates/mailbox.html": "an inline style sheet",
}


def test_no_page_needs_an_exception():
    found = {
        f"{path.relative_to(plan.ROOT).as_posix()}: {what}"
        for path in PAGES
        for what, pattern in FORBIDDEN.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    assert found == {f"{page}: {what}" for page, what in APART.items()}
    assert len(PAGES) > 50


def test_our_scripts_build_no_page_from_text():
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    )
    # Leaflet's few remaining ones are in controls that we do not use; the policy stops them.
    ours = [
        one
        for one in plan.kept_files()
        if one.suffix == ".js" and not {"nhsuk", "leaflet"} & set(one.parts)
    ]
    guilty = [one.name for one in ours if "static" in one.parts and sinks.search(one.read_text())]
    assert guilty == []
