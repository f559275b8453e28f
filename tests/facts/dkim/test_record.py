"""Key records, as verifiers read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dkim.public_key import PublicKey, UnusableKey
from mailcheck.facts.dkim.record import DkimKeyRecord, looks_like_key
from tests import dkim_keys as keys


def record(text: str) -> DkimKeyRecord:
    return DkimKeyRecord(text.encode())


def test_defaults() -> None:
    read = record(f"p={keys.p()}")
    assert (read.key_type, read.takes_sha256, read.serves_email) == ("rsa", True, True)
    assert isinstance(read.key, PublicKey)
    assert read.wrong == ()


@pytest.mark.parametrize(
    ("text", "key_type"),
    [
        ("k=rsa; p=", "rsa"),
        ("k=RSA; p=", "rsa"),
        ("k = ed25519 ; p=", "ed25519"),
        ("k=ecdsa; p=", None),
        ("k=; p=", None),
        ("k=rsa\\; p=", None),
        ("K=ed25519; p=", "rsa"),
    ],
)
def test_key_types(text: str, key_type: str | None) -> None:
    assert record(text).key_type == key_type


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("sha256", True),
        ("sha1:sha256", True),
        ("sha1 \t: SHA256", True),
        ("sha256:x-new", True),
        ("sha1", False),
        ("sha512", False),
        ("", False),
        ("sha256:", False),
    ],
)
def test_hashes(value: str, *, allowed: bool) -> None:
    assert record(f"h={value}; p=").takes_sha256 is allowed


@pytest.mark.parametrize(
    ("value", "allowed"),
    [("*", True), ("email", True), ("tlsrpt:Email", True), ("other:*", True), ("tlsrpt", False)],
)
def test_services(value: str, *, allowed: bool) -> None:
    assert record(f"s={value}; p=").serves_email is allowed


@pytest.mark.parametrize(
    "value",
    ["", ":", "y:", ":s", "y,s", "y s", "y::s", "-y", "y-", "1y", "y;"[:1] + "*", "\\", '"y"'],
)
def test_flags_that_are_none(value: str) -> None:
    assert record(f"t={value}; p=").wrong == ("t",)
    assert record(f"t={value}; p=").words("t") == ()


@pytest.mark.parametrize(
    ("value", "wrong"),
    [("a note", ()), ("", ()), ("100=25", ()), ("a=b", ("n",)), ("x=", ("n",)), ("=3d=3D", ())],
)
def test_notes_are_quoted_printable(value: str, wrong: tuple[str, ...]) -> None:
    assert record(f"n={value}; p=").wrong == wrong


def test_spaces_within_the_key_do_not_count() -> None:
    value = "\r\n\t ".join(keys.p()[i : i + 40] for i in range(0, len(keys.p()), 40))
    assert record(f"p= {value} ").key == record(f"p={keys.p()}").key


@pytest.mark.parametrize(
    ("text", "revoked"), [("p=", True), ("p= \t;", True), ("v=DKIM1", False), ("p=A", False)]
)
def test_revoked(text: str, *, revoked: bool) -> None:
    assert record(text).is_revoked is revoked


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("p=", True),
        ("v=DKIM2", True),
        ("v=dkim1", True),
        ("p=\x00", True),
        ("v=spf1 -all", False),
        ("P=x", False),
        ("", False),
        ("x=p", False),
    ],
)
def test_what_is_meant_to_be_one(text: str, *, meant: bool) -> None:
    assert record(text).is_meant is meant


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        (f"p={keys.p()}", True),
        ('"v=DKIM1; p="', True),
        ("k=rsa", True),
        ("v=DMARC1; p=none", False),
        ("google-site-verification=" + 44 * "x", False),
        ("v=spf1 a -all", False),
    ],
)
def test_what_looks_like_a_key(text: str, *, alike: bool) -> None:
    assert looks_like_key(text.encode()) is alike


@given(st.binary() | st.text('vphkstng=;: \t\r\nDKIM1rsa\\"*').map(str.encode))
def test_any_octets_are_read(text: bytes) -> None:
    read = DkimKeyRecord(text)
    assert isinstance(read.key, PublicKey | UnusableKey | None)
    assert set(read.wrong) <= {*"hknst"}
    assert read.is_meant or not read.has_data
