"""Signed checkpoints: the published example opens, and nothing that was touched does."""

from datetime import UTC, datetime

import pytest

from app.core.ledger import checkpoint, note
from app.core.ledger.checkpoint import Checkpoint
from app.core.ledger.note import NotSigned, Signer, Verifier

# The example that the Go implementation of signed notes publishes with its key.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZ"
    "b6KE6RyyBwJnAM=\n"
)
HERE = Checkpoint("trellis.example/audit", 7, b"r" * 32, datetime(2026, 11, 25, 3, tzinfo=UTC))
old, new = Signer("trellis.example/audit", b"1" * 32), Signer("trellis.example/audit", b"2" * 32)


def test_a_note_signed_by_another_program_opens():
    verifier = Verifier.parse(GO_KEY)
    assert str(verifier) == GO_KEY
    assert note.text_of(GO_NOTE, [verifier]).startswith("If you think")


def test_a_checkpoint_is_three_lines_and_the_time_and_comes_back_whole():
    signed = HERE.signed([old])
    assert signed.splitlines()[:2] == ["trellis.example/audit", "7"]
    assert signed.splitlines()[3] == "time 2026-11-25T03:00:00+00:00"
    assert checkpoint.opened(signed, [old.verifier]) == HERE


def test_after_a_change_of_keys_each_checkpoint_opens_with_the_key_of_its_time():
    both = [old.verifier, new.verifier]
    for signers in ([old], [old, new], [new]):
        assert checkpoint.opened(HERE.signed(signers), both) == HERE
    assert checkpoint.opened(HERE.signed([old, new]), [old.verifier]) == HERE
    with pytest.raises(NotSigned, match="Nobody"):
        checkpoint.opened(HERE.signed([new]), [old.verifier])


def test_every_changed_character_of_a_note_is_refused():
    signed = HERE.signed([old])
    for at in range(len(signed)):
        forged = signed[:at] + ("x" if signed[at] != "x" else "y") + signed[at + 1 :]
        with pytest.raises(NotSigned):
            checkpoint.opened(forged, [old.verifier])


@pytest.mark.parametrize("text", ["", "\n\n", "no signature\n", "a\n\nb c d\n", "x" * 70_000])
def test_what_is_no_note_is_refused_with_words(text):
    with pytest.raises(NotSigned, match=r"\w"):
        note.text_of(text, [old.verifier])


def test_what_is_signed_but_no_checkpoint_is_refused():
    for text in ("hello\n", "a\n07\n" + "A" * 43 + "=\ntime now\n", "a\n1\nshort\ntime x\n"):
        with pytest.raises(NotSigned, match="not a checkpoint"):
            checkpoint.opened(note.sign(text, [old]), [old.verifier])


@pytest.mark.parametrize("key", ["", "name", "name+00000000+AQ==", GO_KEY.replace("c7", "c8")])
def test_what_is_no_public_key_is_refused(key):
    with pytest.raises(ValueError):
        Verifier.parse(key)


def test_a_name_that_would_break_the_format_signs_nothing():
    for name in ("", "two words", "a+b"):
        with pytest.raises(ValueError, match="name of a signer"):
            Signer(name, b"1" * 32)
