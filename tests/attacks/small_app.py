"""The smallest application that has our sessions, and a thief's tools."""

from flask import Flask, request, session

from app.identity.actions import web_session
from app.identity.login import (
    AgencyNeeded,
    NotYetApproved,
    SignInNeeded,
    current_actor,
    install,
    stored_session,
)


def small_app(settings) -> Flask:
    """The smallest application that has our sessions."""
    made = Flask(__name__)
    made.secret_key = b"tests only"
    install(made, settings)
    made.errorhandler(SignInNeeded)(lambda _: ("sign in", 401))
    made.errorhandler(NotYetApproved)(lambda _: ("wait", 403))
    made.errorhandler(AgencyNeeded)(lambda _: ("choose", 409))

    @made.get("/who")
    def who():
        actor = current_actor()
        return f"{actor.name}, {actor.agency_name}, {', '.join(sorted(actor.roles))}"

    @made.route("/keep", methods=["GET", "POST"])
    def keep():
        if request.method == "POST":
            session["word"] = request.form["word"]
        return session.get("word", "")

    @made.post("/sign-out")
    def sign_out():
        stored_session().sign_out()
        return "done"

    @made.post("/arrive/<uuid:user_id>/<uuid:agency_id>")
    def arrive(user_id, agency_id):
        stored_session().sign_in(web_session.SignedIn(user_id, agency_id), hint="token")
        return "welcome"

    @made.post("/act-for/<uuid:agency_id>")
    def act_for(agency_id):
        stored_session().act_for(agency_id)
        return "moved"

    @made.get("/hint")
    def hint():
        return stored_session().hint()

    @made.get("/plain")
    def plain():
        return "nothing asked of the session"

    return made


def cookie(client):
    found = client.get_cookie("trellis")
    return found.value if found else None


def with_cookie(app, secret):
    client = app.test_client()
    client.set_cookie("trellis", secret)
    return client


def change_row(owner, secret, **values):
    assigned = ", ".join(f"{name} = %s" for name in values)
    where = [*values.values(), web_session.digest_of(secret)]
    owner.execute(f"update web_session set {assigned} where digest = %s", where)
