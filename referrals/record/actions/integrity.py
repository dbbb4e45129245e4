"""Every night: is every sealed record what was written last? If not, say so by reference."""

from sqlalchemy import func, select

from app.core import jobs, mail
from app.core.db import session
from app.core.integrity import check
from app.core.integrity.check import Finding
from config.settings import Settings
from referrals.record.notices import Notice, tell_user

SUBJECT = "A stored record failed its check"
TEXT = """The nightly check found a record that is not what was last written.

Reference: {reference}

`trellis audit check` says which table and row; the audit trail has it under integrity_failure.
Nothing was changed. The privacy officers of the agencies concerned have been told the reference.

This message names nobody, on purpose.
"""


@jobs.queue.periodic(cron="23 1 * * *")
@jobs.queue.task(name="check_integrity", queue="clock", queueing_lock="check_integrity")
def check_integrity(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Compare everything that is sealed with what was audited."""
    check.run(tell)


def tell(finding: Finding) -> None:
    """Tell the privacy officers of the person's agencies, and whoever runs this."""
    reference = finding.reference
    for user_id in session.scalars(select(func.trellis.officers_of(finding.problem.person_id))):
        tell_user(user_id, Notice.CHECK_FAILED, reference)
    jobs.defer(tell_operator, reference=reference, number=mail.new_number())


@jobs.queue.task(name="tell_operator", queue="mail", retry=jobs.UntilItWorks())
def tell_operator(reference: str, number: str) -> None:
    """Send the operator one message; without an address there is `trellis audit check`."""
    settings = Settings.load()
    if settings.operator_email:
        letter = mail.Letter(
            settings.operator_email, SUBJECT, TEXT.format(reference=reference), number
        )
        mail.send(settings, letter)
