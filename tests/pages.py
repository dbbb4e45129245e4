"""What every page must be: valid, labelled, free of axe's complaints, good at three widths."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from playwright.sync_api import Error

ROOT = Path(__file__).parents[1]
SETTLED = "new Promise(done => setTimeout(done, 200))"
WIDTHS = (375, 820, 1280)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
NEEDS_NO_LABEL = ("hidden", "submit", "button", "reset", "image")
PICTURES = ROOT / "var" / "screenshots"


def assert_valid(html: str) -> Element:
    """Fail unless the page parses without a mistake and is labelled; returns its tree."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    mistakes = [f"line {line}: {what} {more}" for (line, _), what, more in parser.errors]
    assert not mistakes, mistakes
    assert (tree.findtext(".//title") or "").strip(" –"), "The page has no title"
    assert tree.get("lang"), "The page does not say its language"
    headings = [one for one in tree.iter() if one.tag == "h1"]
    assert len(headings) == 1, f"The page has {len(headings)} h1"
    _assert_ids(tree)
    _assert_labels(tree)
    _assert_nothing_inline(tree)
    return tree


def _assert_ids(tree: Element) -> None:
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids)), f"Twice: {sorted(one for one in ids if ids.count(one) > 1)}"
    for one in tree.iter():
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            missing = set((one.get(name) or "").split()) - set(ids)
            assert not missing, f"{one.tag} {name} names what is not there: {missing}"


def _assert_labels(tree: Element) -> None:
    labelled = {one.get("for") for one in tree.iter("label") if "".join(one.itertext()).strip()}
    for kind in ("input", "select", "textarea"):
        for one in tree.iter(kind):
            if one.get("type") not in NEEDS_NO_LABEL:
                named = one.get("id") in labelled or one.get("aria-label")
                assert named, f"No label: {kind} {one.get('name')}"
    for kind in ("a", "button"):
        for one in tree.iter(kind):
            named = "".join(one.itertext()).strip() or one.get("aria-label")
            assert named, f"No words in {kind} {one.attrib}"


def _assert_nothing_inline(tree: Element) -> None:
    for one in tree.iter():
        inline = [name for name in one.attrib if name.startswith("on") or name == "style"]
        assert not inline, f"{one.tag} has {inline}, which the content policy stops"
        is_data = one.get("type") == "application/ld+json"
        bare = one.tag == "script" and not one.get("src") and not is_data
        assert not bare, "An inline script, which the content policy stops"


@cache
def _axe_source() -> str:
    return (ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Any, ignore: tuple[str, ...] = ()) -> None:
    """Fail unless axe finds nothing against WCAG 2.2 level AA on a Playwright page."""
    if not page.evaluate("'axe' in window"):
        _put_in(page, _axe_source())
    options = {
        "runOnly": {"type": "tag", "values": list(RULES)},
        "resultTypes": ["violations"],
        "rules": {name: {"enabled": False} for name in ignore},
    }
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    said = [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found]
    assert not said, said


def _put_in(page: Any, script: str) -> None:
    """Run a script in the page, or in the one that a form still on its way leads to."""
    try:
        page.evaluate(script)
    except Error as error:
        if "navigation" not in error.message:
            raise
        page.wait_for_load_state()
        page.evaluate(script)


def look(page: Any, name: str, *each: Callable[[Any], None]) -> None:
    """Fail where the page scrolls sideways, or where one of `each` does at one of the widths.

    TRELLIS_PICTURES=1 keeps var/screenshots.
    """
    PICTURES.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)  # the header folds its menu after a resize
        if os.environ.get("TRELLIS_PICTURES"):
            page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} pixels wide on a screen of {width}"
        for one in each:
            one(page)
    if before:
        page.set_viewport_size(before)
