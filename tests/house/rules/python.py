"""What the rules of python.yaml must find, and what they must leave alone. Nothing imports it."""
# ruleid: core-knows-no-web
from flask import request

# ok: core-knows-no-web
from sqlalchemy import select

# ruleid: nothing-guessable-is-a-secret
import random


def sql(connection, sa, name):
    # ruleid: no-sql-made-of-text
    connection.execute(f"select {name}")
    # ruleid: no-sql-made-of-text
    connection.execute("select " + name)
    # ruleid: no-sql-made-of-text
    connection.execute(sa.text(f"select {name}"))
    # ruleid: no-sql-made-of-text
    connection.execute(sa.text("select %s" % name))
    # ok: no-sql-made-of-text
    connection.execute(sa.text("select :name"), {"name": name})
    # ok: no-sql-made-of-text
    connection.execute("select %s", [name])


def logs(log, person, count):
    # ruleid: no-personal-field-in-a-log
    log.info("referral.sent", family_name=person.family_name)
    # ruleid: no-personal-field-in-a-log
    log.warning("refused", nhs_number=1)
    # ok: no-personal-field-in-a-log
    log.info("request", route="/", status=200)
    # ruleid: no-log-line-made-of-values
    log.info(f"sent for {person}")
    # ok: no-log-line-made-of-values
    log.info("sent", count=count)


def pages(flash, redirect, request, Markup, person, own_page):
    # ruleid: nobody-in-a-flash
    flash(f"{person.full_name} was referred")
    # ok: nobody-in-a-flash
    flash("They were referred")
    # ruleid: no-redirect-to-what-was-asked
    redirect(request.args["next"])
    # ruleid: no-redirect-to-what-was-asked
    redirect(request.args.get("next"), 303)
    # ok: no-redirect-to-what-was-asked
    redirect(own_page(request.args.get("next")), 303)
    # ruleid: no-markup-made-of-values
    Markup(f"<b>{person}</b>")
    # ok: no-markup-made-of-values
    Markup("<b>{}</b>").format(person)


def action(session, datetime, clock, requests, http):
    # ruleid: only-the-view-commits
    session.commit()
    # ok: only-the-view-commits
    session.flush()
    # ruleid: time-comes-from-the-clock
    datetime.now()
    # ok: time-comes-from-the-clock
    clock.now()
    # ruleid: asked-of-the-web-through-a-session
    requests.get("https://example.org", timeout=5)
    # ok: asked-of-the-web-through-a-session
    http.get("https://example.org", timeout=5)
