"""A record is opened in an emergency and judged; a safeguarding note is seen by its readers."""

from app.core.db import transaction
from app.identity.actor import Role
from tests.pages import axe, look
from tests.stage import Stage

SAID = "She rang, said that she cannot go on, and hung up. Her own team does not answer."


def checked(page, name, title):
    page.get_by_role("heading", name=title).first.wait_for()
    axe(page)
    look(page, f"emergency-{name}")


def test_a_link_worker_breaks_the_glass_and_the_privacy_officer_judges(database, browse):
    stage = Stage(database)
    referral_id = stage.taken_on(given_name="Odile", family_name="Fontaine")
    with transaction(stage.worker):
        reference = stage.get(stage.worker, referral_id).reference
    outsider = stage.somebody(Role.LINK_WORKER, of=stage.other_team, name="Aled Rees")
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=stage.other_team, name="Ruth Calloway")
    page = browse(outsider)
    page.goto("/caseload/find")
    page.get_by_label("Part of a name").fill("Fontaine")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Open a record in an emergency").click()
    checked(page, "ask", "Open a record in an emergency")
    page.get_by_role("button", name="Open the record").click()
    checked(page, "mistakes", "There is a problem")
    page.get_by_label("Reference of a referral").fill(reference)
    page.get_by_label("An adult may be at risk of harm").check()
    page.get_by_label("What has happened?").fill(SAID)
    page.get_by_label("I need this record now").check()
    page.get_by_role("button", name="Open the record").click()
    checked(page, "open", "Odile Fontaine")
    page.emulate_media(media="print")
    assert not page.get_by_text("Odile Fontaine").first.is_visible(), "never on paper"
    page.emulate_media(media="screen")
    page.goto("/caseload/")
    banner = page.get_by_role("region", name="Record open in an emergency")
    assert "60 minutes left" in banner.inner_text()
    checked(page, "banner", "Caseload")
    banner.get_by_role("button", name="End now").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Closed.").wait_for()
    assert not banner.count()
    page.goto(f"/caseload/{referral_id}")
    page.get_by_role("heading", name="Page not found").wait_for()

    desk = browse(officer)
    checked(desk, "queue", "Emergencies to judge")
    desk.get_by_role("row", name="Aled Rees").get_by_role("link").click()
    checked(desk, "judge", "Aled Rees opened a record")
    assert SAID in desk.inner_text("main")
    assert "Fontaine" not in desk.inner_text("main")
    desk.get_by_label("Yes, it was justified").check()
    desk.get_by_label("What did you find out").fill("I spoke with Aled. The person is safe.")
    desk.get_by_role("button", name="Keep this judgement").click()
    desk.get_by_role("status").get_by_text("Judged.").wait_for()
    desk.get_by_label("Reference of the referral").fill(reference)
    desk.get_by_role("button", name="Show who has seen it").click()
    checked(desk, "log", f"Who has seen record {reference}")
    desk.goto("/oversight/access")
    checked(desk, "unusual", "Unusual access to look into")


def test_a_safeguarding_note_is_written_and_seen_by_those_it_names_alone(database, browse):
    stage = Stage(database)
    referral_id = stage.taken_on(given_name="Una", family_name="Marsh")
    colleague = stage.somebody(Role.LINK_WORKER, of=stage.team, name="Noor Khan")
    page = browse(stage.worker)
    page.goto(f"/caseload/{referral_id}")
    page.get_by_role("link", name="Write a safeguarding note").click()
    checked(page, "note", "Write a safeguarding note")
    page.get_by_label("What is the concern?").fill("Bruises on both arms.")
    assert page.get_by_label("Tom Reed (team lead)").is_checked()
    page.get_by_label("Hide this from the person").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/caseload/{referral_id}")  # the form's heading names her, too
    checked(page, "noted", "Una Marsh")
    assert "Only Priya Shah and Tom Reed can see this" in page.inner_text("main")
    page.get_by_role("link", name="Who has seen this record").click()
    checked(page, "persons-log", "Who has seen the record of Una Marsh")
    assert "afeguarding" not in page.inner_text("main")
    others = browse(colleague, width=820)
    others.goto(f"/caseload/{referral_id}")
    others.get_by_role("heading", name="Una Marsh").wait_for()
    assert "Bruises" not in others.content()
