"""One page: the messages that would have been sent."""

from flask import Flask, render_template

from app.demonstration.mailbox.store import Store


def create_app(store: Store) -> Flask:
    """The page of one mailbox."""
    app = Flask(__name__)

    @app.get("/")
    def index() -> str:
        return render_template("mailbox.html", messages=list(store.messages()))

    return app
