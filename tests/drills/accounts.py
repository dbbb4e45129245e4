"""Compare what was acknowledged with what is stored: referrals, audit, jobs and mail."""

import uuid
from collections import Counter

from tests.drills.house import House
from tests.drills.referrers import Tally
from tests.drills.report import Report
from tests.own_server import until

# An observer of the drill's own: jobs that were done are deleted, and would not be counted.
OBSERVER = """
    create table drill_job (id bigint);
    grant insert on drill_job to public;
    create function drill_note() returns trigger language plpgsql as $$ begin
        if new.task_name = 'send_notice' then insert into public.drill_job values (new.id); end if;
        return null; end $$;
    create trigger drill_note after insert on procrastinate_jobs
        for each row execute function drill_note()"""
LONG_SILENT = """
    update procrastinate_workers set last_heartbeat = now() - interval '10 minutes';
    update procrastinate_jobs set scheduled_at = now() where status = 'todo'"""
SENT = "select id from referral where status <> 'draft'"
WAITING = "select count(*) from procrastinate_jobs where task_name = 'send_notice'"


def observe(house: House) -> None:
    """Note every job that is asked for from now on."""
    house.do(OBSERVER)


def settle(house: House, seconds: float = 200) -> None:
    """Wait until every message is sent; what dead workers began is taken up by the sweep."""
    house.do(LONG_SILENT)
    until(lambda: house.count(WAITING) == 0, seconds)


def compare(house: House, tally: Tally, report: Report) -> None:
    """Nothing acknowledged is lost, nothing is there twice, and all the books agree."""
    stored = {str(row[0]) for row in house.ask(SENT)}
    acknowledged = set(tally.acknowledged)
    report.at_least("referrals acknowledged", len(acknowledged), 1)
    report.none("acknowledged and lost", acknowledged - stored)
    report.none("sent, but never acknowledged", stored - acknowledged)
    report.none("acknowledged twice", _twice(tally.acknowledged))
    report.same("referrals stored, drafts included", house.count("select count(*) from referral"),
                len(tally.folders))  # fmt: skip
    report.none("answers that trying again cannot change", tally.refused)
    audited = "select count(*), count(distinct subject_id) from audit_event where action = %s"
    report.same("audit lines (referral.sent), and of how many referrals",
                house.ask(audited, "referral.sent")[0], (len(stored), len(stored)))  # fmt: skip
    report.same("jobs asked for", house.count("select count(*) from drill_job"), len(stored))
    _compare_mail(house, report, len(stored))


def repeated(house: House) -> list[str]:
    """The numbers of the messages that arrived more than once."""
    numbers = Counter(one["Message-ID"] for one in house.post.messages)
    return [one for one, count in numbers.items() if count > 1]


def _compare_mail(house: House, report: Report, sent: int) -> None:
    numbers = {one["Message-ID"] for one in house.post.messages}
    report.same("different messages that arrived", len(numbers), sent)
    repeats = repeated(house)
    report.say("messages that arrived more than once", len(repeats))
    last = {one["Message-ID"]: one.get_content() for one in house.post.messages}
    silent = [one for one in repeats if "the same message once more" not in last[one]]
    report.none("of these, without saying so", silent)


def _twice(ids: list[str]) -> list[uuid.UUID]:
    return [uuid.UUID(one) for one, count in Counter(ids).items() if count > 1]
