"""Texts of TXT records."""

from __future__ import annotations

import pytest

from mailcheck.plans.octodns.texts import presented, text_of


@pytest.mark.parametrize(
    ("raw", "text", "data", "said"),
    [
        pytest.param(
            "v=DMARC1\\; p=none", "v=DMARC1\\; p=none", '"v=DMARC1; p=none"', "", id="plain"
        ),
        pytest.param('"in quotes"', "in quotes", '"in quotes"', "", id="quotes around it"),
        pytest.param('"one" "two"', "onetwo", '"onetwo"', "", id="parts"),
        pytest.param('a "b" c\\d', 'a "b" c\\d', '"a \\"b\\" c\\\\d"', "", id="quotes within"),
        pytest.param("a" * 256, "a" * 256, f'"{"a" * 255}" "a"', "", id="long"),
        pytest.param("", "", '""', "", id="empty"),
        pytest.param("a;b", "a;b", '"a;b"', "not escaped", id="a bare semicolon"),
        pytest.param("a\\\\;b", "a\\\\;b", '"a\\\\;b"', "escaped twice", id="escaped twice"),
        pytest.param("ü", "ü", '"\\195\\188"', "not ASCII", id="not ASCII"),
    ],
)
def test_a_text(raw: str, text: str, data: str, said: str) -> None:
    complaints: list[str] = []
    assert text_of(raw, complaints.append) == text
    assert presented(text) == data
    assert len(complaints) == bool(said)
    assert said in "".join(complaints)


@pytest.mark.parametrize("raw", [None, 1, 1.5, True, [], {}])
def test_what_is_none(raw: object) -> None:
    with pytest.raises(ValueError, match=r"empty value|needs quotes"):
        text_of(raw, lambda _: None)
