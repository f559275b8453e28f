"""Policies of MTA-STS, by the grammar of RFC 8461 §3.2, and whom they cover (§4.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.mta_sts.policy import Policy, read_policy

NONE = b"version:STSv1\nmode:none\nmax_age:0\n"
ENFORCE = b"version:STSv1\nmode:enforce\nmax_age:1\n"
ONE = Policy("enforce", 1, ("a.example",))


@pytest.mark.parametrize(
    ("body", "policy"),
    [
        pytest.param(
            b"version: STSv1\r\nmode: testing\r\nmx: mx1.example.com\r\nmx: *.example.net\r\n"
            b"max_age: 1296000\r\n",
            Policy("testing", 1296000, ("mx1.example.com", "*.example.net")),
            id="as in the RFC",
        ),
        pytest.param(NONE, Policy("none", 0), id="none names nobody"),
        pytest.param(NONE + b"mx: a.example", Policy("none", 0, ("a.example",)), id="or somebody"),
        pytest.param(NONE[:-1], Policy("none", 0), id="the last line does not end"),
        pytest.param(ENFORCE.replace(b"\n", b"\r\n") + b"mx:a.example\n", ONE, id="both ends of lines"),
        pytest.param(b"mx: a.example\nmax_age: 1\nmode: enforce\nversion: STSv1", ONE, id="any order"),
        pytest.param(ENFORCE + b"mx:\t \ta.example \t\n", ONE, id="spaces and tabs"),
        pytest.param(ENFORCE + b"mx: A.Example\n", ONE, id="capitals in a name"),
        pytest.param(ENFORCE + b"mx:a.example\nmode: none\nmax_age: 9\n", ONE, id="the first counts"),
        pytest.param(ENFORCE + b"mx:a.example\nmode: what\n", ONE, id="the second is ignored"),
        pytest.param(ENFORCE + b"mx:a.example\nversion: STSv2\n", ONE, id="so is a version"),
        pytest.param(
            ENFORCE + "mx:a.example\nx-note: \u00e9 \u20ac  \U0001f600: b\n".encode(), ONE, id="unknown"
        ),
        pytest.param(ENFORCE + b"mx:a.example\nMode: none\n", ONE, id="keys have their case"),
        pytest.param(ENFORCE + b"mx:a.example\n" + b"k" * 32 + b":v", ONE, id="a key of 32"),
        pytest.param(
            b"version:STSv1\nmode:none\nmax_age:31557600", Policy("none", 31557600), id="a year"
        ),
        pytest.param(
            b"version:STSv1\nmode:none\nmax_age:0000000001", Policy("none", 1), id="ten digits"
        ),
        pytest.param(ENFORCE + b"mx:1-2.3\n", Policy("enforce", 1, ("1-2.3",)), id="digits"),
    ],
)  # fmt: skip
def test_policies(body: bytes, policy: Policy) -> None:
    assert read_policy(body) == policy


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param(b"", "it is empty", id="nothing"),
        pytest.param(b"\r\n", "it is empty", id="an empty line"),
        pytest.param(
            "version: STSv1\n".encode("utf-16"), "it is UTF-16 and not UTF-8", id="UTF-16"
        ),
        pytest.param(
            b"version: STSv1\rmode: none\rmax_age: 0", "holds a CR alone", id="lines of CR alone"
        ),
        pytest.param(
            b"version: STSv1\nMode: none\nmax_age: 0", r"no mode \(Mode is another name\)",
            id="a name in capitals",
        ),
        pytest.param(
            b"version: STSv1\nmode: none\nmax-age: 0", r"no max_age \(max-age is another name\)",
            id="a hyphen in a name",
        ),
        pytest.param(
            b"version: STSv1\nmode: testing\nmax_age: 0\nMX: a", r"no mx \(MX is another name\)",
            id="mx in capitals",
        ),
        pytest.param(b"mode:none\nmax_age:0", "no version", id="no version"),
        pytest.param(b"version:STSv1\nmax_age:0", "no mode", id="no mode"),
        pytest.param(b"version:STSv1\nmode:none", "no max_age", id="no max_age"),
        pytest.param(NONE.replace(b"v1", b"v2"), "version is STSv2", id="another version"),
        pytest.param(NONE.replace(b"STS", b"sts"), "version is stsv1", id="small letters"),
        pytest.param(NONE.replace(b"none", b"None"), "mode is None", id="a mode in capitals"),
        pytest.param(NONE.replace(b"none", b"report"), "mode is report", id="a mode of the drafts"),
        pytest.param(NONE.replace(b"mode:", b"mode :"), "line 2", id="a space before the colon"),
        pytest.param(b" " + NONE, "line 1", id="a space before the key"),
        pytest.param(b"\xef\xbb\xbf" + NONE, "line 1", id="a mark of the byte order"),
        pytest.param(NONE + b"\n", "line 4, an empty line", id="an empty line at the end"),
        pytest.param(b"\n" + NONE, "line 1, an empty line", id="an empty line before"),
        pytest.param(NONE.replace(b"\n", b"\r"), "line 1", id="CR alone"),
        pytest.param(NONE.replace(b"\n", b"\r\r\n"), "line 1", id="CR twice"),
        pytest.param(b"# policy\n" + NONE, "line 1", id="a comment"),
        pytest.param(NONE + b"\xff: a", "not UTF-8", id="no text"),
        pytest.param(NONE + b"ext:\n", "line 4", id="an empty value"),
        pytest.param(NONE + b"ext:a\tb\n", "line 4", id="a tab in a value"),
        pytest.param(NONE + b"ext:a\x7f\n", "line 4", id="DEL"),
        pytest.param(NONE + b"_bad:a\n", "line 4", id="a key that begins otherwise"),
        pytest.param(NONE + b"k" * 33 + b":a\n", "line 4", id="a long key"),
        pytest.param(ENFORCE, "names no mx", id="nobody to enforce it for"),
        pytest.param(ENFORCE + b"MX: a.example\n", "names no mx", id="a key in capitals"),
        pytest.param(ENFORCE + b"mx:\n", "line 4", id="no name"),
        pytest.param(ENFORCE + b"mx: a.example, b.example\n", "line 4", id="two names in a line"),
        pytest.param(ENFORCE + b"mx: *.*.example\n", "line 4", id="two stars"),
        pytest.param(ENFORCE + b"mx: *\n", "line 4", id="a star alone"),
        pytest.param(ENFORCE + b"mx: mx*.example\n", "line 4", id="a star in a label"),
        pytest.param(ENFORCE + b"mx: .example.com\n", "line 4", id="a dot before, as in the drafts"),
        pytest.param(ENFORCE + b"mx: a.example.\n", "line 4", id="a dot behind"),
        pytest.param(ENFORCE + b"mx: a-.example\n", "line 4", id="a hyphen at the end"),
        pytest.param(ENFORCE + b"mx: a_b.example\n", "line 4", id="an underscore"),
        pytest.param(ENFORCE + b"mx: [192.0.2.1]\n", "line 4", id="an address"),
        pytest.param(ENFORCE + "mx: m\u00f8x.example\n".encode(), "line 4", id="U-labels"),
        pytest.param(NONE.replace(b"age:0", b"age:-1"), "max_age is -1", id="negative"),
        pytest.param(NONE.replace(b"age:0", b"age:1d"), "max_age is 1d", id="a unit"),
        pytest.param(NONE.replace(b"age:0", b"age:0.5"), "max_age is 0.5", id="a fraction"),
        pytest.param(NONE.replace(b"age:0", b"age:01234567890"), "max_age", id="eleven digits"),
        pytest.param(NONE.replace(b"age:0", "age:\u0661".encode()), "max_age", id="other digits"),
        pytest.param(NONE.replace(b"age:0", b"age:31557601"), "more than", id="over a year"),
        pytest.param(b"<html>\n<title>a: b</title>\n", "line 1", id="a page"),
        pytest.param(b"version: STSv1; mode: none; max_age: 0", "and not STSv1", id="semicolons"),
    ],
)  # fmt: skip
def test_what_is_no_policy_says_why(body: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_policy(body)


def why_not(octets: bytes) -> str:
    """What is said against *octets*; nothing if they are well."""
    try:
        read_policy(octets)
    except ValueError as error:
        return str(error)
    return ""


@given(st.binary(max_size=120))
def test_whatever_is_served_can_be_told(octets: bytes) -> None:
    assert why_not(ENFORCE + octets).isprintable()


@pytest.mark.parametrize(
    "body",
    [
        b"mx: " + b"a" * 65_000 + b"!",
        b"mx: " + b"a-" * 32_000,
        b"mx: " + b"a." * 32_000 + b"!",
        b"k: x" + b" " * 65_000 + b"\ty",
        b"k: " + b"x " * 32_000 + b"\x7f",
    ],
    ids=["a label", "hyphens", "labels", "spaces", "words"],
)
def test_hostile_lines_take_no_longer_than_others(body: bytes) -> None:
    """A time limit of the test run would end it."""
    with pytest.raises(ValueError, match="line 4"):
        read_policy(ENFORCE + body)


@pytest.mark.parametrize(
    ("pattern", "host", "covered"),
    [
        ("mx.example.com", "mx.example.com", True),
        ("mx.example.com", "mx2.example.com", False),
        ("example.com", "mx.example.com", False),
        ("*.example.com", "mx.example.com", True),
        ("*.example.com", "example.com", False),
        ("*.example.com", "a.mx.example.com", False),
        ("*.example.com", "mx.example.com.evil.example", False),
        ("*.example.com", "mxexample.com", False),
        ("*.com", "example.com", True),
        ("*.com", "com", False),
        ("com", "com", True),
    ],
)
def test_a_star_is_one_label(pattern: str, host: str, *, covered: bool) -> None:
    policy = Policy("enforce", 1, ("other.example", pattern))
    assert policy.covers(host) == covered
    assert (pattern not in policy.idle([host])) == covered


def test_an_entry_that_covers_nobody_is_named_once() -> None:
    policy = Policy("enforce", 1, ("a.example", "*.b.example", "b.example", "b.example"))
    assert policy.idle(["a.example", "mx.b.example"]) == ("b.example",)


@pytest.mark.parametrize(
    ("mode", "applies"), [("enforce", True), ("testing", True), ("none", False)]
)
def test_in_mode_none_nobody_looks(mode: str, *, applies: bool) -> None:
    body = f"version: STSv1\nmode: {mode}\nmx: a.example\nmax_age: 1\n".encode()
    assert read_policy(body).applies == applies
