"""A listing as people would read it, if it said something else."""

from flask import render_template

from app.core.db import session
from directory.actions.topics.topic import Topic
from directory.models.service import Service


def preview(service: Service, *values: Topic) -> str:
    """The public page as it would be; nothing of it is kept, so that a stranger may see it too."""
    with session.begin_nested() as trial, session.no_autoflush:
        for value in values:
            value.put(service)
        html = render_template("directory/preview.html", service=service)
        trial.rollback()
    return html
