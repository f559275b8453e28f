"""Records whose strings begin anew."""

from __future__ import annotations

import pytest

from mailcheck.facts.dkim.pieces import begins_anew, joined
from mailcheck.facts.dkim.public_key import PublicKey
from mailcheck.facts.dkim.record import DkimKeyRecord
from tests import dkim_keys as keys

WHOLE = f"v=DKIM1; k=rsa; p={keys.p()}".encode()
FIRST, SECOND = WHOLE[:255], WHOLE[255:]


def record(*strings: bytes) -> DkimKeyRecord:
    return DkimKeyRecord(b"".join(strings), "x.example", strings)


@pytest.mark.parametrize(
    ("strings", "number"),
    [
        pytest.param((), 0, id="not known"),
        pytest.param((WHOLE,), 0, id="one"),
        pytest.param((FIRST, SECOND), 0, id="two that go on"),
        pytest.param((FIRST, b""), 0, id="one of them empty"),
        pytest.param((b"v=DKIM1; k=rsa; ", WHOLE[16:]), 0, id="the key in the second"),
        pytest.param((FIRST, b"v=DKIM1; p=" + SECOND), 2, id="a version again"),
        pytest.param((FIRST, SECOND[:9], b"V=dkim1;k=rsa;p=" + SECOND[9:]), 3, id="the third"),
        pytest.param((FIRST[:-1], b"p="), 0, id="the end of base64"),
    ],
)
def test_which_string_begins_anew(strings: tuple[bytes, ...], number: int) -> None:
    assert begins_anew(record(*strings)) == number


@pytest.mark.parametrize(
    "strings",
    [
        pytest.param((FIRST, b"v=DKIM1; k=rsa; p=" + SECOND), id="all tags again"),
        pytest.param((FIRST, b"p = " + SECOND), id="the tag alone"),
        pytest.param((FIRST, FIRST, SECOND), id="a string twice"),
    ],
)
def test_the_pieces_make_a_key(strings: tuple[bytes, ...]) -> None:
    whole = joined(record(*strings))
    assert whole is not None
    assert isinstance(whole.key, PublicKey)
    assert whole.text == WHOLE.replace(b"p = ", b"p=")


def test_pieces_that_make_none() -> None:
    assert joined(record(FIRST, b"v=DKIM1; p=" + SECOND[:9])) is None
    assert joined(record(WHOLE, b"v=DKIM1; p=" + SECOND)) is None
