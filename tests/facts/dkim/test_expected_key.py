from __future__ import annotations

import base64
import hashlib

import pytest

from mailcheck.facts.dkim.expected_key import ExpectedKey
from tests import dkim_keys as keys

DIGEST = hashlib.sha256(base64.b64decode(keys.p())).digest()
IN_BASE64 = base64.b64encode(DIGEST).decode()
SHOWN = f"SHA256:{IN_BASE64.rstrip('=')}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SHOWN, id="as it is shown"),
        pytest.param(f"sha256:{IN_BASE64}", id="padded"),
        pytest.param(DIGEST.hex(), id="hexadecimal"),
        pytest.param(DIGEST.hex(":").upper(), id="with colons, in capitals"),
        pytest.param(f"SHA256:{DIGEST.hex(':')}", id="hexadecimal with a prefix"),
        pytest.param(f"SHA256={DIGEST.hex()}", id="as OpenSSL shows it"),
        pytest.param(f"p={keys.p()}", id="p"),
        pytest.param(keys.p(), id="what p says"),
        pytest.param(keys.bare(), id="without its SubjectPublicKeyInfo"),
        pytest.param(f"v=DKIM1; k=rsa; p={keys.p()}", id="a record"),
        pytest.param(f's1._domainkey IN TXT ( "v=DKIM1; " "p={keys.p()}" )', id="a zone-file line"),
        pytest.param(keys.pem(), id="PEM"),
    ],
)
def test_forms(text: str) -> None:
    assert str(ExpectedKey.parse(text)) == SHOWN


@pytest.mark.parametrize(
    "text",
    [
        f"p={keys.ED25519}",
        f"k=ed25519; p={keys.ED25519}",
        keys.ED25519_INFO,
        f"p={keys.ED25519_INFO}",
    ],
)
def test_forms_of_ed25519(text: str) -> None:
    read = ExpectedKey.parse(text)
    assert str(read) == keys.ED25519_FINGERPRINT
    assert read.key is not None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("valid", "neither", id="a word"),
        pytest.param("revoked", "neither", id="another word"),
        pytest.param("", "neither", id="nothing"),
        pytest.param("SHA256:abc", "neither", id="a short digest"),
        pytest.param("MD5:" + "00" * 16, "neither", id="another digest"),
        pytest.param(IN_BASE64, "neither", id="base64 that may be either"),
        pytest.param("p=", "neither", id="no key"),
        pytest.param(keys.p()[:200], "missing at the end", id="a key that was cut"),
    ],
)
def test_what_is_none(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ExpectedKey.parse(text)


CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIDazCC\n-----END CERTIFICATE-----\n"
GENKEY = (
    's1._domainkey\tIN\tTXT\t( "v=DKIM1{0} h=sha256{0} k=rsa{0} "\n\t  "p={1}"\n\t  "{2}" )'
    '  ; ----- DKIM key "s1" for example.com\n'
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GENKEY.format(";", keys.p()[:200], keys.p()[200:]), id="opendkim-genkey"),
        pytest.param(GENKEY.format("\\;", keys.p()[:99], keys.p()[99:]), id="escaped semicolons"),
        pytest.param(
            '; of "s1", by hand\n$TTL 3600\n' + GENKEY.format(";", keys.p()[:9], keys.p()[9:]),
            id="comments before",
        ),
        pytest.param(f"v=DKIM1; k=rsa; p={keys.p()}\n", id="a record alone"),
    ],
)
def test_a_file_of_a_key_record(text: str) -> None:
    assert ExpectedKey.parse("keys/s1.txt").read_from(text).fingerprint == SHOWN


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(CERTIFICATE, "this is a certificate", id="a certificate"),
        pytest.param("ssh-rsa AAAAB3NzaC1yc2E= me@host", "OpenSSH", id="OpenSSH"),
        pytest.param("-----BEGIN OPENSSH PRIVATE KEY-----\nx", "private key", id="its private key"),
        pytest.param("-----BEGIN ENCRYPTED PRIVATE KEY-----\nx", "private", id="an encrypted one"),
        pytest.param(CERTIFICATE + keys.pem(), "certificate", id="a certificate before the key"),
        pytest.param(keys.pem() + keys.pem(1024), "several keys", id="two keys"),
        pytest.param(GENKEY.format(";", keys.p(), "") * 2, "several keys", id="two records"),
    ],
)
def test_a_file_of_something_else(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ExpectedKey.parse("keys/s1.pem").read_from(text)


def test_a_key_in_a_file() -> None:
    named = ExpectedKey.parse("keys/s1.pem")
    assert (str(named), named.fingerprint) == ("keys/s1.pem", "")
    read = named.read_from(f"{keys.pem()}\n")
    assert (str(read), read.fingerprint) == ("keys/s1.pem", SHOWN)


def test_a_file_that_names_a_file() -> None:
    with pytest.raises(ValueError, match="another file"):
        ExpectedKey.parse("s1.pem").read_from("s2.pem\n")


@pytest.mark.parametrize(
    "text",
    [
        f"-----BEGIN PRIVATE KEY-----\n{keys.in_base64(keys.private_rsa())}\n",
        keys.in_base64(keys.private_rsa()),
    ],
)
def test_a_private_key_is_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="private key") as refused:
        ExpectedKey.parse(text)
    assert keys.in_base64(keys.private_rsa())[:6] not in str(refused.value)
