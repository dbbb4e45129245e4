"""People are found by their digests, among those the caller may see."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core import blind_index
from app.core.db import session, transaction
from tests.fixtures_sealing import ASKER, column, someone

pytestmark = pytest.mark.usefixtures("sealed")
BORN = date(1948, 7, 5)


def test_a_person_is_found_by_number_and_by_name_with_birth():
    person_id = someone("Núñez", nhs_number="999 000 0018", date_of_birth=BORN)
    someone("Núñez", date_of_birth=date(1950, 1, 1))

    with transaction(ASKER):
        assert blind_index.people_with_nhs_number("9990000018") == [person_id]
        assert blind_index.people_with_name_and_birth("NUNEZ", BORN) == [person_id]
        assert blind_index.people_with_nhs_number("9990000026") == []
        assert blind_index.people_with_nhs_number(" ") == []
        assert blind_index.people_with_name_and_birth("-", BORN) == []


def test_writing_again_replaces_what_a_person_is_found_by(sealed):
    person_id = someone("Before", nhs_number="9990000034", date_of_birth=BORN)

    with transaction(ASKER):
        blind_index.write(person_id, family_name="After", date_of_birth=BORN)

    with transaction(ASKER):
        assert blind_index.people_with_nhs_number("9990000034") == []
        assert blind_index.people_with_name_and_birth("Before", BORN) == []
        assert blind_index.people_with_name_and_birth("after", BORN) == [person_id]


def test_no_digest_groups_people_by_surname(sealed):
    for year in range(1940, 1950):
        someone("Smith", date_of_birth=date(year, 1, 1))

    repeated = "select digest from person_index group by digest having count(*) > 1"
    assert column(sealed, repeated) == []


def test_the_application_may_add_keys_and_read_them_but_never_change_or_remove_one():
    person_id = someone()
    for statement in (
        "update person_key set wrapped = 'x'",
        "delete from person_key",
        "truncate person_key",
        "update branch_key set wrapped = 'x'",
        "insert into key_canary values ('root', '', '')",
        "update person_index set person_id = null",
        "set role trellis_policy",
    ):
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            _execute(statement)
    assert person_id


def _execute(statement: str) -> None:
    with transaction(ASKER):
        session.execute(sa.text(statement))
