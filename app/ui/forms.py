"""The form every room builds on: it cannot be forged, sent twice with effect, or lost."""

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf, validate_csrf
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, HiddenField, ValidationError
from wtforms.csrf.core import CSRF

from app.core.errors import Invalid
from app.core.idempotency import Submission
from app.ui import control

STALE = (
    "This page was open for a long time, or you signed in again. "
    "Check your answers, which are all still here, and send it again"
)
LONGEST_SESSION = 24 * 60 * 60
NOT_ANSWERS = frozenset({"csrf_token", "idempotency_key"})


class Token(CSRF):
    """Flask-WTF's token, for as long as the session lasts, with words that say what to do."""

    def generate_csrf_token(self, _csrf_token_field: Field) -> str:
        """The token of this session."""
        return str(generate_csrf())

    def validate_csrf_token(self, _form: Form, field: Field) -> None:
        """Refuse a token of another session."""
        try:
            validate_csrf(field.data, time_limit=LONGEST_SESSION)
        except ValidationError:
            raise ValidationError(STALE) from None


class SecureForm(FlaskForm):
    """CSRF token, idempotency key, and NHS.UK markup for every field.

    One form of several on a page takes a `prefix`.
    """

    class Meta(FlaskForm.Meta):
        """How the form is protected and its fields are drawn."""

        csrf_class = Token

        def wrap_formdata(self, _form: Form, formdata: Any) -> MultiDict[str, Any] | None:
            """Read what a form's own fields say: no JSON and no files, which no digest covers."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return request.form or None if request.method == "POST" else None

        def render_field(self, field: Field, render_kw: Mapping[str, Any]) -> Markup:
            """Draw a field as NHS.UK does."""
            return control.render(field, dict(render_kw))

    idempotency_key = HiddenField(default=lambda: str(uuid.uuid4()))

    def submission(self, actor: Any) -> Submission:
        """Whose form, its key, and a digest of what was filled in, for app.core.idempotency."""
        try:
            key = uuid.UUID(self.idempotency_key.data or "")
        except ValueError:
            raise Invalid("Open this form again and fill it in there.") from None
        return Submission(actor.user_id, key, _digest())

    def error_summary(self) -> Markup:
        """What is wrong, each line a link to the control to mend."""
        return control.summary(self)

    def open(
        self, action: str = "", classes: str = "", upload: bool = False, form_id: str = ""
    ) -> Markup:
        """The start of the form with its hidden fields; it posts to this page, or to `action`."""
        attributes = Markup(' id="{}"').format(form_id) if form_id else Markup()
        if action:
            attributes += Markup(' action="{}"').format(action)
        if classes:
            attributes += Markup(' class="{}"').format(classes)
        if upload:
            attributes += Markup(' enctype="multipart/form-data"')
        start = Markup('<form method="post" novalidate{}>\n').format(attributes)
        return start + self.hidden_tag()

    def close(self) -> Markup:
        """The end of the form."""
        return Markup("</form>")


class OpenForm(SecureForm):
    """A form for a stranger, to whom a forged sending could do no harm: it needs no cookie."""

    class Meta(SecureForm.Meta):
        """Without the token of a session; the check of where it was sent from stands."""

        csrf = False


class VersionedForm(SecureForm):
    """A form that changes a stored row: the hidden version tells whether it has changed since."""

    version = HiddenField()

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read the version as a number; anything else, or nothing sent, never matches."""
        super().process(*args, **kwargs)
        left_out = self.version.raw_data == []
        typed = "" if left_out else str(self.version.data or "")
        self.version.data = int(typed) if typed.isascii() and typed.isdigit() else -1


def _digest() -> bytes:
    """SHA-256 of the posted answers and of where they were posted, in a settled order."""
    made = hashlib.sha256(request.path.encode())
    for name, values in sorted(request.form.lists()):
        if name.rpartition("-")[2] not in NOT_ANSWERS:
            for value in (name, *values):
                made.update(b"\0" + value.replace("\r\n", "\n").encode(errors="replace"))
    return made.digest()
