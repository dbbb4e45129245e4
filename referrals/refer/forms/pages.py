"""The pages of one draft: which is to be filled in next, and what they all say together."""

from typing import Any, cast

from app.core.errors import Invalid
from app.ui.forms import SecureForm
from directory import catalogue
from referrals.record.models.referral import Referral
from referrals.refer.actions.send import NO_AGREEMENT
from referrals.refer.forms import typed
from referrals.refer.forms.contact import ContactForm
from referrals.refer.forms.who import WhoForm
from referrals.refer.forms.why import WhyForm
from referrals.refer.models.answers import Answers
from referrals.refer.models.desk import Desk
from referrals.refer.queries.known import Wanted

NAMES = ("who", "contact", "why")
CHECK = "check"


class Pages:
    """`draft` is None before the first page was sent."""

    def __init__(
        self, desk: Desk, needs: list[catalogue.Group], draft: Referral | None = None
    ) -> None:
        self.desk, self.needs = desk, needs
        self.kept = draft.draft.pages if draft and draft.draft else {}

    def posted(self, name: str) -> SecureForm:
        """A page as the browser sent it, or empty when it sent nothing."""
        return self._make(name)

    def stored(self, name: str, **meta: Any) -> SecureForm:
        """A page as the draft keeps it; new pages have what is known filled in."""
        kept = self.kept.get(name)
        return self._make(name, formdata=typed.as_posted(kept) if kept else None, meta=meta)

    def shown(self, name: str) -> SecureForm:
        """A page as the draft keeps it, with its mistakes if it has any."""
        form = self.stored(name)
        if name in self.kept:
            checked = self._checked(name)
            for field in form:
                if field.name in checked.errors:
                    field.errors = checked[field.name].errors
        return form

    def done(self, name: str) -> bool:
        """Whether nothing is missing or wrong on a page."""
        return name in self.kept and not self._checked(name).errors

    def next(self) -> str:
        """The first page that is not done; "check" when all are."""
        return next((name for name in NAMES if not self.done(name)), CHECK)

    def wanted(self) -> Wanted:
        """Whom the first page is about, to look for, as far as it has no mistakes."""
        who = cast(WhoForm, self._checked("who"))
        good = {one.name: one.data for one in who if one.data and not one.errors}
        asked = ("nhs_number", "family_name", "date_of_birth")
        return Wanted(**{name: good[name] for name in asked if name in good})

    def sendable(self) -> Answers:
        """Everything together, for sending.

        Raises:
            Invalid: a page is not done, or no agreement is in force.
        """
        if not self.desk.teams:
            raise Invalid(NO_AGREEMENT)
        if self.next() != CHECK:
            raise Invalid("This draft is not ready to be sent. Open it and answer what is missing.")
        return self.answers()

    def answers(self) -> Answers:
        """Everything together, as far as it is answered; ask `next` first."""
        who = cast(WhoForm, self._checked("who"))
        contact = cast(ContactForm, self._checked("contact"))
        why = cast(WhyForm, self._checked("why"))
        return Answers(
            who.to_identity(), why.to_reasons(), contact.to_contact(), contact.to_requirements()
        )

    def _checked(self, name: str) -> SecureForm:
        # Kept by us, not sent by a browser just now: there is no token to ask for.
        form = self.stored(name, csrf=False)
        form.validate()
        return form

    def _make(self, name: str, **given: Any) -> SecureForm:
        if name == "who":
            return WhoForm(self.desk, **given)
        if name == "contact":
            return ContactForm(self.desk, catalogue.practices, **given)
        return WhyForm(self.desk, self.needs, **given)
