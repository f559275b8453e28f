"""Texts of TXT records."""

from __future__ import annotations

import pytest

from mailcheck.plans.strings import each_quoted, quoted


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param(b"v=spf1 -all", '"v=spf1 -all"', id="plain"),
        pytest.param(b'a "b" \\', '"a \\"b\\" \\\\"', id="quotes"),
        pytest.param(b"a\x00\xff", '"a\\000\\255"', id="octets"),
        pytest.param(b"", '""', id="nothing"),
        pytest.param(b"a" * 256, f'"{"a" * 255}" "a"', id="two strings"),
    ],
)
def test_one_text(text: bytes, data: str) -> None:
    assert quoted(text) == data


def test_strings_as_they_are_cut() -> None:
    assert each_quoted([b"a", b"b"]) == '"a" "b"'
    with pytest.raises(ValueError, match="256 octets"):
        each_quoted([b"a" * 256])
