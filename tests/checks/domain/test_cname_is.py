"""CNAME of N is X."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.checks.domain.cname_is import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.records import record
from mailcheck.testing import ending, judged, run_examples

SENTENCE = "CNAME of www.example.com is web.example.net"
ASKED = "www.example.com CNAME"


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        pytest.param("web.example.net.", "met", id="the target"),
        pytest.param("WEB.Example.NET.", "met", id="case does not matter"),
        pytest.param("NODATA", "no-cname", id="no alias"),
        pytest.param("NXDOMAIN", "no-such-domain", id="no such name"),
        pytest.param("old.example.net.", "other-target", id="something else"),
        pytest.param("web.example.net.example.com.", "other-target", id="a dot was forgotten"),
        pytest.param("example.net.", "other-target", id="a name above"),
        pytest.param(".", "other-target", id="the root"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="silent"),
    ],
)
def test_the_record_decides(said: str, ends: str) -> None:
    """What the target itself is, is not asked: nobody tells."""
    assert ending(judged(CHECK, SENTENCE, told(ASKED, said))) == (ends,)


def test_two_aliases_are_not_one() -> None:
    """Forbidden by RFC 2181 §10.1, served all the same; a resolver takes either."""
    asks, answer = told(ASKED, "web.example.net.")
    assert isinstance(answer, DnsAnswer)
    both = replace(answer, records=(*answer.records, record("CNAME", "old.example.net.")))
    verdict = judged(CHECK, SENTENCE, (asks, both))
    assert verdict.tags == ("other-target",)
    assert "web.example.net, old.example.net" in verdict.reasons[0].text


@pytest.mark.parametrize("target", ["web.example.net.", "Web.Example.Net", '"web.example.net"'])
def test_the_target_is_read_in_normal_form(target: str) -> None:
    assert judged(CHECK, f"CNAME of www.example.com is {target}", told(ASKED, "web.example.net."))


def test_internationalised_names_on_both_sides() -> None:
    sentence = "CNAME of www.點看.example is 點看.example.net"
    asked = "www.xn--c1yn36f.example CNAME"
    assert judged(CHECK, sentence, told(asked, "xn--c1yn36f.example.net."))
    verdict = judged(CHECK, sentence, told(asked, "xn--c1yn36f.example.org."))
    assert verdict.reasons[0].text == (
        "www.點看.example is an alias of 點看.example.org, not of 點看.example.net"
    )


def test_the_remedy_is_the_alias() -> None:
    [remedy] = judged(CHECK, SENTENCE, told(ASKED, "NODATA")).remedies
    assert remedy.publish == ("www.example.com.  3600  IN  CNAME  web.example.net.",)


@pytest.mark.parametrize("sentence", ["CNAME of www.example.com is 192.0.2.1", "CNAME is a b"])
def test_bad_input_is_no_verdict(sentence: str) -> None:
    with pytest.raises(SourceError):
        judged(CHECK, sentence)
