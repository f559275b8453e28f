"""Data in octets, of types that dnspython does not know or is stricter about.

What BIND takes and refuses of them is shown in ``test_rdata_text.py``.
"""

from __future__ import annotations

import dns.name
import dns.rdatatype as types
import pytest
from dns.rdtypes.svcbbase import ParamKey

from mailcheck.zones.reading.lexing import Quoted
from mailcheck.zones.reading.rdata_own import OWN_TYPES, own_data, split_service


def name(text: str) -> dns.name.Name:
    return dns.name.from_text(text, dns.name.from_text("example.com"))


@pytest.mark.parametrize(
    ("rdtype", "data", "octets"),
    [
        pytest.param(types.MB, "a", "0161076578616d706c6503636f6d00", id="a name"),
        pytest.param(types.TLSA, "3 1 1 ab CD", "030101abcd", id="a hash in parts"),
        pytest.param(types.DS, "258 8 3 ab", "01020803ab", id="a digest of any length"),
        pytest.param(types.A6, "61 ffff:ffff:ffff:ffff::1 .", "3d07000000000000000100", id="A6"),
        pytest.param(types.NXT, ". A MX", "004001", id="types in bits"),
        pytest.param(OWN_TYPES["ATMA"], "+61.2", "01363132", id="digits"),
        pytest.param(OWN_TYPES["DOA"], "0 1 2 a -", "0000000000000001020161", id="no data"),
    ],
)
def test_octets(rdtype: types.RdataType, data: str, octets: str) -> None:
    found = own_data(rdtype, data.split(), name)
    assert found is not None
    assert found.to_wire() == bytes.fromhex(octets)


def test_of_other_types_there_is_no_other_way() -> None:
    assert own_data(types.A, ["192.0.2.1"], name) is None
    assert own_data(types.A, ["\\#", "1", "00"], name) is None


def test_what_bind_does_not_look_into_is_taken_out_of_service_data() -> None:
    left, priority, taken = split_service(["0", "a", "port=1", "ech=", Quoted("AQ=="), "key7=x"])
    assert (left, priority) == (["1", "a", "port=1", "key7=x"], 0)
    assert [(key, value.value) for key, value in taken.items()] == [(ParamKey.ECH, b"\1")]
