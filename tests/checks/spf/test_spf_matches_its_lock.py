from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_matches_its_lock import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import judged
from mailcheck.verdict import Verdict

SENTENCE = "SPF of example.com matches its lock"

LOCK = """\
spf-lock: 1
domain: example.com
networks:
  example.com:
    - 192.0.2.0/24
  example.com > b.example:
    - 198.51.100.0/24
"""


def verdict(own: str, vendor: str = '"v=spf1 -all"', lock: str = LOCK) -> Verdict:
    answers = told("example.com TXT", own), told("b.example TXT", vendor)
    return judged(CHECK, SENTENCE, *answers, files={"spf-example.com.lock": lock})


@pytest.mark.parametrize(
    ("own", "vendor", "ends"),
    [
        pytest.param(
            '"v=spf1 ip4:192.0.2.0/24 include:b.example -all"',
            '"v=spf1 ip4:198.51.100.0/24 -all"',
            "met",
            id="the same",
        ),
        pytest.param(
            '"v=spf1 include:b.example ip4:192.0.2.0/24 -all"',
            '"v=spf1 ip4:198.51.100.0/24 -all"',
            "met",
            id="in another order",
        ),
        pytest.param(
            '"v=spf1 ip4:198.51.100.0/23 ip4:192.0.2.0/24 ip4:198.51.100.0/24 -all"',
            "NODATA",
            "met",
            id="without the include",
        ),
        pytest.param(
            '"v=spf1 ip4:192.0.2.0/24 include:b.example -all"', "NODATA", "network-lost", id="none"
        ),
        pytest.param(
            '"v=spf1 ip4:192.0.2.0/24 -include:b.example +all"',
            '"v=spf1 ip4:198.51.100.0/24 -all"',
            "network-lost",
            id="kept out",
        ),
        pytest.param("NXDOMAIN", "NODATA", "network-lost", id="no domain"),
        pytest.param("TIMEOUT", "NODATA", "timeout", id="nobody knows"),
        pytest.param("SERVFAIL", "NODATA", "servfail", id="a resolver fails"),
        pytest.param(
            '"v=spf1 ip4:192.0.2.0/24 include:b.example -all"', "TIMEOUT", "timeout", id="perhaps"
        ),
        pytest.param(
            '"v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 include:b.example -all"',
            "TIMEOUT",
            "met",
            id="all pass before what nobody knows",
        ),
        pytest.param(
            '"v=spf1 -ip4:192.0.2.0/24 include:b.example -all"',
            "TIMEOUT",
            "network-lost",
            id="kept out before what nobody knows",
        ),
    ],
)
def test_what_the_lock_has_must_pass(own: str, vendor: str, ends: str) -> None:
    found = verdict(own, vendor)
    assert (found.tags[0] if found.tags else found.cause or found.kind) == ends


def test_what_the_provider_added_is_advice() -> None:
    record = '"v=spf1 ip4:192.0.2.0/24 include:b.example -all"'
    found = verdict(record, '"v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/24 -all"')
    assert (found.kind, [advice.tag for advice in found.advice]) == ("met", ["networks-added"])


@pytest.mark.parametrize(
    ("lock", "message"),
    [
        pytest.param(
            LOCK.replace("domain: example.com", "domain: example.net"),
            r"spf-example\.com\.lock is the lock of example\.net",
            id="of another domain",
        ),
        pytest.param("networks: []", r"spf-example\.com\.lock:1:1: this is no lock", id="no lock"),
    ],
)
def test_a_lock_that_cannot_be_used_is_an_error_of_the_suite(lock: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        verdict('"v=spf1 -all"', lock=lock)


def test_a_lock_that_is_missing_is_an_error_that_says_how_to_write_it() -> None:
    with pytest.raises(SourceError, match="does not exist; `mailcheck lock spf DOMAIN` writes it"):
        judged(CHECK, SENTENCE)
