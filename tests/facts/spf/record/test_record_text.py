"""SPF records as suites say them."""

from __future__ import annotations

import pytest

from mailcheck.facts.spf.record.record_text import SpfText


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("v=spf1 -all", b"v=spf1 -all"),
        ('"v=spf1 mx " "-all"', b"v=spf1 mx -all"),
        ("V=SPF1", b"V=SPF1"),
    ],
)
def test_a_record(text: str, octets: bytes) -> None:
    assert SpfText.parse(text).octets == octets


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("valid", "does not begin with v=spf1"),
        ("v=spf10", "does not begin with v=spf1"),
        ("-all", "does not begin with v=spf1"),
        ("v=spf1 ip:192.0.2.1", '"ip" is no mechanism; ip4 is'),
    ],
)
def test_no_record(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        SpfText.parse(text)


@pytest.mark.parametrize(
    ("text", "record", "same"),
    [
        pytest.param("v=spf1 -all", b"v=spf1 -all", True, id="the same"),
        pytest.param("v=spf1 -all", b"V=SPF1  -ALL ", True, id="case and spaces"),
        pytest.param("v=spf1 MX -all", b"v=spf1 mx -all", True, id="case in the suite"),
        pytest.param("v=spf1 -all", b"v=spf1 ~all", False, id="another qualifier"),
        pytest.param("v=spf1 a mx", b"v=spf1 mx a", False, id="another order"),
        pytest.param("v=spf1 -all", b"v=spf1 mx -all", False, id="more"),
        pytest.param("v=spf1 mx -all", b"v=spf1 -all", False, id="less"),
        pytest.param("v=spf1 +mx -all", b"v=spf1 mx -all", False, id="a sign that says nothing"),
        pytest.param("v=spf1 exists:%{L}.A.b", b"v=spf1 exists:%{L}.a.B", True, id="a name"),
        pytest.param("v=spf1 exists:%{L}.a.b", b"v=spf1 exists:%{l}.a.b", False, id="a macro"),
        pytest.param("v=spf1 -all", b"v=spf1 -all\xff", False, id="not ASCII"),
    ],
)
def test_is_said_by(text: str, record: bytes, same: bool) -> None:  # noqa: FBT001  a column of the table
    assert SpfText.parse(text).is_said_by(record) is same
