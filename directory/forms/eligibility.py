"""Who a service is for."""

from wtforms import ValidationError

from app.ui.fields import LineField, NumberField, WordsField, YesNoField
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.topic import Topic
from directory.forms.description import listed
from directory.forms.topic import TopicForm
from directory.queries.postcode import outward_code


class EligibilityForm(TopicForm):
    """Words, ages, area, cost, and who may refer."""

    topic = Eligibility
    title = "Who it is for"

    eligibility = WordsField(
        "Who is it for?", hint="And who is it not for, so that nobody is sent in vain", limit=1000
    )
    minimum_age = NumberField("Youngest age", 0, 120, hint="Leave empty if there is none")
    maximum_age = NumberField("Oldest age", 0, 120, hint="Leave empty if there is none")
    fees = LineField("What does it cost?", hint="Like Free, or £3 with a cup of tea")
    outwards = LineField(
        "Which postcode areas do people have to live in?",
        hint="Like QS1, QS2. Leave empty if it does not matter.",
        limit=400,
    )
    area_name = LineField("What do you call that area?", limit=100)
    self_referral = YesNoField(
        "Can people come by themselves?", required="Say whether people can come by themselves"
    )
    accepts_referrals = YesNoField(
        "Do you take referrals?", required="Say whether you take referrals"
    )

    def __init__(self, *args: object, **values: object) -> None:
        codes = values.get("outwards")
        if isinstance(codes, list):
            values["outwards"] = ", ".join(codes)
        super().__init__(*args, **values)

    def validate_maximum_age(self, field: NumberField) -> None:
        """The oldest is not below the youngest."""
        if None not in (field.data, self.minimum_age.data) and field.data < self.minimum_age.data:
            raise ValidationError("The oldest age must be the same as the youngest or above it")

    def validate_outwards(self, field: LineField) -> None:
        """Each is the first half of a postcode."""
        wrong = [part for part in listed(field.data) if outward_code(part) is None]
        if wrong:
            raise ValidationError(f"{wrong[0]} must be the first half of a postcode, like QS1")

    def to_topic(self, _before: Topic) -> Eligibility:
        """What the listing should say."""
        codes = {outward_code(part) or "" for part in listed(self.outwards.data)}
        return Eligibility(
            self.eligibility.data,
            self.minimum_age.data,
            self.maximum_age.data,
            self.fees.data,
            self.area_name.data if codes else "",
            sorted(codes),
            bool(self.self_referral.data),
            bool(self.accepts_referrals.data),
        )
