from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dkim.faults import MOST, faults
from mailcheck.facts.dkim.record import DkimKeyRecord
from tests import dkim_keys as keys


def tags(text: str) -> list[str]:
    return [reason.tag for reason in faults(DkimKeyRecord(text.encode(), "x"), "x")]


RSA = f"p={keys.p()}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(f"v=DKIM1;; {RSA}", ["syntax-error"], id="two semicolons"),
        pytest.param(f"{RSA}; k", ["syntax-error"], id="no equals sign"),
        pytest.param(f"v=DKIM1, k=rsa; {RSA}", ["wrong-version"], id="a comma"),
        pytest.param(
            f"v=DKIM1 k=rsa {RSA}", ["wrong-version", "no-public-key"], id="no semicolons"
        ),
        pytest.param(f"v=dkim1; {RSA}", ["wrong-version"], id="version in lower case"),
        pytest.param(f"v=; {RSA}", ["wrong-version"], id="version empty"),
        pytest.param(f"{RSA}; v=DKIM1", ["version-not-first"], id="version behind"),
        pytest.param(f"{RSA}; {RSA}", ["duplicate-tag"], id="p twice"),
        pytest.param(f"x=1; {RSA}; x=1", ["duplicate-tag"], id="an unknown tag twice"),
        pytest.param("v=DKIM1; k=rsa", ["no-public-key"], id="no p"),
        pytest.param("v=DKIM1; P=x", ["no-public-key"], id="another tag in capitals"),
        pytest.param("v=DKIM1; p=", ["revoked"], id="revoked"),
        pytest.param("k=x; p=", ["revoked", "unknown-key-type"], id="revoked, of no known type"),
        pytest.param("v=spf1 -all", ["not-a-record"], id="SPF"),
        pytest.param("", ["not-a-record"], id="nothing"),
        pytest.param(f"k=dsa; {RSA}", ["unknown-key-type"], id="k"),
        pytest.param(f"h=sha1; {RSA}", ["no-sha256"], id="h"),
        pytest.param(f"s=tlsrpt; {RSA}", ["not-for-email"], id="s"),
        pytest.param(f"t=y,s; {RSA}", ["invalid-value"], id="t"),
        pytest.param(f"k=; {RSA}", ["invalid-value"], id="k empty"),
        pytest.param("p=ab-c", ["invalid-base64"], id="base64"),
        pytest.param(f"p={keys.p(1023)}", ["weak-key"], id="1023 bits"),
        pytest.param(f"p=\n{keys.p()}", ["syntax-error"], id="a line break that folds nothing"),
        pytest.param(f"v=DKIM1\u00a0; {RSA}", ["syntax-error"], id="a space that is no ASCII"),
        pytest.param(f'"v=DKIM1; {RSA}"', ["zone-file-syntax"], id="quoted"),
        pytest.param(rf"v=DKIM1\; {RSA}", ["zone-file-syntax"], id="escaped"),
        pytest.param(
            f'"v=DKIM1; p={keys.p(512)}"', ["zone-file-syntax", "weak-key"], id="quoted and weak"
        ),
        pytest.param('"v=spf1 -all"', ["not-a-record"], id="quoted SPF"),
        pytest.param(r"n=a\; p=AAAA", ["invalid-key"], id="a backslash that does no harm"),
    ],
)
def test_faults(text: str, wanted: list[str]) -> None:
    assert tags(text) == wanted


def test_quotes_in_a_note_are_no_fault() -> None:
    assert tags(f'n="x"; {RSA}') == []


def test_what_is_shown_has_an_end() -> None:
    assert len(tags(";" * 9999 + RSA)) == MOST
    [reason, *_] = faults(DkimKeyRecord(b"v=" + b"\x1b" * 9999 + b";p=", "x"), "x")
    assert len(reason.text) < 400
    assert "\x1b" not in reason.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"\\" * 65_000, id="backslashes"),
        pytest.param(b"p=" + b"=" * 65_000, id="equals signs"),
        pytest.param(b"p=;" + b";".join(b"a%d=" % i for i in range(9_000)), id="tags"),
        pytest.param(b"p=;t=" + b"a:" * 32_000 + b"!", id="flags"),
        pytest.param(b"p=" + b"----BEGIN " * 6_500, id="the beginning of armour"),
        pytest.param(b'"' * 65_000, id="quotes"),
    ],
)
def test_what_is_long_takes_no_longer(text: bytes) -> None:
    """A text has up to 64 KB; these took seconds or minutes once."""
    assert faults(DkimKeyRecord(text * 3, "x"), "x")


@given(st.binary() | st.text('vphkstng=;: \t\r\nDKIM1rsa\\"*').map(str.encode))
def test_what_has_no_fault_has_a_key(text: bytes) -> None:
    record = DkimKeyRecord(text, "x")
    if not faults(record, "x"):
        assert record.key is not None
        assert not record.listed.faults
        assert not record.listed.duplicates
