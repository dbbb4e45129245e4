"""The same form sent twice has one effect and one answer."""

import uuid

import pytest

from app.core.db import transaction
from app.core.errors import Invalid
from app.core.idempotency import Submission, once
from app.identity.actor import Role


def test_the_second_sending_gets_the_first_answer_and_has_no_effect(member):
    actor, key, ran = member(Role.COORDINATOR), uuid.uuid4(), []

    def effect() -> str:
        ran.append(1)
        return f"/answer/{len(ran)}"

    for _ in range(3):
        with transaction(actor):
            assert once(Submission(actor.user_id, key, b"same"), effect) == "/answer/1"
    assert len(ran) == 1


def test_the_same_key_with_other_answers_is_refused(member):
    actor, key = member(Role.COORDINATOR), uuid.uuid4()
    with transaction(actor):
        once(Submission(actor.user_id, key, b"one"), lambda: "/")
    with pytest.raises(Invalid), transaction(actor):
        once(Submission(actor.user_id, key, b"other"), lambda: "/")


def test_an_effect_that_fails_leaves_the_key_free(member):
    actor, key = member(Role.COORDINATOR), uuid.uuid4()

    def fails() -> str:
        raise ValueError

    with pytest.raises(ValueError), transaction(actor):
        once(Submission(actor.user_id, key, b"one"), fails)
    with transaction(actor):
        assert once(Submission(actor.user_id, key, b"one"), lambda: "/done") == "/done"
