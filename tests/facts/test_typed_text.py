from __future__ import annotations

import pytest

from mailcheck.facts.typed_text import typed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("v=x; p=y", "v=x; p=y", id="as-typed"),
        pytest.param('"v=x; p" "=y"', "v=x; p=y", id="quoted-strings"),
        pytest.param(r"\"v=x\; p=y\"", "v=x; p=y", id="escaped"),
        pytest.param("“v=x; p=y”", "v=x; p=y", id="curly-quotes"),
        pytest.param("'v=x; p=y'", "v=x; p=y", id="single-quotes"),
        pytest.param("o\u2019brien@e.fg", "o'brien@e.fg", id="a-curly-apostrophe"),
        pytest.param("a\u2013b\u2011c", "a-b-c", id="dashes"),
        pytest.param("v=x;\u00a0p=y", "v=x; p=y", id="no-break-space"),
        pytest.param("\ufeffv\u200b=x", "v=x", id="what-nobody-sees"),
        pytest.param("v=x&#59; &quot;p&#x3d;y&quot;&nbsp;", "v=x; p=y", id="HTML"),
        pytest.param("&copy=1&notanentity;", "&copy=1&notanentity;", id="no-HTML"),
        pytest.param("\uff56\uff1d\uff58\uff1b", "v=x;", id="full-width"),
    ],
)
def test_typed(text: str, plain: str) -> None:
    assert typed(text.encode()) == plain


def test_another_encoding() -> None:
    assert typed(b"\x93v=x\x94") == "v=x"
