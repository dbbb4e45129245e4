"""An audit of packages that looked nothing up is no audit."""

from tests.audit import judged

GOOD = {"name": "flask", "version": "3.1", "vulns": []}
SKIPPED = {"name": "jinja2", "skip_reason": "Dependency not found"}
WEAK = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}


def test_only_when_every_package_was_looked_up_and_none_is_weak_is_all_well():
    assert judged("lock", [GOOD]) == []
    assert judged("lock", [GOOD, WEAK]) == ["lock: a 1: PYSEC-1, mended in 1.1"]
    assert judged("lock", [GOOD, SKIPPED]) == ["lock: jinja2 was not audited"]


def test_an_audit_of_nothing_fails():
    for told in ([], [SKIPPED], [SKIPPED, SKIPPED]):
        assert "nothing was audited" in judged("lock", told)[0]
