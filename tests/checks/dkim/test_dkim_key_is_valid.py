from __future__ import annotations

import pytest

from mailcheck.checks.dkim.dkim_key_is_valid import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import judged, run_examples
from mailcheck.verdict import Verdict
from tests import dkim_keys as keys

NAME = "s1._domainkey.example.com"
SENTENCE = "DKIM key s1 of example.com is valid"
ELSEWHERE = (
    "s1.example.com",
    "_domainkey.example.com",
    "s1.domainkey.example.com",
    "example.com",
    f"{NAME}.example.com",
)


def of(record: str, *more: tuple[str, str]) -> Verdict:
    """Judge the key of s1 with *record* at its name, and nothing else but *more*."""
    answers = {NAME: record, **dict.fromkeys(ELSEWHERE, "NXDOMAIN"), **dict(more)}
    return judged(CHECK, SENTENCE, *(told(f"{name} TXT", said) for name, said in answers.items()))


def of_text(text: str) -> Verdict:
    return of(keys.strings(text))


def advised(verdict: Verdict) -> list[str]:
    return [advice.tag for advice in verdict.advice]


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        pytest.param(f"v=DKIM1; k=rsa; p={keys.p()}", [], id="as signers write it"),
        pytest.param(f"v=DKIM1; k=rsa; p={keys.p(4096)};", [], id="three strings"),
        pytest.param(f"v = DKIM1 ; p = {keys.p()[:9]} {keys.p()[9:]}", [], id="spaces"),
        pytest.param(f"k=rsa; t=s; p={keys.p()}", ["missing-version"], id="no version"),
        pytest.param(f"v=DKIM1; p={keys.p(1024)}", ["short-key"], id="1024 bits"),
        pytest.param(f"v=DKIM1; p={keys.p(8192)}", ["long-key"], id="8192 bits"),
        pytest.param(f"v=DKIM1; p={keys.p(2048, 3)}", ["unusual-exponent"], id="exponent 3"),
        pytest.param(f"v=DKIM1; p={keys.bare()}", ["bare-key"], id="RSAPublicKey"),
        pytest.param(f"v=DKIM1; t=y; p={keys.p()}", ["test-mode"], id="test mode"),
        pytest.param(f"v=DKIM1; h=sha1:sha256; p={keys.p()}", ["sha1-listed"], id="SHA-1 too"),
        pytest.param(f"v=DKIM1; h=SHA256; p={keys.p()}", ["value-case"], id="capitals"),
        pytest.param(f"v=DKIM1; g=; p={keys.p()}", ["removed-tag"], id="g"),
        pytest.param(f"v=DKIM1; q=dns; p={keys.p()}", ["unknown-tag"], id="an unknown tag"),
        pytest.param(f"v=DKIM1; s=email:other; t=x; p={keys.p()}", [], id="unknown words"),
        pytest.param(f"v=DKIM1; p={keys.p()}; ", ["space-at-end"], id="space at the end"),
        pytest.param(
            f"v=DKIM1; k=ed25519; p={keys.ED25519[:-1]}",
            ["padding", "ed25519-alone"],
            id="Ed25519 without padding",
        ),
    ],
)
def test_valid_keys_and_what_could_be_better(text: str, tags: list[str]) -> None:
    verdict = of_text(text)
    assert verdict.tags == ()
    assert advised(verdict) == tags


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        pytest.param("v=spf1 -all", "not-a-record", id="a wildcard's SPF"),
        pytest.param(f'"v=DKIM1; k=rsa; p={keys.p()}"', "zone-file-syntax", id="quoted twice"),
        pytest.param(f"v=DKIM1; k; p={keys.p()}", "syntax-error", id="no equals sign"),
        pytest.param(f"v=DKIM1; p={keys.p()}; p={keys.p()}", "duplicate-tag", id="p twice"),
        pytest.param(f"v=DKIM2; p={keys.p()}", "wrong-version", id="another version"),
        pytest.param(f"p={keys.p()}; v=DKIM1", "version-not-first", id="version behind"),
        pytest.param("v=DKIM1; k=rsa", "no-public-key", id="no key"),
        pytest.param(f"v=DKIM1; t=; p={keys.p()}", "invalid-value", id="empty flags"),
        pytest.param(f"v=DKIM1; k=ecdsa; p={keys.p()}", "unknown-key-type", id="ECDSA"),
        pytest.param(f"v=DKIM1; h=sha1; p={keys.p()}", "no-sha256", id="SHA-1 only"),
        pytest.param(f"v=DKIM1; s=tlsrpt; p={keys.p()}", "not-for-email", id="for reports"),
        pytest.param(f"v=DKIM1; p={keys.p()}%", "invalid-base64", id="no base64"),
        pytest.param(f"v=DKIM1; p={keys.p()}"[:255], "key-cut-off", id="one string of a key"),
        pytest.param(f"v=DKIM1; k=rsa; p={keys.ED25519}", "invalid-key", id="Ed25519 as RSA"),
        pytest.param(
            f"v=DKIM1; p={keys.in_base64(keys.private_rsa())}", "private-key", id="the private key"
        ),
        pytest.param(f"v=DKIM1; p={keys.p(768)}", "weak-key", id="768 bits"),
        pytest.param("v=DKIM1; p=", "revoked", id="revoked"),
    ],
)
def test_keys_that_are_not_valid(text: str, tag: str) -> None:
    assert of_text(text).tags == (tag,)


