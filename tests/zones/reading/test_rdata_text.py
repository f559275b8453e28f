"""Names and TTLs: the short way to a name finds what dnspython finds."""

from __future__ import annotations

import dns.exception
import dns.name
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.zones.reading.master_file import IncludeError, read_master_file
from mailcheck.zones.reading.rdata_text import Names, seconds
from tests.zones.reading.record_data import REFUSED, TAKEN, cases

ORIGIN = dns.name.from_text("example.com")

labels = st.text(st.sampled_from("aB-_*/09"), max_size=66)
long_labels = st.integers(60, 66).map(lambda length: "a" * length)
names = st.lists(labels | long_labels, max_size=6).map(".".join)


@given(names | names.map("{}.".format) | st.text(st.sampled_from("a.\\019@")))
def test_names_are_those_of_dnspython(text: str) -> None:
    try:
        expected = dns.name.from_text(text, ORIGIN) if text else None
    except dns.exception.DNSException:
        expected = None
    try:
        found = Names().name(text, ORIGIN)
    except (dns.exception.DNSException, ValueError):
        found = None
    assert found == expected
    assert found is None or expected is None or found.labels == expected.labels


def test_a_name_is_made_once_for_an_origin() -> None:
    names = Names()
    assert names.name("www", ORIGIN) is names.name("www", ORIGIN)
    assert names.name("www", dns.name.root) != names.name("www", ORIGIN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0", 0),
        ("3600", 3600),
        ("1h30m", 5400),
        ("1W2D3h4M5s", 788645),
        ("5s1w", 604805),
        ("0h5", 5),
        ("4294967295", 2**32 - 1),
        ("4294967296", None),
        ("9999999w", None),
        ("1h5", None),
        ("1x", None),
        ("h", None),
        ("", None),
        ("-1", None),
        ("\u0661", None),
        ("1" + "s" * 63, None),
        ("0" * 64, None),
    ],
)
def test_seconds(text: str, found: int | None) -> None:
    assert seconds(text) == found


def problems(record: str) -> tuple[str, ...]:
    """Return what is wrong with a zone that has *record*."""

    def include(name: str, by: str) -> tuple[str, str]:
        raise IncludeError(f"{name} in {by}")

    text = f"$TTL 300\n@ SOA ns h 1 2 3 4 5\n{record}\n"
    return tuple(map(str, read_master_file(text, "z", ORIGIN, include).problems))


@pytest.mark.parametrize("record", cases(TAKEN))
def test_data_that_bind_takes_are_taken(record: str) -> None:
    assert problems(record) == ()


@pytest.mark.parametrize("record", cases(REFUSED))
def test_data_that_bind_refuses_are_refused(record: str) -> None:
    assert len(problems(record)) == 1
