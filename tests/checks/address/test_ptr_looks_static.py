"""``PTR of IP I looks static``: every name is weighed, and what was weighed is shown."""

from __future__ import annotations

import pytest

from mailcheck.checks.address.ptr_looks_static import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

SENTENCE = "PTR of IP 203.0.113.25 looks static"
OWNER = "25.113.0.203.in-addr.arpa"


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        pytest.param("mail.example.com.", "met", id="a name of its own"),
        pytest.param("203-0-113-25.example.net.", "generic-ptr", id="the address"),
        pytest.param("cb007119.example.net.", "generic-ptr", id="the address in hexadecimal"),
        pytest.param("0-113-25.pool.example.net.", "generic-ptr", id="three octets in a pool"),
        pytest.param("static-203-0-113-25.example.net.", "met", id="static"),
        pytest.param("mail-203-0-113-25.example.net.", "met", id="mail"),
        pytest.param("mail.dsl-203-0-113-25.example.net.", "generic-ptr", id="mail on a line"),
        pytest.param("mail.example.com. | dhcp-17.example.net.", "generic-ptr", id="one of two"),
        pytest.param(f"-> 25.0-127.{OWNER} | 203-0-113-25.example.net.", "generic-ptr", id="alias"),
        pytest.param("NXDOMAIN", "no-ptr", id="no such name"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="lame reverse zone"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="silence"),
        pytest.param("dhcp-17.example.net. | ...", "generic-ptr", id="decided by what was read"),
    ],
)
def test_how_it_ends(answer: str, ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, told(f"{OWNER} PTR", answer)))


def test_the_parts_that_were_weighed_are_shown() -> None:
    answer = told(f"{OWNER} PTR", "203-0-113-25.cust.example.net.")
    [reason] = judged(CHECK, SENTENCE, answer).reasons
    assert "scores 3: the four octets of the address (203-0-113-25) +2" in reason.text
    assert "(cust) +1; nothing clears it" in reason.text


def test_one_flag_is_advice() -> None:
    verdict = judged(CHECK, SENTENCE, told(f"{OWNER} PTR", "gw.dsl.example.net."))
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["somewhat-generic"])


def test_advice_can_be_demanded() -> None:
    wanted = f"{{{SENTENCE}: {{severity: {{somewhat-generic: required}}}}}}"
    verdict = judged(CHECK, wanted, told(f"{OWNER} PTR", "gw.dsl.example.net."))
    assert verdict.tags == ("somewhat-generic",)


@pytest.mark.parametrize(
    ("allow", "ends"),
    [
        pytest.param("203-0-113-25.example.net", "met", id="the name"),
        pytest.param("[mx.example.org, '*.example.net']", "met", id="a pattern of several"),
        pytest.param("'*.example.org'", "generic-ptr", id="another domain"),
    ],
)
def test_what_is_allowed_is_not_generic(allow: str, ends: str) -> None:
    wanted = f"{{{SENTENCE}: {{allow: {allow}}}}}"
    answer = told(f"{OWNER} PTR", "203-0-113-25.example.net.")
    assert ends in ending(judged(CHECK, wanted, answer))


def test_a_pattern_of_everything_is_refused_when_read() -> None:
    with pytest.raises(SourceError, match="every domain"):
        judged(CHECK, f"{{{SENTENCE}: {{allow: '*.*'}}}}")


def test_names_beyond_the_tenth_are_unknown() -> None:
    names = " | ".join(f"mx{i}.example.com." for i in range(11))
    verdict = judged(CHECK, SENTENCE, told(f"{OWNER} PTR", names))
    assert ending(verdict) == ("inconclusive: too-many-names",)


def test_the_nibbles_of_ipv6_are_seen() -> None:
    owner = "5.2.0.0." + "0." * 20 + "8.b.d.0.1.0.0.2.ip6.arpa"
    answer = told(f"{owner} PTR", "2001-db8--25.v6.example.net.")
    assert judged(CHECK, "PTR of IP 2001:db8::25 looks static", answer).tags == ("generic-ptr",)


def test_the_remedy_is_a_name_of_the_hosts_own() -> None:
    answer = told(f"{OWNER} PTR", "203-0-113-25.example.net.")
    [remedy] = judged(CHECK, SENTENCE, answer).remedies
    assert remedy.publish == (f"{OWNER}.  3600  IN  PTR  mail.example.com.",)
    assert "allow" in remedy.instruction
