"""Only a path of ours is ever followed."""

import pytest

from app.identity.views.onward import own_page


@pytest.mark.parametrize("asked", ["/", "/caseload", "/caseload?page=2", "/a/b?c=/d&e=%2F%2Ff"])
def test_a_path_of_ours_is_followed(asked):
    assert own_page(asked) == asked


@pytest.mark.parametrize(
    "asked",
    [
        None,
        "",
        "caseload",
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/a\\b",
        "\\/example.org",
        "/a\r\nSet-Cookie: b=c",
        "/a\tb",
        " /a",
        "/é",
        "javascript:alert(1)",
        "/sign-in?next=/sign-in",
        "/sign-out",
        "/" + "a" * 2000,
    ],
)
def test_anything_else_leads_to_the_first_page(asked):
    assert own_page(asked) == "/"
