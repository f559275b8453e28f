"""Records: as text, and as they lie in a packet."""

from __future__ import annotations

import dns.name
import dns.rdata
import pytest

from mailcheck.facts.records import PackedRecords, exchanges, normal_name, record, record_text


def packed(rdtype: str, *texts: str) -> tuple[PackedRecords, list[dns.rdata.Rdata]]:
    """Lay records one behind the other, as in a message; return them unpacked, too."""
    records = [record(rdtype, text) for text in texts]
    message = bytes(12)
    places = []
    for one in records:
        wire = one.to_wire()
        assert wire is not None
        places.append((len(message), len(wire)))
        message += wire
    return PackedRecords(message, records[0].rdtype, tuple(places)), records


@pytest.mark.parametrize(
    ("rdtype", "text"),
    [
        ("A", "192.0.2.1"),
        ("AAAA", "2001:db8::1"),
        ("MX", "10 mail.example.com."),
        ("MX", "0 ."),
        ("NS", r"a\.b.example."),
        ("CNAME", "www.example.net."),
        ("PTR", "mail.example.com."),
        ("TXT", '"a" "" "b"'),
        ("SOA", "ns.example. root.example. 1 2 3 4 5"),
    ],
)
def test_a_record_is_unpacked_as_it_was(rdtype: str, text: str) -> None:
    kept, [whole] = packed(rdtype, text)
    [made] = kept.unpacked()
    assert made.to_text() == text
    assert made.to_wire() == whole.to_wire()
    assert hash(made) == hash(whole)
    assert made.__reduce_ex__(2) == whole.__reduce_ex__(2)


def test_records_are_in_canonical_order_and_each_is_there_once() -> None:
    kept, _ = packed("A", "192.0.2.9", "192.0.2.1", "192.0.2.9", "192.0.2.5")
    assert [one.to_text() for one in kept.unpacked()] == ["192.0.2.1", "192.0.2.5", "192.0.2.9"]


@pytest.mark.parametrize(
    ("rdtype", "texts"),
    [
        pytest.param("MX", ("20 b.example.", "10 c.example.", "10 a.example."), id="preferences"),
        pytest.param("MX", ("10 a.b.example.", "10 ab.example."), id="shorter labels first"),
        pytest.param("NS", ("b.example.", "a.b.example.", "a.example."), id="names"),
        pytest.param("TXT", ('"b"', '"a" "b"', '"aa"', '""'), id="strings"),
        pytest.param("AAAA", ("2001:db8::2", "2001:db8::10", "::1"), id="addresses"),
        pytest.param(
            "SRV", ("1 0 25 b.example.", "0 9 25 a.example.", "0 1 25 c.example."), id="services"
        ),
    ],
)
def test_the_order_is_that_of_dnspython(rdtype: str, texts: tuple[str, ...]) -> None:
    kept, whole = packed(rdtype, *texts)
    assert list(kept.unpacked()) == sorted(whole)


def test_case_makes_no_other_record() -> None:
    kept, _ = packed("MX", "10 Mail.example.", "10 mail.EXAMPLE.", "5 other.example.")
    assert [one.to_text() for one in kept.unpacked()] == ["5 other.example.", "10 Mail.example."]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(("10 mail.example.",), [(10, "mail.example")], id="one"),
        pytest.param(
            ("20 b.example.", "10 C.Example.", "10 a.example.", "10 c.example."),
            [(10, "a.example"), (10, "c.example"), (20, "b.example")],
            id="in order, each once",
        ),
        pytest.param(("0 .",), [(0, ".")], id="null MX"),
        pytest.param((r"1 a\.b.example.",), [(1, r"a\.b.example")], id="a dot in a label"),
        pytest.param((r"1 \195\164.example.",), [(1, r"\195\164.example")], id="octets"),
        pytest.param((r"1 a\"b.example.",), [(1, r"a\"b.example")], id="escaped"),
        pytest.param(("65535 _x-1.example.",), [(65535, "_x-1.example")], id="underscore"),
    ],
)
def test_exchanges_are_the_same_from_a_packet_and_from_records(
    texts: tuple[str, ...], expected: list[tuple[int, str]]
) -> None:
    kept, whole = packed("MX", *texts)
    assert kept.exchanges() == exchanges(whole) == expected


def test_compressed_names_are_followed() -> None:
    message = bytes(12) + b"\x07example\x03com\0" + b"\0\x0a\x04mail\xc0\x0c"
    [mx] = PackedRecords(message, 15, ((25, 9),)).unpacked()
    assert mx.to_text() == "10 mail.example.com."
    assert PackedRecords(message, 15, ((25, 9),)).exchanges() == [(10, "mail.example.com")]


def test_names_are_normal() -> None:
    assert normal_name(dns.name.from_text("WWW.Example.")) == "www.example"
    assert normal_name(dns.name.root) == "."


def test_case_is_lost_only_where_it_has_no_meaning() -> None:
    assert record_text(record("MX", "10 MX.Example.")) == "10 mx.example."
    assert record_text(record("TXT", '"Ab"')) == '"Ab"'
