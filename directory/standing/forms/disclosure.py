"""What referrals to a kind of service may carry, in plain words."""

from app.ui.fields import ChoicesField, WordsField
from app.ui.forms import VersionedForm
from directory.models.disclosure import Field

PLAIN = {
    Field.NAME: "Their name (always)",
    Field.PREFERRED_NAME: "What they like to be called",
    Field.DATE_OF_BIRTH: "Their date of birth",
    Field.AGE_BAND: "Their age to within ten years",
    Field.PHONE: "Their telephone number (always)",
    Field.EMAIL: "Their e-mail address",
    Field.ADDRESS: "Their address",
    Field.POSTCODE_AREA: "The part of town they live in",
    Field.NEEDS: "What they would like help with",
    Field.REASON: "Why they were referred, as the referrer wrote it",
    Field.OWN_WORDS: "What they said, in their own words",
    Field.ACCESS_NEEDS: "What they need in order to take part",
    Field.VISIT_RISKS: "Risks to know of before a visit",
    Field.GP_PRACTICE: "Their GP practice",
}
EXAMPLE = {
    Field.NAME: ("Name", "Maria Example"),
    Field.PREFERRED_NAME: ("Likes to be called", "Mia"),
    Field.DATE_OF_BIRTH: ("Date of birth", "27 March 1957"),
    Field.AGE_BAND: ("Age", "60 to 69"),
    Field.PHONE: ("Telephone", "01632 960000 (preferred, safe to leave a message)"),
    Field.EMAIL: ("E-mail", "maria@example.org"),
    Field.ADDRESS: ("Address", "1 Example Street, QS1 1AA"),
    Field.POSTCODE_AREA: ("Postcode area", "QS1"),
    Field.NEEDS: ("Would like help with", "Feeling lonely or cut off"),
    Field.REASON: ("Why they were referred", "Lost her husband in the spring; sees few people."),
    Field.OWN_WORDS: ("In their own words", "I would like to sing again."),
    Field.ACCESS_NEEDS: ("To take part they need", "Mobility: uses a stick, no stairs"),
    Field.VISIT_RISKS: ("Risks to know of before a visit", "A large dog in the house"),
    Field.GP_PRACTICE: ("GP practice", "Example Surgery"),
}


class ProfileForm(VersionedForm):
    """Tick what may be sent, and say why to those who refer."""

    fields_shared = ChoicesField("What may a referral carry?", Field, words=PLAIN)
    words = WordsField(
        "Why?",
        required="Say in plain words what is shared and why",
        hint="Whoever refers on reads this, and can read it to the person",
        limit=600,
    )
