"""Keys as people publish them, read by us and by the cryptography package."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dkim.public_key import PublicKey, UnusableKey, read_ed25519, read_key
from tests import dkim_keys as keys

INFO = base64.b64decode(keys.p())
PSS = bytes.fromhex("30820120300b06092a864886f70d01010a") + INFO[INFO.index(b"\x03\x82") :]
"""The same key, for RSASSA-PSS only (RFC 4055 §1.2)."""


@pytest.mark.parametrize("bits", [384, 512, 1000, 1023, 1024, 2047, 2048, 4096, 8192])
def test_rsa_keys_of_every_size(bits: int) -> None:
    wrapped, bare = read_key("rsa", keys.p(bits)), read_key("rsa", keys.bare(bits))
    assert isinstance(wrapped, PublicKey)
    assert isinstance(bare, PublicKey)
    assert (wrapped.bits, wrapped.exponent, str(wrapped)) == (bits, 65537, f"RSA {bits}")
    assert (wrapped.bare, bare.bare) == (False, True)
    assert wrapped.fingerprint == bare.fingerprint
    assert bare.published == keys.p(bits)


@pytest.mark.parametrize("exponent", [3, 17, 2**32 + 1, 2**70 + 1])
def test_exponents(exponent: int) -> None:
    found = read_key("rsa", keys.p(2048, exponent))
    assert isinstance(found, PublicKey)
    assert found.exponent == exponent


def test_an_ed25519_key() -> None:
    found = read_key("ed25519", keys.ED25519)
    assert isinstance(found, PublicKey)
    assert (str(found), found.published) == ("Ed25519", keys.ED25519)
    assert found.fingerprint == keys.ED25519_FINGERPRINT


def test_padding_may_be_left_out() -> None:
    """RFC 6376 §2.10."""
    assert read_key("ed25519", keys.ED25519.rstrip("=")) == read_key("ed25519", keys.ED25519)


@pytest.mark.parametrize(
    ("text", "tag", "why"),
    [
        pytest.param("A", "invalid-base64", "1 characters", id="a character"),
        pytest.param("====", "invalid-base64", "not base64", id="padding alone"),
        pytest.param("AA=A", "invalid-base64", "before its end", id="padding inside"),
        pytest.param("AA=====", "invalid-base64", "not base64", id="too much padding"),
        pytest.param("MII_-A==", "invalid-base64", "base64url", id="base64url"),
        pytest.param("MIIB…", "invalid-base64", "not base64", id="a mark of omission"),
        pytest.param(keys.p()[:200], "key-cut-off", "144 of its 294", id="cut"),
        pytest.param(
            keys.p()[:237], "key-cut-off", "117 of its 294", id="cut inside four characters"
        ),
        pytest.param(keys.p()[:20], "key-cut-off", "of its 294", id="hardly begun"),
        pytest.param(keys.p()[4:], "invalid-key", "does not begin", id="its beginning is missing"),
        pytest.param("QUFB", "invalid-key", "does not begin", id="three octets"),
        pytest.param("MAA=", "invalid-key", "does not begin", id="two octets"),
        pytest.param(
            keys.in_base64(INFO + b"AAA"), "invalid-key", "3 octets too many", id="trailing octets"
        ),
        pytest.param(keys.ED25519, "invalid-key", "k=ed25519 is missing", id="Ed25519 bare"),
        pytest.param(keys.ED25519_INFO, "invalid-key", "Ed25519", id="Ed25519 wrapped"),
        pytest.param(keys.in_base64(PSS), "invalid-key", "other signatures", id="RSASSA-PSS"),
        pytest.param(
            keys.in_base64(keys.info(ec.generate_private_key(ec.SECP256R1()).public_key())),
            "invalid-key",
            "not of RSA",
            id="elliptic curve",
        ),
        pytest.param(
            keys.in_base64(keys.info(dsa.generate_private_key(2048).public_key())),
            "invalid-key",
            "not of RSA",
            id="DSA",
        ),
        pytest.param(
            keys.in_base64(INFO[:-3] + b"\0\0\1"), "invalid-key", "no RSA", id="exponent 1"
        ),
        pytest.param(
            keys.in_base64(INFO[:-3] + b"\1\0\0"), "invalid-key", "no RSA", id="an even exponent"
        ),
        pytest.param(
            keys.in_base64(
                INFO.replace(keys.modulus(2048).to_bytes(256), bytes([255] * 255) + b"\0")
            ),
            "invalid-key",
            "even",
            id="an even modulus",
        ),
        pytest.param(keys.in_base64(keys.private()), "private-key", "", id="private, PKCS #8"),
        pytest.param(keys.in_base64(keys.private_rsa()), "private-key", "", id="private, PKCS #1"),
        pytest.param(
            keys.in_base64(keys.private(password=True)), "private-key", "", id="private, encrypted"
        ),
        pytest.param(
            keys.pem().replace("\n", ""), "invalid-base64", "PEM", id="armour, without line breaks"
        ),
        pytest.param(
            f"-----BEGINPRIVATEKEY-----{keys.in_base64(keys.private_rsa())}-----ENDPRIVATEKEY-----",
            "private-key",
            "",
            id="armour of a private key",
        ),
    ],
)
def test_no_rsa_keys(text: str, tag: str, why: str) -> None:
    found = read_key("rsa", text)
    assert isinstance(found, UnusableKey)
    assert (found.tag, why in found.why) == (tag, True), found.why


@pytest.mark.parametrize(
    ("text", "tag", "why"),
    [
        pytest.param("HbawiMnQXTCopHTkR0jlKQ==", "invalid-key", "has 16 octets", id="too short"),
        pytest.param(keys.ED25519_INFO, "invalid-key", "nothing but the 32", id="wrapped"),
        pytest.param(keys.p(), "invalid-key", "RSA 2048", id="an RSA key"),
        pytest.param(keys.in_base64(keys.private()), "private-key", "", id="private"),
        pytest.param(keys.ED25519[:41], "invalid-base64", "41 characters", id="cut"),
        pytest.param("A" + keys.ED25519[1:], "invalid-key", "no point", id="another character"),
        pytest.param("/" * 42 + "8=", "invalid-key", "no point", id="all ones"),
        pytest.param("A" * 43 + "=", "invalid-key", "small order", id="all zeros"),
        pytest.param("AQ" + "A" * 41 + "=", "invalid-key", "small order", id="the neutral point"),
        pytest.param(
            "JuiVj8KyJ7BFw/SJ8u+Y8NXfrAXTxjM5sTgCiG1T/AU=",
            "invalid-key",
            "small order",
            id="order 8",
        ),
    ],
)
def test_no_ed25519_keys(text: str, tag: str, why: str) -> None:
    found = read_key("ed25519", text)
    assert isinstance(found, UnusableKey)
    assert (found.tag, why in found.why) == (tag, True), found.why


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("rsa", keys.ED25519),
        ("rsa", keys.ED25519_INFO),
        ("ed25519", keys.ED25519_INFO),
        ("ed25519", keys.p()),
        ("rsa", keys.pem().replace("\n", "")),
    ],
)
def test_what_was_meant_is_known(kind: str, text: str) -> None:
    found = read_key("rsa" if kind == "rsa" else "ed25519", text)
    assert isinstance(found, UnusableKey)
    assert isinstance(found.meant, PublicKey)


@given(st.binary(min_size=32, max_size=32))
def test_public_keys_are_points(seed: bytes) -> None:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    assert isinstance(read_ed25519(public), PublicKey)


def test_half_of_all_octets_are_none() -> None:
    found = [read_ed25519(hashlib.sha256(bytes([i])).digest()) for i in range(256)]
    assert 90 < sum(isinstance(one, PublicKey) for one in found) < 166


@given(st.text(st.sampled_from("MIIBAQab01+/=-_ "), max_size=60) | st.binary().map(keys.in_base64))
def test_any_text_is_read(text: str) -> None:
    for kind in ("rsa", "ed25519"):
        found = read_key("rsa" if kind == "rsa" else "ed25519", text)
        assert isinstance(found, PublicKey | UnusableKey)


@given(st.integers(0, len(INFO) - 1))
def test_a_key_that_is_cut_is_no_key(length: int) -> None:
    found = read_key("rsa", keys.in_base64(INFO[:length]))
    assert isinstance(found, UnusableKey)
    assert found.tag == "key-cut-off" or length < 4


@given(st.integers(0, len(INFO) - 1), st.integers(0, 255))
def test_a_key_with_another_octet_is_another_key_or_none(at: int, octet: int) -> None:
    whole, found = (
        read_key("rsa", keys.p()),
        read_key("rsa", keys.in_base64(INFO[:at] + bytes([octet]) + INFO[at + 1 :])),
    )
    assert isinstance(whole, PublicKey)
    if isinstance(found, PublicKey) and octet != INFO[at]:
        assert found.fingerprint != whole.fingerprint
