"""What one faulty term was probably meant to be."""

from __future__ import annotations

import pytest

from mailcheck.facts.spf.record.slips import (
    LONGEST,
    is_odd,
    known_name,
    meant,
    plain,
    readable,
    says_nothing,
    typed,
)


@pytest.mark.parametrize(
    ("written", "term"),
    [
        pytest.param("192.0.2.0/24", "ip4:192.0.2.0/24", id="a network alone"),
        pytest.param("ip4:2001:db8::1", "ip6:2001:db8::1", id="the other family"),
        pytest.param("a:192.0.2.1", "ip4:192.0.2.1", id="an address as host"),
        pytest.param("-mx:192.0.2.1", "-ip4:192.0.2.1", id="as exchange"),
        pytest.param("ip4=192.0.2.1", "ip4:192.0.2.1", id="with ="),
        pytest.param("ip6:[2001:db8::1]", "ip6:2001:db8::1", id="brackets"),
        pytest.param("ip4:192.0.2.1:25", "ip4:192.0.2.1", id="a port"),
        pytest.param("ip4:192.0.2.0\\24", "ip4:192.0.2.0/24", id="a backslash"),
        pytest.param("ip4:192.0.2.0/255.255.255.0", "ip4:192.0.2.0/24", id="a mask"),
        pytest.param("ip4:192.0.2.*", "ip4:192.0.2.0/24", id="a star"),
        pytest.param("192.0.2/24", "ip4:192.0.2.0/24", id="octets left out"),
        pytest.param("192/24", "", id="too many left out"),
        pytest.param("ip4:192.0.2.4-7", "ip4:192.0.2.4/30", id="a range"),
        pytest.param(
            "ip4:192.0.2.3-192.0.2.4", "ip4:192.0.2.3 ip4:192.0.2.4", id="a range in full"
        ),
        pytest.param("ip4:192.0.2.9-1", "", id="a range backwards"),
        pytest.param("ip4:192.0.2.1-254", "", id="a range of many networks"),
        pytest.param("ip4:192.0.2.0/33", "", id="no length"),
        pytest.param("ip4:mail.example.com", "a:mail.example.com", id="a host as address"),
        pytest.param("~inc:a.b", "~include:a.b", id="an abbreviation"),
        pytest.param("inlcude:a.b", "include:a.b", id="letters changed"),
        pytest.param("exclude:a.b", "", id="another word"),
        pytest.param("include:https://a.b/c", "include:a.b", id="a page"),
        pytest.param("include:me@a.b", "include:a.b", id="a mailbox"),
        pytest.param("include:*.a.b", "include:a.b", id="a wildcard"),
        pytest.param("include:include:a.b", "include:a.b", id="twice the name"),
        pytest.param("include:ip4:192.0.2.1", "ip4:192.0.2.1", id="two names"),
        pytest.param("include:a.b/24", "include:a.b", id="a length"),
        pytest.param("a:https://a.b/24", "a:a.b/24", id="a length of a host"),
        pytest.param(
            "include:b\xc3\xbccher.example", "include:xn--bcher-kva.example", id="U-label"
        ),
        pytest.param("include:a.b,c.d", "include:a.b include:c.d", id="two domains"),
        pytest.param("include;a.b", "include:a.b", id="a semicolon within"),
        pytest.param("mx,include:a.b,-all", "mx include:a.b -all", id="commas"),
        pytest.param("mxinclude:a.b", "mx include:a.b", id="no space"),
        pytest.param("include:a.b-all", "include:a.b -all", id="no space before all"),
        pytest.param("_spf.example.net", "include:_spf.example.net", id="a name of records"),
        pytest.param("mail.example.net", "", id="any name"),
        pytest.param("redirect:a.b", "redirect=a.b", id="a modifier"),
        pytest.param("-all.", "-all", id="a dot"),
        pytest.param("-al", "-all", id="a letter short"),
        pytest.param("--all", "-all", id="two signs alike"),
        pytest.param("-~all", "", id="two signs"),
        pytest.param("\xe2\x80\x93all", "-all", id="a dash"),
        pytest.param("\x96all", "-all", id="a dash of Windows"),
        pytest.param("\xe2\x80\x9cmx\xe2\x80\x9d", "mx", id="quotes"),
        pytest.param("\xe2\x88\xbcall", "", id="a tilde operator, which is no minus"),
        pytest.param("mx\xc2\xa0a", "mx a", id="a space that does not break"),
        pytest.param("moo", "", id="who knows"),
        pytest.param("include:", "", id="nothing"),
        pytest.param("include:moo", "", id="no domain"),
    ],
)
def test_one_term(written: str, term: str) -> None:
    assert meant(written) == term
    assert not term or all(map(readable, term.split(" ")))


def test_the_work_of_no_hand_is_not_looked_at() -> None:
    assert meant("," * LONGEST + "-all.") == ""


def test_what_can_be_read_means_itself() -> None:
    assert readable("include:a.b") == "include:a.b"
    assert readable("include:") == ""
    assert readable("\u2013all") == ""


def test_characters_of_word_processors() -> None:
    assert typed("\xe2\x80\x93") == typed("\x96") == "\u2013"
    assert plain("\ufeff\u201cv=spf1\u00a0\u2212all\u201d\t") == '"v=spf1 -all" '


@pytest.mark.parametrize(
    ("text", "nothing"), [(",", True), ('"', True), ("-", False), ("a", False)]
)
def test_words_that_say_nothing(text: str, *, nothing: bool) -> None:
    assert says_nothing(text) is nothing


@pytest.mark.parametrize(
    ("target", "odd"),
    [
        ("_spf.example.net", False),
        ("%{d}.a,b", False),
        ("a.b,c.d", True),
        ("a.b-all", True),
        (".a.b", True),
    ],
)
def test_names_of_no_host(target: str, *, odd: bool) -> None:
    assert is_odd(target) is odd


def test_names_of_terms() -> None:
    assert known_name("IncludeS") == "include"
    assert known_name("prt") == "ptr"
    assert known_name("v") == ""
