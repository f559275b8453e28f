r"""Data that BIND and dnspython do not read alike: the table of two tests.

``test_rdata_text.py`` holds it against our reader, ``tests/servers/test_record_data.py`` against
``named-compilezone``.
"""

from __future__ import annotations

H20, H32, H48, H64 = ("ab" * octets for octets in (20, 32, 48, 64))
HASH = "0P9MHAVEQVM6T7VBL5LOP2U3T2RP3TOM"
TIMES = "20300101000000 20200101000000"

TAKEN: dict[str, tuple[str, ...]] = {
    "APL": ("", "!1:192.0.2.0/24"),
    "TXT": (r"\# text", r"\#", r'\# "2" a', r"\# 2 0161"),
    "MB": ("a", "a."),
    "MG": ("a",),
    "MR": ("a",),
    "MINFO": ("a b", "a@b c."),
    "NXT": ("a A MX", "a", "a 1 2"),
    "A6": ("0 2001:db8::1", "64 ::1 a", "128 a", "61 2001::1 a", "8 ::1 ."),
    "EID": ("01 aa", r"\# 2 01aa"),
    "NIMLOC": ("01aa",),
    "ATMA": ("+123", "39246f", "39.246f", "+61.2.1"),
    "SINK": ("1 0 0 AQ==", "1 0 0"),
    "RKEY": ("0 3 8 AwEAAQ==",),
    "TALINK": ("a b",),
    "DOA": ('0 1 2 "" AQ==', '0 1 2 "a" -', "0 1 2 a AQ=="),
    "GPOS": ('"" "" ""', "91 0 0", "a b c", r'a\;b "\065" c', "1 2 3"),
    "LOC": ("52 14 05. N 00 08 50 E 1m", "52 14 .5 N 00 08 50 E 1m", "90 0 0 N 180 0 0 E 0m",
            "0 0 0 N 0 0 0 E 0 90000000.01 0 0"),
    "NID": ("1 0:0:0:0", "1 14:4fff:FF20:ee64"),
    "L64": ("1 0:0:0:0",),
    "EUI48": ("0-0-5e-0-53-2a", "0-0-5e-0-53-2a-1"),
    "EUI64": ("0-0-5e-ef-10-0-0-2a",),
    "NSAP": ("0X47", "0x47.00.05"),
    "SSHFP": ("0 0", "1 3", "1 3 ab"),
    "URI": ('1 2 ""', '1 2 "a"'),
    "TLSA": ("3 1 1 ab", "3 1 2 ab", "3 1 1 ( abab ab )", f"3 1 1 {H32}00", f"3 1 1 {H32}"),
    "SMIMEA": ("3 1 1 ab", "3 1 2 ab"),
    "TYPE52": (r"\# 4 030101ab",),
    "DS": (
        *(f"1 8 3 {digest}" for digest in ("ab", H20, H32)),
        *("1 8 0 ab", f"1 8 SHA-256 {H32}", f"1 8 sha256 {H32}", f"1 8 GOST {H32}"),
        *(f"1 8 SHA-1 {H20}", f"1 8 SHA384 {H48}", f"1 NSEC3DSA 2 {H32}", f"1 ecdsa256 2 {H32}"),
    ),
    "TYPE43": (r"\# 5 0001080300",),
    "CDS": ("1 8 3 ab",),
    "DLV": ("1 8 3 ab", "1 8 0 00"),
    "TA": (f"1 8 2 {H32}",),
    "DNSKEY": ("ZONE 3 8 AwEAAQ==", "256 DNSSEC 8 AwEAAQ==", "zone|ksk 3 NSEC3RSASHA1 AwEAAQ=="),
    "OPENPGPKEY": ("AQ==", "A Q = =", "AQE=", "AQEB"),
    "KEY": ("HOST|SIG3 EMAIL 8 AwEAAQ==",),
    "RRSIG": (
        *(f"A 8 2 300 {time} {time} 1 example. AwEAAQ==" for time in
          ("00100227180048", "19500101000000", "29991231000000", "20300101000060", "20000229000000")),
        *(f"65 8 2 300 {TIMES} 1 example. AwEAAQ==", f"A 8 3 300 {TIMES} 1 x AwEAAQ=="),
    ),
    "NSEC3PARAM": ("SHA-1 0 0 -",),
    "NSEC3": (f"SHA-1 0 0 - {HASH} A",),
    "ZONEMD": (f"1 1 0 {H48}", f"1 0 1 {H48}"),
    "SVCB": (
        *("0 a port=1", "1 . ech", "1 . ech=AQ==", '1 . ech="ZWFzdGVyIGVnZyE="', "1 . ech=", '1 a. ech="" port=1'),
        *("1 . dohpath=/q{?dns}", "1 . dohpath=/{+a,dns}", "1 . key65333"),
    ),
    "HTTPS": ('1 . ech="AQ=="', "1 . alpn=h2"),
    "NAPTR": tuple(
        f'1 2 "u" "s" "{regexp}" .'
        for regexp in ("", "!a!b!", "!a!b!i", "!!", "!(a)|b!\\\\1!", "!^.*$!sip:a@b!", "!a{1,2}[]b]!!",
                       "!a{x}!b!", "!a)!b!", "#(a)(b)#\\\\2\\\\1#", "!()!b!")
        if regexp != "!!"
    ),
    "CLASS0 A": ("1.2.3.4",),
}  # fmt: skip
"""By type; ``example.com`` is the origin."""

