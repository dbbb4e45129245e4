"""Finding a service: open to everybody, without signing in and without a script."""

from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.ui import outside
from app.ui.doors import public, searching
from app.ui.pages import page
from directory.blueprint import bp
from directory.finding.forms.search import SearchForm
from directory.finding.queries import choices
from directory.finding.queries.answer import Answer, answer
from directory.finding.queries.narrowing import Wanted
from directory.finding.queries.search import wanted_by
from directory.queries import needs, postcode


@bp.get("")
@public
@searching
def find() -> ResponseReturnValue:
    """Ask what is looked for; under it, what was found."""
    form = SearchForm(request.args)
    with transaction(NOBODY):
        groups = needs.groups()
        form.offer(groups)
        cut = cut_short(form)
        if cut:
            return redirect(url_for(".find", **asked(form) | {"area": cut}))
        found = _found(form) if form.validate() else None
        if found:
            form.number(found, groups)
        after = found and found.page.next
        return page(
            "finding/find.html",
            form=form,
            found=found,
            groups=choices.groups(),
            searched=bool(form.asked()),
            following=after and url_for(".find", **asked(form), after=after),
            without=lambda facet: _without(form, facet),
            spelt=lambda words: url_for(".find", **asked(form) | {"words": words}),
            ground=outside.shown(current_app.config["SETTINGS"].ground),
            unknown=is_unknown(form),
            **around(form),
        )


def cut_short(form: SearchForm) -> str | None:
    """What is kept of a whole postcode that says where a few homes are; None: it may stay."""
    typed = form.area.data or ""
    shorter = postcode.sector(typed) or postcode.outward_code(typed)
    if not shorter or shorter == typed or is_unknown(form):
        return None
    return shorter


def is_unknown(form: SearchForm) -> bool:
    """Whether a whole postcode was asked for that is not one, nor ever was."""
    typed = form.area.data or ""
    return postcode.is_full(typed) and not postcode.is_known(typed)


def wanted_in(form: SearchForm) -> Wanted:
    """What the form asks for."""
    chosen = needs.with_codes([form.need.data]) if form.need.data else []
    return wanted_by(
        form.words.data or "",
        term_ids=[term.id for term in chosen],
        near=form.area.data or "",
        within=form.miles,
        age=form.age.data,
        facets=form.facets.facets,
    )


def asked(form: SearchForm) -> dict[str, Any]:
    """What every link to the same search says: what was asked, and that it is in large print."""
    return form.asked() | ({"print": "large"} if _is_large() else {})


def around(form: SearchForm) -> dict[str, Any]:
    """What every page of finding says of itself: its link, and whether it is in large print."""
    here = str(request.endpoint)
    usual = form.asked() | {name: request.args[name] for name in ("day",) if name in request.args}
    other = {} if _is_large() else {"print": "large"}
    return {
        "large": _is_large(),
        "asked": asked(form),
        "here": url_for(here, **usual),
        "other_print": url_for(here, **usual | other),
        "public_url": current_app.config["SETTINGS"].public_url,
    }


def _is_large() -> bool:
    return request.args.get("print") == "large"


def _found(form: SearchForm) -> Answer:
    return answer(wanted_in(form), request.args.get("after", ""))


def _without(form: SearchForm, facet: str) -> str:
    """The same search with one facet fewer."""
    fewer = [one for one in form.facets.facets if one != facet]
    return url_for(".find", **asked(form) | {"with": fewer})
