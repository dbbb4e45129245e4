"""A mailed link opened: see what is published, say that it is right or what has changed.

Opening it changes nothing, so that a mail scanner may follow it. It shows published data only.
"""

from flask import request
from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, session, transaction
from app.core.errors import Conflict, NotFound
from app.ui.doors import rarely
from app.ui.forms import OpenForm
from app.ui.pages import page
from directory.freshness.actions import link as links
from directory.freshness.blueprint import bp
from directory.freshness.forms.answer import AnswerForm
from directory.freshness.queries.link import Link, claim_of, open_link
from directory.models.service import Service
from directory.queries import service as services
from directory.views.preview import preview

GONE = 410


@bp.get("/answer/<secret>")
def answer(secret: str) -> ResponseReturnValue:
    """What is published, with two things to say; or the question about a claim."""
    with transaction(NOBODY):
        link = open_link(secret)
        if not link.works:
            return _gone(link)
        if link.claim_id:
            return page(
                "freshness/claim.html", claim=claim_of(secret), form=OpenForm(), secret=secret
            )
        service = _service(link)
        return page("freshness/answer.html", service=service, secret=secret, form=OpenForm())


@bp.post("/answer/<secret>/right")
@rarely
def right(secret: str) -> ResponseReturnValue:
    """Everything is still correct."""
    with transaction(NOBODY):
        link = open_link(secret)
        service = _service(link)
        try:
            links.confirm(secret)
        except Conflict:
            return _gone(link)
        session.refresh(service, ["assured_at", "evidence", "doubt"])
        return page("freshness/thanks.html", service=service, words="It says so from today.")


@bp.route("/answer/<secret>/change", methods=["GET", "POST"])
@rarely
def change(secret: str) -> ResponseReturnValue:
    """Write what has changed; a curator looks at it before it is published."""
    with transaction(NOBODY):
        link = open_link(secret)
        service = _service(link)
        if not link.works:
            return _gone(link)
        form, shown = AnswerForm.of(service), ""
        if form.validate_on_submit() and not (form.changes(service) or form.note.data):
            form.form_errors.append(
                "Nothing has changed yet. Change something, or go back and say it is still correct"
            )
        elif form.validate_on_submit() and "preview" in request.form:
            shown = preview(service, *(after for _before, after in form.changes(service)))
        elif form.validate_on_submit():
            return _proposed(secret, link, service, form)
        return page(
            "freshness/change.html", form=form, service=service, secret=secret, preview=shown
        )


@bp.post("/answer/<secret>/claim/<any(yes, no):said>")
@rarely
def claimed(secret: str, said: str) -> ResponseReturnValue:
    """Whether an agency that claims the listings speaks for the organisation."""
    with transaction(NOBODY):
        link = open_link(secret)
        if link.claim_id is None:
            raise NotFound("There is no such link")
        try:
            links.answer_claim(secret, ours=said == "yes")
        except Conflict:
            return _gone(link)
        words = "The directory's curator is told, and decides."
        return page("freshness/thanks.html", service=None, words=words)


def _proposed(secret: str, link: Link, service: Service, form: AnswerForm) -> ResponseReturnValue:
    try:
        links.propose(secret, form.changes(service), form.note.data)
    except Conflict:
        return _gone(link)
    words = "The directory's curator looks at it before everybody reads it."
    return page("freshness/thanks.html", service=service, words=words)


def _service(link: Link) -> Service:
    if link.service_id is None:
        raise NotFound("There is no such link")
    return services.get(link.service_id)


def _gone(link: Link) -> ResponseReturnValue:
    service = services.get(link.service_id) if link.service_id else None
    return page("freshness/gone.html", status=GONE, service=service)