def test_a_pem_file_that_was_pasted() -> None:
    verdict = of_text(f"v=DKIM1; k=rsa; p={keys.pem().replace(chr(10), ' ').strip()}")
    assert verdict.tags == ("invalid-base64",)
    [record] = verdict.remedies[0].publish
    assert record.replace('" "', "").endswith(f'"v=DKIM1; k=rsa; p={keys.p()}"')


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(f'"v=DKIM1; p={keys.ED25519}" | "v=DKIM1; p="', id="two keys"),
        pytest.param('"v=DKIM1; p=" | "v=spf1 -all"', id="a key and SPF"),
        pytest.param('"v=spf1 -all" | "x" | ...', id="and more than are read"),
    ],
)
def test_several_records(records: str) -> None:
    assert of(records).tags == ("several-records",)


def test_pieces_of_a_key_in_records_of_their_own() -> None:
    text = f"v=DKIM1; p={keys.p()}"
    verdict = of(f'"{text[:250]}" | "{text[250:]}"')
    assert "pieces of one key" in verdict.reasons[0].text
    assert keys.p() in verdict.remedies[0].publish[0].replace('" "', "")


def test_one_record_of_maybe_more() -> None:
    assert of('"v=DKIM1; p=" | ...').cause == "too-many-records"


@pytest.mark.parametrize("at", ELSEWHERE)
def test_a_record_where_nobody_looks(at: str) -> None:
    text = keys.strings(f"v=DKIM1; p={keys.p()}")
    verdict = of("NXDOMAIN", (at, f'{text} | "v=spf1 -all"'))
    assert verdict.tags == ("wrong-place",)
    [record] = verdict.remedies[0].publish
    assert record.startswith(f"{NAME}. ")
    assert record.replace('" "', "").endswith(f'p={keys.p()}"')


@pytest.mark.parametrize("said", ["NODATA", "NXDOMAIN", "-> gone.esp.example | NXDOMAIN"])
def test_no_record(said: str) -> None:
    verdict = of(said, (ELSEWHERE[0], "TIMEOUT"), (ELSEWHERE[3], '"v=DMARC1; p=none"'))
    assert verdict.tags == ("no-record",)
    assert ("alias of gone.esp.example" in verdict.reasons[0].text) == ("->" in said)


def test_a_domain_that_its_registry_denies() -> None:
    denied = told(f"{NAME} TXT", "NXDOMAIN", denier="com")
    verdict = judged(CHECK, SENTENCE, denied)
    assert "mistyped, expired or on hold" in verdict.reasons[0].text


def test_a_zone_that_is_refused() -> None:
    assert of("REFUSED-BY-AUTHORITY").tags == ("refused-by-authority",)


def test_the_chain_of_aliases_is_shown() -> None:
    verdict = of('-> a.esp.example | -> b.esp.example | "v=DKIM1; p=x"')
    assert "alias of a.esp.example → b.esp.example" in verdict.reasons[0].text
    assert "by whoever keeps it" in verdict.remedies[0].instruction


@pytest.mark.parametrize(
    ("beside", "alone"),
    [
        pytest.param(f"v=DKIM1; p={keys.p()}", False, id="a valid RSA key"),
        pytest.param(f"v=DKIM1; p={keys.p(512)}", True, id="a weak one"),
        pytest.param("v=DKIM1; p=", True, id="a revoked one"),
        pytest.param(f"v=DKIM1; k=ed25519; p={keys.ED25519}", True, id="another Ed25519 key"),
    ],
)
def test_an_ed25519_key_and_the_one_beside_it(beside: str, *, alone: bool) -> None:
    verdict = judged(
        CHECK,
        f"{SENTENCE}: {{beside: r1}}",
        told(f"{NAME} TXT", f'"v=DKIM1; k=ed25519; p={keys.ED25519}"'),
        told("r1._domainkey.example.com TXT", keys.strings(beside)),
    )
    assert (verdict.kind, advised(verdict)) == ("met", ["ed25519-alone"] if alone else [])


def test_the_key_beside_need_not_be_known() -> None:
    verdict = judged(
        CHECK,
        f"{SENTENCE}: {{beside: r1}}",
        told(f"{NAME} TXT", f'"v=DKIM1; k=ed25519; p={keys.ED25519}"'),
    )
    assert (verdict.kind, advised(verdict)) == ("met", [])
