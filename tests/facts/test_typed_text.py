from __future__ import annotations

import pytest

from mailcheck.facts.typed_text import characters, decoded, plain, typed, unquoted


@pytest.mark.parametrize(
    ("text", "plainly"),
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
def test_typed(text: str, plainly: str) -> None:
    assert typed(text.encode()) == plainly


def test_another_encoding() -> None:
    assert typed(b"\x93v=x\x94") == "v=x"


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        pytest.param("\u2212all \u2013all \u2011all", "-all -all -all", id="dashes"),
        pytest.param("\u201eip4\u201c \u00abmx\u00bb", '"ip4" "mx"', id="quotation marks"),
        pytest.param("a\u2009b\ufeff", "a b", id="spaces and marks that nobody sees"),
        pytest.param("b\u00fccher", "b\u00fccher", id="letters stay"),
    ],
)
def test_plain(text: str, plainly: str) -> None:
    assert plain(text) == plainly


@pytest.mark.parametrize("coding", ["utf-8", "cp1252"])
def test_decoded(coding: str) -> None:
    assert decoded("b\u00fccher \u2013".encode(coding)) == "b\u00fccher \u2013"


def test_quotes_and_backslashes_are_characters_too() -> None:
    assert characters('“v=x\\;”&nbsp;"'.encode()) == '"v=x\\;" "'


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (b"v=DKIM1; p=A", b"v=DKIM1; p=A"),
        (b'"v=DKIM1; p=A"', b"v=DKIM1; p=A"),
        (b"v=DKIM1\\; p=A\\;", b"v=DKIM1; p=A;"),
        (b"v=DKIM1\\\\; p=A", b"v=DKIM1; p=A"),
        (b'"v=DKIM1; p=A" "B"', b"v=DKIM1; p=AB"),
        (b's1._domainkey IN TXT ( "v=DKIM1; "\n\t"p=AB" ) ; ----- key', b"v=DKIM1; p=AB"),
        (b'"v=DKIM1; p=A', b"v=DKIM1; p=A"),
        (b'\\"v=DKIM1; p=A\\"', b"v=DKIM1; p=A"),
    ],
)
def test_what_belongs_to_a_zone_file(text: bytes, bare: bytes) -> None:
    assert unquoted(text) == bare
