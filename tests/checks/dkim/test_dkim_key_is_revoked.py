from __future__ import annotations

import pytest

from mailcheck.checks.dkim.dkim_key_is_revoked import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import judged, run_examples
from mailcheck.verdict import Verdict
from tests import dkim_keys as keys

NAME = "s1._domainkey.example.com"


def of(record: str) -> Verdict:
    return judged(CHECK, "DKIM key s1 of example.com is revoked", told(f"{NAME} TXT", record))


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize("text", ["v=DKIM1; p=", "p=", "v=DKIM1; k=rsa; t=y; p= ;"])
def test_revoked(text: str) -> None:
    assert of(f'"{text}"').kind == "met"


@pytest.mark.parametrize(
    ("record", "tag"),
    [
        pytest.param(f'"k=ed25519; p={keys.ED25519}"', "still-published", id="a key"),
        pytest.param('"v=DKIM1; p=AAAA"', "still-published", id="a key that cannot be read"),
        pytest.param('"v=DKIM2; p="', "unreadable-record", id="another version"),
        pytest.param('"v=DKIM1"', "unreadable-record", id="no p"),
        pytest.param('"v=DKIM1; p=; p="', "unreadable-record", id="p twice"),
        pytest.param('"v=DMARC1; p=none"', "unreadable-record", id="DMARC, of a wildcard"),
        pytest.param('"v=spf1 -all"', "unreadable-record", id="SPF"),
        pytest.param('"p=" | "p="', "several-records", id="several records"),
        pytest.param("NODATA", "no-record", id="none"),
        pytest.param("-> gone.example | NXDOMAIN", "no-record", id="an alias of nothing"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
    ],
)
def test_not_revoked(record: str, tag: str) -> None:
    verdict = of(record)
    assert set(verdict.tags) == {tag}
    if tag != "refused-by-authority":
        assert verdict.remedies[0].publish == (f'{NAME}.  3600  IN  TXT  "v=DKIM1; p="',)


def test_a_selector_without_a_record_fails_no_run() -> None:
    assert CHECK.advised == ("no-record",)


def test_what_stands_elsewhere_does_not_matter() -> None:
    verdict = judged(
        CHECK,
        "DKIM key s1 of example.com is revoked",
        told(f"{NAME} TXT", "NXDOMAIN"),
        told("s1.example.com TXT", f'"k=ed25519; p={keys.ED25519}"'),
    )
    assert verdict.tags == ("no-record",)


def test_the_name_of_the_record_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"write example\.com"):
        judged(CHECK, "DKIM key s1 of s1._domainkey.example.com is revoked")