REFUSED: dict[str, tuple[str, ...]] = {
    "TXT": (r"\# 3 0161",),
    "MB": ("", "a b", '"a"'),
    "MINFO": ("a",),
    "NXT": ("a TYPE200", ""),
    "A6": ("129 a", "128", "0 ::1 a", "64 ::1"),
    "EID": ("1", "", '"01"'),
    "ATMA": ("0x", "+1a", ".39", "39..24", "39.", "+"),
    "SINK": ("1 0", "1 0 0 -", "256 0 0"),
    "RKEY": ("1 3 8 AwEAAQ==",),
    "DOA": ("0 1 3", '0 1 2 ""'),
    "X25": ("123", "12a4", ""),
    "GPOS": ("1 2", "1 2 3 4"),
    "LOC": (
        *("52 14 05 N 00 08 50 E 10.123m", "52 14 05 N 00 08 50 E -100001m", "91 N 0 E 10"),
        *("52 14 05 N 00 08 50 E 42849673m", "90 0 0.001 N 180 0 0 E 0m", "90 N 180 0 1 W 0m"),
        *(f"0 0 0 N 0 0 0 E 0 {sizes}" for sizes in ("90000001 0 0", "0 90000001 0", "0 0 90000001")),
    ),
    "NID": ("1 14:4fff:ff20", "1 00000:0:0:0", "1 ::1"),
    "EUI48": ("0-0-5e-0-53", "00:00:5e:00:53:2a"),
    "NSAP": ("0x", "0x4", "47"),
    "SSHFP": ("1 1", "1 2 ab", "0 0 -"),
    "URI": ("1 2 a", '1 2 "a" b', "1 2"),
    "TLSA": ("3 1 1", "3 1 1 a", "256 1 1 ab", "3 1 1 zz", '3 1 1 "ab"', "+3 1 1 ab"),
    "TYPE52": (r"\# 5 030101ab", r"\# 3 030101", r"\# 0"),
    "TYPE48": (r"\# 4 01000308",),
    "TYPE61": (r"\# 0",),
    "TYPE7": (r"\# 0",),
    "TYPE58": (r"\# 1 00",),
    "DS": ("1 8 2 ab", "1 8 1 ab", "1 FOO 3 ab", "1 8 3", f"1 8 256 {H32}"),
    "TYPE43": (r"\# 5 0001080200",),
    "CDS": ("1 8 2 ab",),
    "DNSKEY": ("FOO 3 8 AwEAAQ==", "256 FOO 8 AwEAAQ==", "256 3 8 AwEAAR==", "256 3 8 AwEAAR = =",
               "256 3 8 AwEAAQB="),
    "OPENPGPKEY": ("AR==", "AQEB=="),
    "CERT": ("1 2 3 AR==",),
    "DHCID": ("AR==",),
    "IPSECKEY": ("10 0 2 . AR==",),
    "SIG": (f"A 8 2 300 {TIMES} 1 example. AR==",),
    "RRSIG": (
        *(f"A 8 2 300 {time} {time} 1 example. AwEAAQ==" for time in
          ("20301301000000", "20300230000000", "20300101240000", "203001010000", "20300101000061")),
        *(f"A 8 2 1h {TIMES} 1 example. AwEAAQ==", f"A 8 2 300 {TIMES} 1 x AwEAAQ=="),
        *(f"A 8 2 300 {TIMES} 1 example. {key}" for key in ("AwEAAR==", "AwEA AQEB ==")),
    ),
    "NSEC": ("a",),
    "NSEC3": ("1 0 0 - CPNMU A",),
    "ZONEMD": ("1 1 1 ab", "1 1 3 ab"),
    "APL": ("3:ab/1",),
    "SVCB": (
        *("1 . ech=!!", "1 . dohpath=/q", "1 . dohpath", "1 . key7", "1 . dohpath=q{?dns}", "1 . ohttp", "1 . docpath"),
        *("1 . port=1 ech=AQ== port=2",),
    ),
    "NAPTR": tuple(
        f'1 2 "u" "s" "{regexp}" .'
        for regexp in ("!a!b", "!a!\\\\1!", "!a(!b!", "!!b!", "!a!b!x", "1a1b1", "!(a)!\\\\2!", "!a!b!c!",
                       "!a**!b!", "!|a!b!", "![a!b!", "!a{1x}!b!", "!*!b!", "!(a|)!b!", "!a!\\\\0!")
    ),
}  # fmt: skip
"""The same of what BIND does not take."""


def cases(table: dict[str, tuple[str, ...]]) -> list[str]:
    """Return each record behind its owner, one that an NSEC3 record may have."""
    return [f"{HASH} {rdtype} {data}" for rdtype, several in table.items() for data in several]
