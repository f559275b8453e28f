"""``EHLO name E is no one else's``: what is borrowed shows in the text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.checks.ehlo.ehlo_name_is_no_one_elses import CHECK
from mailcheck.suite.load import load_suite
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from pathlib import Path


def said(ehlo: str, options: str = "") -> str:
    sentence = f"EHLO name \"{ehlo}\" is no one else''s"
    return f"{{'{sentence}': {{{options}}}}}" if options else f"'{sentence}'"


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("ehlo", "options", "ends"),
    [
        pytest.param("mail.example.com", "", "met", id="its own name"),
        pytest.param("mail.example.com", "ip: 203.0.113.25", "met", id="its own name, from there"),
        pytest.param("localhost", "", "local-name", id="localhost"),
        pytest.param("LOCALHOST.", "", "local-name", id="localhost, shouted, with a dot"),
        pytest.param("localhost.localdomain", "", "local-name", id="localhost.localdomain"),
        pytest.param("ubuntu.local", "", "local-name", id="multicast DNS"),
        pytest.param("mail", "", "not-fully-qualified", id="single label"),
        pytest.param("203.0.113.25", "", "bare-address", id="IPv4 without brackets"),
        pytest.param("2001:db8::25", "", "bare-address", id="IPv6 without brackets"),
        pytest.param("ma!l.example.com", "", "invalid-name", id="no name"),
        pytest.param("[2001:db8::25]", "", "invalid-name", id="IPv6 literal without its tag"),
        pytest.param("[203.0.113.25]", "", "met", id="literal"),
        pytest.param("[203.0.113.25]", "ip: 203.0.113.25", "met", id="own literal"),
        pytest.param("[IPv6:2001:db8::25]", "ip: 2001:db8::25", "met", id="own IPv6 literal"),
        pytest.param("[203.0.113.26]", "ip: 203.0.113.25", "other-address", id="another's literal"),
        pytest.param("mx.example.net", "receivers: [mx.example.net]", "receivers-name", id="equal"),
        pytest.param("mx.example.net", "receivers: [example.net]", "receivers-name", id="below"),
        pytest.param("MX.Example.net", "receivers: [example.NET]", "receivers-name", id="case"),
        pytest.param("mx.example.net", "receivers: [example.org]", "met", id="other receivers"),
        pytest.param("pppoe-203-0-113-25.example.net", "", "generic-name", id="generated"),
        pytest.param(
            "pppoe-203-0-113-25.example.net",
            "allow: [pppoe-*.example.net]",
            "met",
            id="generated, allowed",
        ),
    ],
)
def test_how_it_ends(ehlo: str, options: str, ends: str) -> None:
    verdict = judged(CHECK, said(ehlo, options))
    assert (ending(verdict), verdict.evidence) == ((ends,), ())


def test_the_address_comes_from_the_sentence_or_the_inventory(tmp_path: Path) -> None:
    text = (
        "mailcheck: 1\nfor: {ip: 203.0.113.25, ehlo: mail.example.com}\n"
        "checks: [EHLO name is no one else's]\n"
    )
    (tmp_path / "x.yml").write_text(text)
    suite = load_suite(tmp_path / "x.yml", "x.yml", Catalogue({"this": CHECK}))
    [requirement] = suite.requirements
    assert requirement.title == "EHLO name mail.example.com of IP 203.0.113.25 is no one else's"


def test_every_fault_of_a_name_is_told() -> None:
    name = "pppoe-203-0-113-25.example.net"
    verdict = judged(CHECK, said(name, "receivers: [example.net]"))
    assert verdict.tags == ("receivers-name", "generic-name")


@pytest.mark.parametrize("options", ["", "ip: 203.0.113.25", "ip: 203.0.113.26"])
def test_a_literal_earns_advice(options: str) -> None:
    assert [a.tag for a in judged(CHECK, said("[203.0.113.25]", options)).advice] == [
        "address-literal"
    ]


@pytest.mark.parametrize(
    ("ehlo", "says_allow"), [("localhost", False), ("pppoe-203-0-113-25.example.net", True)]
)
def test_the_remedy_is_to_say_another_name(ehlo: str, says_allow: bool) -> None:  # noqa: FBT001  a column of the table
    [remedy] = judged(CHECK, said(ehlo)).remedies
    assert "smtp_helo_name" in remedy.instruction
    assert ("under allow" in remedy.instruction) == says_allow
