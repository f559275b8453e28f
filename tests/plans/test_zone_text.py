"""Master files that providers export."""

from __future__ import annotations

import pytest

from mailcheck.errors import SourceError
from mailcheck.plans.document import Document
from mailcheck.plans.zone_text import WrittenRecord, read_zone_text

TEXT = """\ufeff; a header
$TTL 300
mail A 192.0.2.25 ; first
     A 192.0.2.26
; a line of its own
a    TXT "b; \\"c\\"" ( ; second
     d\\; ) ; third
Mail.Example.net. 60 MX 10 mail
"""


def test_records() -> None:
    assert read_zone_text(Document(TEXT, "a.zone"), "example.com") == [
        WrittenRecord("mail.example.com", "A", 300, "192.0.2.25", 3, "first"),
        WrittenRecord("mail.example.com", "A", 300, "192.0.2.26", 4, ""),
        WrittenRecord("a.example.com", "TXT", 300, '"b; \\"c\\"" "d;"', 6, "second  third"),
        WrittenRecord("mail.example.net", "MX", 60, "10 mail.example.com.", 8, ""),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("a B 1\n", "a.zone:1:1: .*cannot be read", id="no record"),
        pytest.param("@ SOA a b 1 2\udc80 3 4 5\n", r"unit '.x80'", id="no printable letter"),
        pytest.param("$INCLUDE /etc/passwd\n", "includes no other files", id="another file"),
    ],
)
def test_what_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_zone_text(Document(text, "a.zone"), "example.com")
