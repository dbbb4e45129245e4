"""What is sealed under a cookie's secret opens with that secret alone."""

import base64

from app.identity.sessions_sealing import open_with, seal_with


def test_it_opens_with_its_own_secret():
    assert open_with("a" * 43, seal_with("a" * 43, "hint")) == "hint"


def test_it_does_not_open_with_another_secret_or_when_changed():
    sealed = seal_with("a" * 43, "hint")
    blob = bytearray(base64.b64decode(sealed))
    blob[-1] ^= 1
    assert open_with("b" * 43, sealed) == ""
    assert open_with("a" * 43, base64.b64encode(blob).decode()) == ""
    assert open_with("a" * 43, "not base64!") == ""


def test_the_same_text_is_never_sealed_to_the_same_twice():
    assert seal_with("a" * 43, "hint") != seal_with("a" * 43, "hint")
