"""Patterns of host names: what they match, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.name_patterns import NamePattern


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        pytest.param("mail.example.com", "mail.example.com", id="a name"),
        pytest.param("Mail.Example.COM.", "mail.example.com", id="in any case"),
        pytest.param("*.example.com", "mail.example.com", id="below"),
        pytest.param("*.example.com", "a.b.c.example.com", id="far below"),
        pytest.param("mail-*.example.com", "mail-yw1-f169.example.com", id="in a label"),
        pytest.param("mail*.example.com", "mail.example.com", id="nothing"),
        pytest.param("a*b*c.example.com", "axbxbxc.example.com", id="several"),
        pytest.param("*.out*.example.com", "a.b.out1.example.com", id="below a pattern"),
        pytest.param("mx.*.example.com", "mx.de.example.com", id="a whole label"),
        pytest.param("grün.example", "xn--grn-ioa.example", id="U-labels"),
    ],
)
def test_what_matches(pattern: str, name: str) -> None:
    assert NamePattern.parse(pattern).matches(name)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        pytest.param("mail.example.com", "mx.mail.example.com", id="a name above"),
        pytest.param("*.example.com", "example.com", id="the domain itself"),
        pytest.param("*.example.com", "mail.badexample.com", id="another domain"),
        pytest.param("*.example.com", "mail.example.com.example.net", id="in the middle"),
        pytest.param("mail-*.example.com", "mail-a.b.example.com", id="over a dot"),
        pytest.param("ab*ba.example", "aba.example", id="an overlap"),
        pytest.param("a*b*c.example", "acb.example", id="another order"),
        pytest.param("*.example.com", "", id="nothing"),
    ],
)
def test_what_does_not_match(pattern: str, name: str) -> None:
    assert not NamePattern.parse(pattern).matches(name)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("*", id="everything"),
        pytest.param("mail", id="a single label"),
        pytest.param("mail.*", id="every top-level domain"),
        pytest.param("*.*", id="everything, twice"),
        pytest.param("*..com", id="an empty label"),
        pytest.param("mail[0-9].example.com", id="a regular expression"),
        pytest.param("*.grün.example", id="U-labels beside a star"),
        pytest.param("203.0.113.25", id="an address"),
    ],
)
def test_what_is_no_pattern(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        NamePattern.parse(text)


@given(st.text(alphabet="ab*", min_size=1, max_size=20), st.text(alphabet="ab", max_size=40))
def test_a_label_matches_as_the_shell_has_it(wanted: str, label: str) -> None:
    reachable = {0}
    for char in wanted:
        if char == "*":
            reachable = set(range(min(reachable), len(label) + 1)) if reachable else set()
        else:
            reachable = {at + 1 for at in reachable if label[at : at + 1] == char}
    expected = len(label) in reachable
    assert NamePattern(f"{wanted}.example").matches(f"{label}.example") == (
        expected if wanted != "*" else True
    )
