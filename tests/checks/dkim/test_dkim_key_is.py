from __future__ import annotations

import pytest

from mailcheck.checks.dkim.dkim_key_is import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import judged, run_examples
from mailcheck.verdict import Verdict
from tests import dkim_keys as keys

NAME = "s1._domainkey.example.com"
BY_DIGEST = f"DKIM key s1 of example.com is {keys.ED25519_FINGERPRINT}"
BY_KEY = f"DKIM key s1 of example.com is p={keys.ED25519}"


def of(record: str, sentence: str = BY_KEY) -> Verdict:
    return judged(CHECK, sentence, told(f"{NAME} TXT", record))


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize("sentence", [BY_DIGEST, BY_KEY])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"v=DKIM1; k=ed25519; p={keys.ED25519}", id="as signers write it"),
        pytest.param(f"p={keys.ED25519[:9]} {keys.ED25519[9:]}; t=y; k=ed25519", id="otherwise"),
    ],
)
def test_the_same_key(text: str, sentence: str) -> None:
    assert of(f'"{text}"', sentence).kind == "met"


@pytest.mark.parametrize(
    ("record", "tag"),
    [
        pytest.param(keys.strings(f"v=DKIM1; p={keys.p()}"), "other-key", id="another key"),
        pytest.param('"v=DKIM1; p="', "revoked", id="revoked"),
        pytest.param('"v=DKIM1; p=AAAA"', "unreadable-key", id="no key"),
        pytest.param(f'"v=DKIM1; p={keys.ED25519}"', "unreadable-key", id="of no type of its own"),
        pytest.param(
            f'"k=ed25519; p={keys.ED25519}; p=x"', "unreadable-key", id="two keys in one record"
        ),
        pytest.param('"v=spf1 -all"', "unreadable-key", id="SPF"),
        pytest.param('"p=" | "p="', "several-records", id="several records"),
        pytest.param("NODATA", "no-record", id="none"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
    ],
)
def test_not_the_key(record: str, tag: str) -> None:
    verdict = of(record)
    assert verdict.tags == (tag,)
    if tag != "refused-by-authority":
        assert verdict.remedies[0].publish == (
            f'{NAME}.  3600  IN  TXT  "v=DKIM1; k=ed25519; p={keys.ED25519}"',
        )


def test_a_fingerprint_is_no_record_to_publish() -> None:
    verdict = of('"v=DKIM1; p="', BY_DIGEST)
    assert keys.ED25519_FINGERPRINT in verdict.remedies[0].instruction


def test_what_is_there_is_shown_by_its_fingerprint() -> None:
    verdict = of(f'"k=ed25519; p={keys.ED25519}"', f"DKIM key s1 of example.com is p={keys.p()}")
    assert keys.ED25519_FINGERPRINT in verdict.reasons[0].text


def test_a_pem_text_may_be_an_option() -> None:
    lines = keys.pem().replace("\n", "\\n")
    verdict = of(
        keys.strings(f"v=DKIM1; p={keys.p()}"),
        f'DKIM key s1 of example.com is {{key}}: {{key: "{lines}"}}',
    )
    assert verdict.kind == "met"


def test_a_private_key_is_refused() -> None:
    with pytest.raises(SourceError, match="private key"):
        of("NODATA", f"DKIM key s1 of example.com is {keys.in_base64(keys.private_rsa())}")


def test_the_name_of_the_record_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"write example\.com"):
        judged(CHECK, "DKIM key s1 of _domainkey.example.com is p=x")


@pytest.mark.parametrize(
    ("text", "publishes"),
    [
        pytest.param(rf"k=ed25519\\\\; p={keys.ED25519}", True, id="the key that is wanted"),
        pytest.param("k=ed25519; p=AAAA", False, id="no key"),
    ],
)
def test_a_record_that_holds_the_key_is_mended(text: str, *, publishes: bool) -> None:
    verdict = of(f'"v=DKIM1; {text}"', BY_DIGEST)
    [remedy] = verdict.remedies
    assert verdict.tags == ("unreadable-key",)
    mended = f'{NAME}.  3600  IN  TXT  "v=DKIM1; k=ed25519; p={keys.ED25519}"'
    assert remedy.publish == ((mended,) if publishes else ())
    assert "correct the suite" not in remedy.instruction


def test_another_key_is_not_published_for_the_wanted_one() -> None:
    other = keys.strings(f"v=DKIM1\\; p={keys.p(1024)}")
    assert of(other, BY_DIGEST).remedies[0].publish == ()
