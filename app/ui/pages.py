"""Answer with a page: 200, or 422 when the form on it has mistakes."""

from typing import Any

from flask import render_template
from flask_wtf import FlaskForm

OK, UNPROCESSABLE = 200, 422


def page(
    template: str, form: FlaskForm | None = None, status: int = OK, **context: Any
) -> tuple[str, int]:
    """Render a template; `form` is shown to it as `form`, its mistakes at the top of the page.

    A `status` of the caller's own stands, whatever is wrong with the form.
    """
    if status == OK and form is not None and (form.errors or form.form_errors):
        status = UNPROCESSABLE
    return render_template(template, form=form, **context), status
