"""Finding a service: open to everybody, without signing in and without a script."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.ui.doors import public
from app.ui.pages import page
from directory.blueprint import bp
from directory.forms.search import SearchForm
from directory.queries import needs
from directory.queries.postcode import outward_code
from directory.queries.search import Page, search

ASKED = ("words", "need", "area", "age")


@bp.get("")
@public
def find() -> ResponseReturnValue:
    """Ask what is looked for; under it, what was found."""
    form = SearchForm(request.args)
    outward = outward_code(form.area.data or "")
    if outward and outward != form.area.data:
        # A whole postcode says where a few homes are: it does not stay in the address.
        return redirect(url_for(".find", **_asked(form) | {"area": outward}))
    with transaction(NOBODY):
        groups = needs.groups()
        form.offer(groups)
        found = _found(form) if form.validate() else None
        following = found and found.next and url_for(".find", **_asked(form), after=found.next)
        return page(
            "directory/find.html",
            form=form,
            groups=groups,
            found=found,
            searched=bool(_asked(form)),
            following=following,
        )


def _asked(form: SearchForm) -> dict[str, Any]:
    return {name: str(form[name].data) for name in ASKED if form[name].data not in (None, "")}


def _found(form: SearchForm) -> Page:
    chosen = needs.with_codes([form.need.data]) if form.need.data else []
    return search(
        form.words.data or "",
        term_ids=[term.id for term in chosen],
        near=form.area.data or "",
        age=form.age.data,
        after=request.args.get("after", ""),
    )
