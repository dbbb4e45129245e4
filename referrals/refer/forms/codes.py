"""What may be chosen, with the codes of the NHS Data Dictionary where it has them."""

from referrals.record.models.codes import INFORMATION_FORMATS
from referrals.record.models.referral import Agreement, Urgency
from referrals.record.models.risk import RiskTo

GENDERS = (
    ("1", "Male"),
    ("2", "Female"),
    ("3", "Non-binary"),
    ("4", "Other"),
    ("Z", "Prefers not to say"),
)
ETHNICITIES = (
    ("A", "White – British"),
    ("B", "White – Irish"),
    ("C", "White – any other"),
    ("D", "Mixed – White and Black Caribbean"),
    ("E", "Mixed – White and Black African"),
    ("F", "Mixed – White and Asian"),
    ("G", "Mixed – any other"),
    ("H", "Asian – Indian"),
    ("J", "Asian – Pakistani"),
    ("K", "Asian – Bangladeshi"),
    ("L", "Asian – any other"),
    ("M", "Black – Caribbean"),
    ("N", "Black – African"),
    ("P", "Black – any other"),
    ("R", "Chinese"),
    ("S", "Any other ethnic group"),
    ("Z", "Prefers not to say"),
)
FORMATS = INFORMATION_FORMATS
URGENCIES = {
    Urgency.ROUTINE: "Routine",
    Urgency.SOON: "Soon – they are struggling",
    Urgency.URGENT: "Urgent – please ring them in the next working day or two",
}
RISKS_TO = {
    RiskTo.SELF: "To themselves",
    RiskTo.OTHERS: "To others",
    RiskTo.VISITORS: "To staff who visit",
}
AGREEMENTS = {
    Agreement.AGREED: "Yes, they agreed to be referred and to share what is written here",
    Agreement.NOT_SOUGHT: "No, they were not asked",
}
