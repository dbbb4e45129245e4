"""To another machine a message goes encrypted, to whoever can show who they are, or not at all."""

import smtplib
import ssl

import pytest

from app.core import mail
from tests.attacks.test_observatory import certified
from tests.integration.mail.server import post_office
from tests.providers.provider import free_port

LETTER = mail.Letter("priya@example.org", "A referral is waiting", "Sign in to see it.", "1")


@pytest.fixture
def elsewhere(monkeypatch):
    """This machine counts as another one."""
    monkeypatch.setattr(mail, "THIS_MACHINE", frozenset())


@pytest.fixture
def told(database, settings_maker):
    """Settings for a server here; the name is the one in its certificate."""

    def made(post):
        url = f"smtp://localhost:{post.port}"
        return settings_maker(database.url(), TRELLIS_SMTP_URL=url)

    return made


def test_a_server_that_offers_no_encryption_is_told_nothing(elsewhere, told):
    with post_office(free_port()) as post:
        with pytest.raises(smtplib.SMTPNotSupportedError, match="STARTTLS"):
            mail.send(told(post), LETTER)
        assert post.envelopes == []


def test_a_certificate_is_believed_only_when_somebody_we_trust_made_it(
    elsewhere, told, tmp_path, monkeypatch
):
    certificate, tls = certified(tmp_path)
    with post_office(free_port(), tls) as post:
        with pytest.raises(ssl.SSLCertVerificationError):
            mail.send(told(post), LETTER)
        assert post.envelopes == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        mail.send(told(post), LETTER)
        assert [one["To"] for one in post.messages] == [LETTER.to]
        assert post.encrypted
