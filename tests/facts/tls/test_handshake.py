"""How handshakes are told and shown."""

from __future__ import annotations

from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls


def test_a_handshake_shows_what_was_agreed_and_with_whom() -> None:
    assert str(told_tls("mail.example.com")) == (
        "TLSv1.3, TLS_AES_256_GCM_SHA384, certificate for mail.example.com, "
        "2026-01-01 to 2036-01-01, issued by CN=Example CA"
    )


def test_a_server_may_send_no_certificate() -> None:
    bare = Tls("TLSv1.2", "ADH-AES256-GCM-SHA384")
    assert bare.certificate.unreadable == "none was sent"
    assert not bare.certificate.names_host("mail.example.com")


def test_a_failure_shows_its_reason() -> None:
    assert str(NoTls("wrong version \x1b number")) == (
        "handshake failed: wrong version \\x1b number"
    )
