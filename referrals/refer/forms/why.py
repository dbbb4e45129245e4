"""Page 3: why they are referred, risks, agreement, and which team is asked."""

import uuid
from typing import Any

from wtforms import Field

from app.ui.fields import ChoiceField, ChoicesField, LineField, WordsField
from app.ui.forms import SecureForm
from directory import catalogue
from referrals.record.models.referral import Agreement, Urgency
from referrals.record.models.risk import RiskTo
from referrals.refer.forms.codes import AGREEMENTS, RISKS_TO, URGENCIES
from referrals.refer.models.answers import Reasons
from referrals.refer.models.desk import Desk

NO_RISKS, RISKS = "none", "known"


class WhyForm(SecureForm):
    """Seven answers are needed, of which the urgency and the reply are filled in already."""

    needs = ChoicesField(
        "What do they need help with?",
        coerce=uuid.UUID,
        required="Select what they need help with",
        hint="Select everything that applies. The team will find out more",
    )
    reason = WordsField(
        "Why are you referring them?",
        required="Say why you are referring them",
        hint="What is going on, and what you hope will change",
    )
    own_words = WordsField("What they said themselves", limit=2000)
    urgency = ChoiceField(
        "How soon?",
        Urgency,
        words=URGENCIES,
        default=Urgency.ROUTINE,
        required="Select how soon they should be contacted",
    )
    risks = ChoiceField(
        "Is there a risk to them or to anybody else?",
        [(NO_RISKS, "No known risks"), (RISKS, "Yes")],
        required="Select whether there is a risk, or “No known risks”",
    )
    risk_to = ChoicesField("Who is the risk to?", RiskTo, words=RISKS_TO)
    risk_words = WordsField("What is the risk, and what should be done about it?", limit=2000)
    agreement = ChoiceField(
        "Have they agreed?",
        Agreement,
        words=AGREEMENTS,
        required="Select whether they agreed to be referred",
    )
    agreement_words = LineField("Why were they not asked?", limit=400)
    team = ChoiceField("Which team?", coerce=uuid.UUID, required="Select the team to send this to")
    reply_to = LineField(
        "Where should the reply go?", required="Enter where the reply should go", limit=254
    )

    def __init__(self, desk: Desk, needs: list[catalogue.Group], **given: Any) -> None:
        given.setdefault("reply_to", desk.reply_to)
        super().__init__(**given)
        self.desk, self.groups = desk, needs
        self.needs.choices = [(one.id, one.name) for group in needs for one in group.terms]
        self.team.choices = [(one.id, one.name) for one in desk.teams]
        if len(desk.teams) < 2:
            del self.team

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask what the risk is when there is one, and why agreement was not sought."""
        good = bool(super().validate(extra_validators))
        wanted: list[tuple[Field, str]] = []
        if self.risks.data == RISKS:
            wanted = [
                (self.risk_to, "Select who the risk is to"),
                (self.risk_words, "Say what the risk is"),
            ]
        if self.agreement.data == Agreement.NOT_SOUGHT:
            wanted.append((self.agreement_words, "Say why they were not asked"))
        for field, words in wanted:
            if not field.data and not field.errors:
                field.errors, good = [words], False
        return good

    @property
    def team_id(self) -> uuid.UUID | None:
        """The team that was chosen, or the only one there is."""
        if "team" in self:
            chosen: uuid.UUID | None = self.team.data
            return chosen
        return self.desk.teams[0].id if self.desk.teams else None

    def to_reasons(self) -> Reasons:
        """Why they are referred, as it is sent."""
        risky = self.risks.data == RISKS
        asked = self.agreement.data == Agreement.AGREED
        return Reasons(
            needs=tuple(self.needs.chosen),
            reason=self.reason.data,
            team_id=self.team_id,
            own_words=self.own_words.data,
            urgency=Urgency(str(self.urgency.data)),
            risk_to=tuple(str(one) for one in self.risk_to.chosen) if risky else (),
            risk_words=self.risk_words.data if risky else "",
            agreement=Agreement(str(self.agreement.data)),
            agreement_words="" if asked else self.agreement_words.data,
            reply_to=self.reply_to.data,
        )
