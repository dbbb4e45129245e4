"""Answer with a page: 200, or 422 when the form on it has mistakes."""

from typing import Any

from flask import render_template
from flask_wtf import FlaskForm

UNPROCESSABLE = 422


def page(
    template: str, form: FlaskForm | None = None, status: int = 200, **context: Any
) -> tuple[str, int]:
    """Render a template; `form` is shown to it as `form`, its mistakes at the top of the page."""
    wrong = form is not None and (form.errors or form.form_errors)
    return render_template(template, form=form, **context), UNPROCESSABLE if wrong else status
