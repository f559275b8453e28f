"""Master files are read as BIND reads them: the same are refused, and the same records found.

``named-compilezone`` is asked without the rules about what stands in a zone.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, TypeAlias

import dns.name
import dns.rdata
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcheck.zones.reading.master_file import IncludeError, read_master_file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.servers("named-compilezone")

ORIGIN = dns.name.from_text("example.com")
APEX = "$TTL 300\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n"
NO_TTL = "@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n"
UNCHECKED = [f"-{switch} {'none' if switch == 'i' else 'ignore'}" for switch in "iknmMSrWT"]

Found: TypeAlias = "dict[tuple[str, str], tuple[set[bytes], set[int]]]"
"""Data and TTLs by name and type."""


def dumped(folder: Path) -> list[str] | None:
    """Return what BIND writes of the file ``zone``, or None if it refuses it."""
    (folder / "out").unlink(missing_ok=True)
    switches = [word for switch in UNCHECKED for word in switch.split()]
    form = ["-q", "-s", "full", "-f", "text", "-F", "text", "-o", "out"]
    command = ["named-compilezone", *switches, *form, "example.com", "zone"]
    if subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode:
        return None
    return (folder / "out").read_text("ascii").splitlines()


def bind(folder: Path) -> Found | None:
    """Return what BIND finds in the file ``zone``, or None if it refuses it."""
    lines = dumped(folder)
    if lines is None:
        return None
    found: Found = {}
    for line in lines:
        name, ttl, _, rdtype, data = line.split(None, 4)
        add(found, name, dns.rdata.from_text("IN", rdtype, data), int(ttl))
    return found


def ours(folder: Path) -> Found | None:
    """Return what is read from the file ``zone``, or None if there are problems."""

    def include(name: str, by: str) -> tuple[str, str]:
        path = folder / name
        if not path.is_file():
            raise IncludeError(f"there is no file {name} beside {by}")
        return name, path.read_bytes().decode("utf-8", "surrogateescape")

    file = read_master_file(include("zone", "")[1], "zone", ORIGIN, include)
    if file.problems:
        return None
    found: Found = {}
    for record in file.records:
        if record.name.is_subdomain(ORIGIN):
            ttl = record.ttl if record.ttl < 2**31 else 0
            add(found, record.name.to_text(), record.rdata, ttl)
    return found


def add(found: Found, name: str, rdata: dns.rdata.Rdata, ttl: int) -> None:
    data, ttls = found.setdefault((name.lower(), rdata.rdtype.name), (set(), set()))
    data.add(rdata.to_generic().data)
    ttls.add(ttl)


def compare(folder: Path, text: str | bytes, **included: str) -> bool:
    """Hold both against each other, and return whether they read the zone.

    Where one RRset has several TTLs, BIND settles on one of them.
    """
    for name, content in {"zone": text, **included}.items():
        octets = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(octets)
    theirs, read = bind(folder), ours(folder)
    if theirs is None or read is None:
        assert (theirs is None) == (read is None)
        return False
    assert {key: data for key, (data, _) in theirs.items()} == {
        key: data for key, (data, _) in read.items()
    }
    for key, (_, ttls) in theirs.items():
        assert ttls <= read[key][1], key
    return True


READ = {
    "plain": "www A 192.0.2.2\n",
    "no final newline": "www A 192.0.2.2",
    "crlf": "www A 192.0.2.2\r\n AAAA ::1\r\n",
    "lone cr": "www A 192.0.2.2\rfoo A 1.2.3.4\n",
    "lone cr in comment": "www A 192.0.2.2 ; a\rfoo A 1.2.3.4\n",
    "cr in quotes": 'www TXT "a\rb"\n',
    "tabs": "www\t\tA\t192.0.2.2\t\n\tMX\t10\twww\t;x\n",
    "blank lines with blanks": "   \n\t\n  ; c\nwww A 1.2.3.4\n",
    "parens": "www ( A\n 192.0.2.2 )\nwww2 (A 1.2.3.4) ; x\n",
    "paren first": "( www A 192.0.2.2 )\n",
    "paren before owner next line": "(\nwww A 192.0.2.2 )\n",
    "paren indented": " ( A 192.0.2.2 )\n",
    "paren comment": 'x TXT ( "a" ; foo ) "\n "b" ; x\n\n )\n',
    "nested parens": 'x TXT ( ( "a" ) "b" )\n',
    "paren glued": 'x TXT("a"\n"b")\n',
    "newline escaped in quote": 'x TXT "a\\\nb"\n',
    "semicolon quoted": 'x TXT "a;b" c\\;d\n',
    "quote escaped": 'x TXT "a\\"b" a\\"b\n',
    "backslash escaped": 'x TXT "a\\\\" b\\\\\n',
    "escaped octets": 'x TXT "\\065\\195\\164" \\200\n\\097bc A 1.2.3.4\na\\.b A 1.2.3.4\n',
    "escaped blank": "a\\ b A 1.2.3.4\nx TXT a\\ b\n",
    "string adjacent": 'x TXT "a""b"c"d"\n',
    "empty string": 'x TXT ""\n',
    "a string of 255 octets": 'x TXT "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"\n',
    "63 label": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa A 1.2.3.4\n",
    "root target": "x CNAME .\n",
    "@": "@ A 1.2.3.4\n@ MX 10 @\n",
    "at escaped": "\\@ A 1.2.3.4\n",
    "quoted owner": '"foo" A 1.2.3.4\n',
    "quoted owner blanks": '"foo bar" A 1.2.3.4\n',
    "class before ttl": "a IN 60 A 1.2.3.4\nb 60 IN A 1.2.3.4\nc in A 1.2.3.4\nd CLASS1 A 1.2.3.4\n",
    "ttl 1h30m": "a 1h30m A 1.2.3.4\n",
    "$TTL 1h30m": "$TTL 1h30m\na A 1.2.3.4\n",
    "ttl 1H": "a 1H A 1.2.3.4\n",
    "$TTL 1H": "$TTL 1H\na A 1.2.3.4\n",
    "ttl 1w2d3h4m5s": "a 1w2d3h4m5s A 1.2.3.4\n",
    "$TTL 1w2d3h4m5s": "$TTL 1w2d3h4m5s\na A 1.2.3.4\n",
    "ttl 5s1w": "a 5s1w A 1.2.3.4\n",
    "$TTL 5s1w": "$TTL 5s1w\na A 1.2.3.4\n",
    "ttl 0h5": "a 0h5 A 1.2.3.4\n",
    "$TTL 0h5": "$TTL 0h5\na A 1.2.3.4\n",
    "ttl 2147483647": "a 2147483647 A 1.2.3.4\n",
    "$TTL 2147483647": "$TTL 2147483647\na A 1.2.3.4\n",
    "ttl 2147483648": "a 2147483648 A 1.2.3.4\n",
    "$TTL 2147483648": "$TTL 2147483648\na A 1.2.3.4\n",
    "ttl 4294967295": "a 4294967295 A 1.2.3.4\n",
    "$TTL 4294967295": "$TTL 4294967295\na A 1.2.3.4\n",
    "ttl 1m1m": "a 1m1m A 1.2.3.4\n",
    "$TTL 1m1m": "$TTL 1m1m\na A 1.2.3.4\n",
    "ttl 00060": "a 00060 A 1.2.3.4\n",
    "$TTL 00060": "$TTL 00060\na A 1.2.3.4\n",
    "ttl 0": "a 0 A 1.2.3.4\n",
    "$TTL 0": "$TTL 0\na A 1.2.3.4\n",
    "$ttl low": "$ttl 60\na A 1.2.3.4\n",
    "$TTL comment": "$TTL 60 ; x\na A 1.2.3.4\n",
    "$TTL paren": "$TTL ( 60\n )\na A 1.2.3.4\n",
    "$ORIGIN": "$ORIGIN sub\na A 1.2.3.4\n$ORIGIN deeper\n@ A 1.2.3.4\n$ORIGIN example.com.\nz A 1.2.3.4\n",
    "$ORIGIN other": "$ORIGIN example.org.\na A 1.2.3.4\n$ORIGIN com.\nb.example A 1.2.3.4\n",
    "$ORIGIN .": "$ORIGIN .\nexample.com A 1.2.3.4\nx.example.com A 1.2.3.4\n",
    "$ORIGIN blank owner": "www A 1.2.3.4\n$ORIGIN sub\n A 1.2.3.5\n",
    "$DATE": "$DATE 20240101000000\na A 1.2.3.4\n",
    "quoted directive": '"$TTL" 60\na A 1.2.3.4\n',
    "dollar escaped": "\\$a A 1.2.3.4\n",
    "type65534": "a TYPE65534 \\# 4 01020304\nb TYPE65534 \\# 4 0102 0304\nc TYPE1 \\# 4 01020304\nd A \\# 4 01020304\ne TYPE65534 \\# 0\n",
    "generic odd": "a TYPE65534 \\# 4 0 102 03 04\n",
    "type low": "a type65534 \\# 0\n",
    "TYPE1 text": "a TYPE1 1.2.3.4\n",
    "NULL": "a NULL \\# 2 0102\n",
    "AAAA ::1": "a AAAA ::1\n",
    "AAAA ::ffff:1.2.3.4": "a AAAA ::ffff:1.2.3.4\n",
    "AAAA 2001:DB8::1": "a AAAA 2001:DB8::1\n",
    "AAAA ::": "a AAAA ::\n",
    "AAAA 1:2:3:4:5:6:7:8": "a AAAA 1:2:3:4:5:6:7:8\n",
    "MX 65535": "a MX 65535 b\n",
    "MX 010": "a MX 010 b\n",
    "srv ok": "_s._tcp SRV 0 0 25 b.\n",
    "caa": 'a CAA 0 issue "x"\nb CAA 128 iodef "mailto:\\195\\164@b"\nc CAA 0 issue x\n',
    "CAA of other octets": 'b CAA 128 iodef "\\195\\164"\n',
    "hinfo": 'a HINFO "x" y\nb HINFO "\\200" "b"\n',
    "naptr": 'a NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:i@example.com!" .\n',
    "NAPTR of other octets": 'a NAPTR 100 10 "u" "E2U+sip" "!^\\\\d\\195$!x!" .\n',
    "tlsa": "_25._tcp TLSA 3 1 1 ( 00112233445566778899aabbccddeeff\n 00112233445566778899aabbccddeeff )\n",
    "sshfp": "a SSHFP 1 1 123456789abcdef67890123456789abcdef67890\n",
    "ds": "a DS 60485 5 1 2BB183AF5F22588179A53B0A 98631FAD1A292118\na NS b.\n",
    "ds mnemonic": "a NS b.\na DS 60485 RSASHA256 2 2BB183AF5F22588179A53B0A98631FAD1A2921182BB183AF5F22588179A53B0A\n",
    "dnskey": "a DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0d xCjjnopKl+GqJxpVXckHAeF+KkxLbxIL fDLUT0rAK9iUzy1L53eKGQ==\n",
    "loc": "a LOC 42 21 54 N 71 06 18 W -24m 30m\n",
    "ptr": "a PTR b\n",
    "dname": "a DNAME b.\n",
    "spf": 'a SPF "v=spf1 -all"\n',
    "rp": "a RP b c\n",
    "afsdb": "a AFSDB 1 b\n",
    "uri": '_a._b URI 10 1 "ftp://ftp1.example.com/public"\n',
    "URI of other octets": '_a._b URI 10 1 "ftp://\\195\\164"\n',
    "svcb": "a HTTPS 1 . alpn=h2 ipv4hint=1.2.3.4\nb HTTPS 0 c.\n",
    "svcb2": "a SVCB 1 . port=53 key65333=ex1\n",
    "svcb quoted": 'a HTTPS 1 . alpn="h2,h3"\n',
    "openpgp": "a OPENPGPKEY AQID BAUG\n",
    "smimea": "a SMIMEA 3 0 0 aabb\n",
    "cert": "a CERT PKIX 1 RSASHA256 AQID\n",
    "eui48": "a EUI48 00-00-5e-00-53-2a\n",
    "apl": "a APL 1:192.168.32.0/21 !1:192.168.38.0/28\n",
    "csync": "a CSYNC 66 3 A NS AAAA\n",
    "avc": 'a AVC "x"\n',
    "ninfo": 'a NINFO "x"\n',
    "resinfo": 'a RESINFO "x"\n',
    "wallet": 'a WALLET "x"\n',
    "zonemd": "a ZONEMD 2018031500 1 1 FEBE3D4CE2EC2FFA4BA99D46CD69D6D29711E55217057BEE7EB1A7B641A47BA7FED2DD5B97AE499FAFA4F22C6BD647DE\n",
    "x25": "a X25 311061700956\n",
    "isdn": 'a ISDN "150862028003217" "004"\n',
    "gpos": "a GPOS -32.6882 116.8652 10.0\n",
    "px": "a PX 10 b c\n",
    "kx": "a KX 10 b\n",
    "rt": "a RT 10 b\n",
    "wks": "a WKS 1.2.3.4 TCP 25\n",
    "wks smtp": "a WKS 1.2.3.4 tcp smtp telnet\n",
    "l32": "a L32 10 10.1.2.0\n",
    "hip": "a HIP ( 2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D )\n",
    "nsec": "a NSEC b A MX\n",
    "nsec3": "a NSEC3PARAM 1 0 0 -\n",
    "nsap": "a NSAP 0x47.0005.80.005a00.0000.0001.e133.ffffff000161.00\n",
    "key": "a KEY 256 3 5 AQID\n",
    "amtrelay": "a AMTRELAY 10 0 1 203.0.113.15\n",
    "ipseckey": "a IPSECKEY 10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==\n",
    "dlv": "a DLV 60485 8 2 2BB183AF5F22588179A53B0A98631FAD1A2921182BB183AF5F22588179A53B0A\n",
    "lp": "a LP 10 b\n",
    "utf8": 'müller A 1.2.3.4\nx TXT "grün" ü\\ü\n; ü comment\ny CNAME bücher\n',
    "ideographic dot": "a。b A 1.2.3.4\n",
    "a next line": "a\x85 A 1.2.3.4\n",
    "a vertical tab": "a\x0b A 1.2.3.4\n",
    "ctrl in name": "a\x01b A 1.2.3.4\n",
    "del": "a\x7f A 1.2.3.4\n",
    "nul in quotes": 'a TXT "x\x00y"\n',
    "nul in comment": "a A 1.2.3.4 ; \x00\n",
    "$GENERATE 1-3 a$ A 192.0.2.$": "$GENERATE 1-3 a$ A 192.0.2.$\n",
    "$GENERATE 1-6/2 a$ A 192.0.2.$": "$GENERATE 1-6/2 a$ A 192.0.2.$\n",
    "gen 0-2 ${0,3}.x A 192.0.2.$": "$GENERATE 0-2 ${0,3}.x A 192.0.2.$\n",
    "$GENERATE 1-2 a${1}b$ A 192.0.2.$": "$GENERATE 1-2 a${1}b$ A 192.0.2.$\n",
    "$GENERATE 1-2 a$b${1} A 192.0.2.$": "$GENERATE 1-2 a$b${1} A 192.0.2.$\n",
    "$GENERATE 1-2 a${-1,2,d} A 192.0.2.$": "$GENERATE 1-2 a${-1,2,d} A 192.0.2.$\n",
    "$GENERATE 10-12 a${0,4,x} A 192.0.2.$": "$GENERATE 10-12 a${0,4,x} A 192.0.2.$\n",
    "$GENERATE 10-12 a${0,4,X} A 192.0.2.$": "$GENERATE 10-12 a${0,4,X} A 192.0.2.$\n",
    "gen 8-9 a${0,4,o} A 192.0.2.$": "$GENERATE 8-9 a${0,4,o} A 192.0.2.$\n",
    "$GENERATE 10-12 ${0,3,N}.x A 192.0.2.$": "$GENERATE 10-12 ${0,3,N}.x A 192.0.2.$\n",
    "gen 200-201 ${0,1,n}.x A 192.0.2.$": "$GENERATE 200-201 ${0,1,n}.x A 192.0.2.$\n",
    "gen 200-201 ${0,0,n}.x A 192.0.2.$": "$GENERATE 200-201 ${0,0,n}.x A 192.0.2.$\n",
    "gen 4660-4660 ${0,4,n}x A 192.0.2.1": "$GENERATE 4660-4660 ${0,4,n}x A 192.0.2.1\n",
    "$GENERATE 1-1 a$$ A 192.0.2.1": "$GENERATE 1-1 a$$ A 192.0.2.1\n",
    "$GENERATE 1-1 a\\$ A 192.0.2.1": "$GENERATE 1-1 a\\$ A 192.0.2.1\n",
    "$GENERATE 1-2 a$ IN A 192.0.2.$": "$GENERATE 1-2 a$ IN A 192.0.2.$\n",
    "$GENERATE 1-2 a$ 600 IN A 192.0.2.$": "$GENERATE 1-2 a$ 600 IN A 192.0.2.$\n",
    "$GENERATE 1-2 a$ IN 600 A 192.0.2.$": "$GENERATE 1-2 a$ IN 600 A 192.0.2.$\n",
    '$GENERATE 1-2 a$ TXT "foo bar $"': '$GENERATE 1-2 a$ TXT "foo bar $"\n',
    '$GENERATE 1-2 a$ TXT "\\"foo bar $\\""': '$GENERATE 1-2 a$ TXT "\\"foo bar $\\""\n',
    "$GENERATE 1-2 a$ TXT foo": "$GENERATE 1-2 a$ TXT foo\n",
    '$GENERATE 1-2 a$ MX "10 mail$"': '$GENERATE 1-2 a$ MX "10 mail$"\n',
    "$GENERATE 1-2 $ PTR h$.example.org.": "$GENERATE 1-2 $ PTR h$.example.org.\n",
    "$GENERATE 1-2 $ CNAME $.0-25": "$GENERATE 1-2 $ CNAME $.0-25\n",
    "$GENERATE 1-2/1/1 a$ A 192.0.2.$": "$GENERATE 1-2/1/1 a$ A 192.0.2.$\n",
    "$GENERATE 1-2 a${0,60} A 192.0.2.1": "$GENERATE 1-2 a${0,60} A 192.0.2.1\n",
    "$GENERATE 1-2 a$ AAAA 2001:db8::$": "$GENERATE 1-2 a$ AAAA 2001:db8::$\n",
    '$GENERATE 1-2 a$ TXT "\\;$"': '$GENERATE 1-2 a$ TXT "\\;$"\n',
    "$GENERATE 1-2 a$.example.org. A 1.2.3.$": "$GENERATE 1-2 a$.example.org. A 1.2.3.$\n",
    "gen 5-6 a${-6} A 1.2.3.4": "$GENERATE 5-6 a${-6} A 1.2.3.4\n",
    "gen 5-6 a${-6,3} A 1.2.3.4": "$GENERATE 5-6 a${-6,3} A 1.2.3.4\n",
    "gen 5-6 a${-6,3,x} A 1.2.3.4": "$GENERATE 5-6 a${-6,3,x} A 1.2.3.4\n",
    '$GENERATE 1-2 a$ SRV "0 0 5060 h$"': '$GENERATE 1-2 a$ SRV "0 0 5060 h$"\n',
    "gen 0-0 $ A 1.2.3.4": "$GENERATE 0-0 $ A 1.2.3.4\n",
    "$GENERATE 1-2/3 a$ A 1.2.3.$": "$GENERATE 1-2/3 a$ A 1.2.3.$\n",
    "gen 2147483647-2147483647 a$ A 1.2.3.4": "$GENERATE 2147483647-2147483647 a$ A 1.2.3.4\n",
    "gen 2147483646-2147483647 a$ A 1.2.3.4": "$GENERATE 2147483646-2147483647 a$ A 1.2.3.4\n",
    '$GENERATE 1-2 a$ TYPE65534 "\\# 1 0$"': '$GENERATE 1-2 a$ TYPE65534 "\\# 1 0$"\n',
    "gen +1-2 a$ A 1.2.3.4": "$GENERATE +1-2 a$ A 1.2.3.4\n",
    "$GENERATE 1-2 a${+1} A 1.2.3.4": "$GENERATE 1-2 a${+1} A 1.2.3.4\n",
    "$GENERATE 1-2 * A 1.2.3.$": "$GENERATE 1-2 * A 1.2.3.$\n",
    "$GENERATE 1-2 a$ CLASS1 A 1.2.3.$": "$GENERATE 1-2 a$ CLASS1 A 1.2.3.$\n",
    "$GENERATE 1-2 a$ 1h A 1.2.3.$": "$GENERATE 1-2 a$ 1h A 1.2.3.$\n",
    "$GENERATE 1-2x a$ A 1.2.3.$": "$GENERATE 1-2x a$ A 1.2.3.$\n",
    "$GENERATE 1-2 $.$ A 1.2.3.$": "$GENERATE 1-2 $.$ A 1.2.3.$\n",
    "$GENERATE 1-2 a$\\ b A 1.2.3.$": "$GENERATE 1-2 a$\\ b A 1.2.3.$\n",
    "gen owner": "www A 1.2.3.4\n$GENERATE 1-2 a$ A 1.2.3.$\n A 1.2.3.5\n",
    "wild": "* A 1.2.3.4\n*.a A 1.2.3.4\na.*.b A 1.2.3.4\n",
    "underscore": "_a_b A 1.2.3.4\n",
    "eof after ws": "x A 1.2.3.4\n  ",
    "eof after paren": "x A (1.2.3.4)",
    "paren closes next line": "x A ( 1.2.3.4\n)\n A 1.2.3.5\n",
    "slash name": "0/25 NS a.\n1 CNAME 1.0/25\n",
    "plus name": "a+b A 1.2.3.4\n",
    "double semicolon": ";; x\n",
    "eof $TTL 60\r": "$TTL 60\r",
    "eof $TTL 60 ; c\n": "$TTL 60 ; c\n",
}
"""Lines below an apex that both read."""

REFUSED = {
    "comment glued": "www A 192.0.2.2;c\nfoo;c\n A 1.2.3.4\n",
    "comment glued 2": "www A 192.0.2.2;c\nfoo A;c\n",
    "owner only": "foo\n",
    "unclosed paren": 'x TXT ( "a"\ny A 1.2.3.4\n',
    "unopened paren": 'x TXT "a" )\n',
    "two records in paren": "x A ( 1.2.3.4\ny A 1.2.3.5 )\n",
    "unclosed quote": 'x TXT "a\ny A 1.2.3.4\n',
    "an escape above 255": 'x TXT "\\256"\n',
    "an escape of two digits": 'x TXT "\\25"\n',
    "an escape above 255 in a name": "\\256 A 1.2.3.4\n",
    "an escape of two digits in a name": "a\\25 A 1.2.3.4\n",
    "backslash end": "x TXT a\\\n",
    "backslash end name": "a\\\n A 1.2.3.4\n",
    "no string": "x TXT\n",
    "a string of 256 octets": 'x TXT "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"\n',
    "64 label": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa A 1.2.3.4\n",
    "255 name": "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.b A 1.2.3.4\n",
    "256 name": "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.bb A 1.2.3.4\n",
    "name too long": "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.b A 1.2.3.4\n",
    "empty label": "a..b A 1.2.3.4\n",
    "leading dot": ".a A 1.2.3.4\n",
    "double dot": "x CNAME ..\n",
    "quoted owner empty": '"" A 1.2.3.4\n',
    "quoted type": 'foo "A" 1.2.3.4\n',
    "quoted ttl": 'foo "300" A 1.2.3.4\n',
    "quoted data": 'foo A "1.2.3.4"\n',
    "quoted name data": 'foo CNAME "bar"\n',
    "quoted mx": 'foo MX "10" bar\n',
    "class twice": "a IN 60 IN A 1.2.3.4\n",
    "ttl twice": "a 60 IN 60 A 1.2.3.4\n",
    "class ch": "a CH A 1.2.3.4\n",
    "class any": "a ANY A 1.2.3.4\n",
    "class none": "a NONE A 1.2.3.4\n",
    "class INTERNET": "a INTERNET A 1.2.3.4\n",
    "class256": "a CLASS256 A 1.2.3.4\n",
    "class99999": "a CLASS99999 A 1.2.3.4\n",
    "ttl 1h5": "a 1h5 A 1.2.3.4\n",
    "$TTL 1h5": "$TTL 1h5\na A 1.2.3.4\n",
    "ttl 1h0": "a 1h0 A 1.2.3.4\n",
    "$TTL 1h0": "$TTL 1h0\na A 1.2.3.4\n",
    "ttl h": "a h A 1.2.3.4\n",
    "$TTL h": "$TTL h\na A 1.2.3.4\n",
    "ttl 1x": "a 1x A 1.2.3.4\n",
    "$TTL 1x": "$TTL 1x\na A 1.2.3.4\n",
    "ttl 4294967296": "a 4294967296 A 1.2.3.4\n",
    "$TTL 4294967296": "$TTL 4294967296\na A 1.2.3.4\n",
    "ttl 99999w": "a 99999w A 1.2.3.4\n",
    "$TTL 99999w": "$TTL 99999w\na A 1.2.3.4\n",
    "ttl 9999999w": "a 9999999w A 1.2.3.4\n",
    "$TTL 9999999w": "$TTL 9999999w\na A 1.2.3.4\n",
    "ttl -1": "a -1 A 1.2.3.4\n",
    "$TTL -1": "$TTL -1\na A 1.2.3.4\n",
    "ttl +1": "a +1 A 1.2.3.4\n",
    "$TTL +1": "$TTL +1\na A 1.2.3.4\n",
    "ttl 1.5": "a 1.5 A 1.2.3.4\n",
    "$TTL 1.5": "$TTL 1.5\na A 1.2.3.4\n",
    "$TTL 999999999999999999999999999999999999999999999999999999999999999": "$TTL 999999999999999999999999999999999999999999999999999999999999999\na A 1.2.3.4\n",
    "ttl 1sssss": "a 1sssss A 1.2.3.4\n",
    "$TTL 1sssss": "$TTL 1sssss\na A 1.2.3.4\n",
    "$TTL extra": "$TTL 60 60\n",
    "$TTL none": "$TTL\n",
    "$TTL quoted": '$TTL "60"\n',
    " $TTL blank": " $TTL 60\n",
    "$ORIGIN none": "$ORIGIN\n",
    "$ORIGIN bad": "$ORIGIN a..b.\n",
    "$ORIGIN quoted": '$ORIGIN "sub"\na A 1.2.3.4\n',
    "unknown directive": "$FOO a\n",
    "$DATE bad": "$DATE x\n",
    "$UNICODE": "$UNICODE 2008\n",
    "dollar only": "$ A 1.2.3.4\n",
    "generic length": "a TYPE65534 \\# 5 01020304\n",
    "generic odd 2": "a TYPE65534 \\# 4 010203040\n",
    "generic bad known": "a A \\# 3 010203\n",
    "generic none": "a TYPE65534 foo\n",
    "unknown type": "a FOO 1\n",
    "TYPE70000": "a TYPE70000 \\# 0\n",
    "TYPE0": "a TYPE0 \\# 0\n",
    "meta ANY": "a IN ANY \\# 0\n",
    "OPT": "a OPT \\# 0\n",
    "TYPE41": "a TYPE41 \\# 0\n",
    "AXFR": "a AXFR \\# 0\n",
    "MD": "a MD b\n",
    "MF": "a MF b\n",
    "TSIG": "a TSIG \\# 0\n",
    "MAILA": "a MAILA \\# 0\n",
    "MAILB": "a TYPE253 \\# 0\n",
    "TYPE250": "a TYPE250 \\# 0\n",
    "TYPE128": "a TYPE128 \\# 0\n",
    "extra": "a A 1.2.3.4 5\n",
    "extra mx": "a MX 10 b c\n",
    "extra cname": "a CNAME b c\n",
    "A 1.2.3": "a A 1.2.3\n",
    "A 01.2.3.4": "a A 01.2.3.4\n",
    "A 1.2.3.256": "a A 1.2.3.256\n",
    "A 1.2.3.4.": "a A 1.2.3.4.\n",
    "A 0x1.2.3.4": "a A 0x1.2.3.4\n",
    "A 1.2.3.004": "a A 1.2.3.004\n",
    "AAAA 1::2::3": "a AAAA 1::2::3\n",
    "AAAA fe80::1%eth0": "a AAAA fe80::1%eth0\n",
    "AAAA 1:2:3:4:5:6:7:8:9": "a AAAA 1:2:3:4:5:6:7:8:9\n",
    "AAAA ::1.2.3": "a AAAA ::1.2.3\n",
    "AAAA 00001::1": "a AAAA 00001::1\n",
    "MX 65536": "a MX 65536 b\n",
    "MX 0x10": "a MX 0x10 b\n",
    "MX -1": "a MX -1 b\n",
    "MX +1": "a MX +1 b\n",
    "MX 1h": "a MX 1h b\n",
    "an SRV port above 65535": "_s._tcp SRV 0 0 25 b\n_t._tcp SRV 0 65536 25 b\n",
    "caa 256": 'a CAA 256 issue "x"\n',
    "caa tag": 'a CAA 0 is-sue "x"\n',
    "caa tag empty": 'a CAA 0 "" "x"\n',
    "caa quoted tag": 'a CAA 0 "issue" "x"\n',
    "hinfo1": "a HINFO x\n",
    "tlsa odd": "_25._tcp TLSA 3 1 1 001\n",
    "tlsa empty": "_25._tcp TLSA 3 1 1\n",
    "sshfp short": "a SSHFP 1 1 1234\n",
    "ds short": "a NS b.\na DS 1 8 2 aa\n",
    "dnskey bad b64": "a DNSKEY 257 3 13 mdss!\n",
    "uri bare": "_a._b URI 10 1 ftp://x\n",
    "sink": "a SINK 1 2 AQID\n",
    "uinfo": 'a UINFO "x"\n',
    "tkey": "a TKEY \\# 0\n",
    "null bare": "a NULL x\n",
    "nbsp": "a\xa0A 1.2.3.4\n",
    "a form feed": "a\x0cA 1.2.3.4\n",
    "nul": "a\x00 A 1.2.3.4\n",
    "nul in txt": "a TXT x\x00y\n",
    "ctrl-z": "a A 1.2.3.4\n\x1a",
    "$GENERATE 10-12 ${0,4,n}.x A 192.0.2.$": "$GENERATE 10-12 ${0,4,n}.x A 192.0.2.$\n",
    "$GENERATE 1-2 a$ CH A 192.0.2.$": "$GENERATE 1-2 a$ CH A 192.0.2.$\n",
    "$GENERATE 1-2 a$ MX 10": "$GENERATE 1-2 a$ MX 10\n",
    "$GENERATE 1-2 a$ MX 10 b": "$GENERATE 1-2 a$ MX 10 b\n",
    "gen 2-1 a$ A 192.0.2.$": "$GENERATE 2-1 a$ A 192.0.2.$\n",
    "$GENERATE 1 a$ A 192.0.2.$": "$GENERATE 1 a$ A 192.0.2.$\n",
    "$GENERATE 1- a$ A 192.0.2.$": "$GENERATE 1- a$ A 192.0.2.$\n",
    "gen -1-2 a$ A 192.0.2.1": "$GENERATE -1-2 a$ A 192.0.2.1\n",
    "$GENERATE 1-2/0 a$ A 192.0.2.$": "$GENERATE 1-2/0 a$ A 192.0.2.$\n",
    "$GENERATE 1-2/ a$ A 192.0.2.$": "$GENERATE 1-2/ a$ A 192.0.2.$\n",
    "$GENERATE 1-2 a${ A 192.0.2.$": "$GENERATE 1-2 a${ A 192.0.2.$\n",
    "$GENERATE 1-2 a${} A 192.0.2.$": "$GENERATE 1-2 a${} A 192.0.2.$\n",
    "$GENERATE 1-2 a${x} A 192.0.2.$": "$GENERATE 1-2 a${x} A 192.0.2.$\n",
    "$GENERATE 1-2 a${1,2,q} A 192.0.2.$": "$GENERATE 1-2 a${1,2,q} A 192.0.2.$\n",
    "$GENERATE 1-2 a${1,2 A 192.0.2.$": "$GENERATE 1-2 a${1,2 A 192.0.2.$\n",
    "$GENERATE 1-2 a${1,200} A 192.0.2.1": "$GENERATE 1-2 a${1,200} A 192.0.2.1\n",
    "$GENERATE 1-2 a$ A 192.0.2.$ x": "$GENERATE 1-2 a$ A 192.0.2.$ x\n",
    "$GENERATE 1-2 a$ A": "$GENERATE 1-2 a$ A\n",
    "$GENERATE 1-2 a$": "$GENERATE 1-2 a$\n",
    "$GENERATE 1-2": "$GENERATE 1-2\n",
    "gen ": "$GENERATE \n",
    "$GENERATE 1-300 a A 1.2.3.$": "$GENERATE 1-300 a A 1.2.3.$\n",
    "$GENERATE 1-2 a$ FOO x": "$GENERATE 1-2 a$ FOO x\n",
    '$GENERATE 1-2 "a$" A 1.2.3.$': '$GENERATE 1-2 "a$" A 1.2.3.$\n',
    '$GENERATE 1-2 a$ "A" 1.2.3.$': '$GENERATE 1-2 a$ "A" 1.2.3.$\n',
    "gen 4294967295-4294967295 a$ A 1.2.3.4": "$GENERATE 4294967295-4294967295 a$ A 1.2.3.4\n",
    '$GENERATE 1-2 a$ TXT ""': '$GENERATE 1-2 a$ TXT ""\n',
    "$GENERATE 1-2 a${ 1} A 1.2.3.4": "$GENERATE 1-2 a${ 1} A 1.2.3.4\n",
    "$GENERATE 1-2 a${1,} A 1.2.3.4": "$GENERATE 1-2 a${1,} A 1.2.3.4\n",
    "$GENERATE 1-2 a${1,2,} A 1.2.3.4": "$GENERATE 1-2 a${1,2,} A 1.2.3.4\n",
    "$GENERATE 1-2 a${1,2,xx} A 1.2.3.4": "$GENERATE 1-2 a${1,2,xx} A 1.2.3.4\n",
    "$GENERATE 1-2 a${1,2,d A 1.2.3.4": "$GENERATE 1-2 a${1,2,d A 1.2.3.4\n",
    "eof in quote": 'x TXT "a',
    "eof in escape": "x TXT a\\",
    "paren close then more": "x A ( 1.2.3.4\n) 5\n",
    "close then owner": "x A ( 1.2.3.4\n)y A 1.2.3.5\n",
    "hash": "# comment\n",
    "slashes": "// comment\n",
    "eof $TTL 60": "$TTL 60",
    "eof $TTL 60 ;c": "$TTL 60 ;c",
    "eof $GENERATE 1-2 a$ A 1.2.3.$": "$GENERATE 1-2 a$ A 1.2.3.$",
    "eof $DATE 20240101000000": "$DATE 20240101000000",
    "eof $ORIGIN ( sub )": "$ORIGIN ( sub )",
    "eof $TTL (60\n)": "$TTL (60\n)",
    "eof $ORIGIN b ": "$ORIGIN b ",
}
"""Lines below an apex that both refuse."""


@pytest.mark.parametrize("lines", [pytest.param(v, id=k) for k, v in READ.items()])
def test_both_read(lines: str, tmp_path: Path) -> None:
    assert compare(tmp_path, APEX + lines)


@pytest.mark.parametrize("lines", [pytest.param(v, id=k) for k, v in REFUSED.items()])
def test_both_refuse(lines: str, tmp_path: Path) -> None:
    assert not compare(tmp_path, APEX + lines)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param(
            '$TTL 300\r\n@ SOA ns1 h 1 2 3 4 5\r\n@ NS ns1\r\nns1 A 192.0.2.1\r\nwww TXT "a" (\r\n "b"\r\n )\r\n',
            True,
            id="all crlf",
        ),
        pytest.param(
            " A 1.2.3.4\n$TTL 300\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n",
            False,
            id="blank first",
        ),
        pytest.param(
            "$TTL 60\n SOA ns1 h 1 2 3 4 5\n NS ns1\nns1 A 1.2.3.4\n", False, id="blank first soa"
        ),
        pytest.param("@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 1.2.3.4\n", True, id="no ttl soa"),
        pytest.param(
            "@ SOA ns1 h 1 2 3 4 4294967295\n@ NS ns1\nns1 A 1.2.3.4\n",
            True,
            id="no ttl soa large min",
        ),
        pytest.param("@ NS ns1\n@ SOA ns1 h 1 2 3 4 5\nns1 A 1.2.3.4\n", False, id="no ttl first"),
        pytest.param(
            "@ 77 SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 1.2.3.4\n", True, id="soa ttl inherited"
        ),
        pytest.param("@ 77 SOA ns1 h 1 2 3 4 5\n@ 88 NS ns1\nns1 A 1.2.3.4\n", True, id="last ttl"),
        pytest.param(
            "@ 77 SOA ns1 h 1 2 3 4 5\n@ 88 NS ns1\n@ 99 NS ns2\nns1 A 1.2.3.4\nns2 A 1.2.3.5\n",
            True,
            id="prior ttl",
        ),
        pytest.param(
            "@ 77 SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 10 A 1.2.3.4\n 20 TXT a\n 30 A 1.2.3.5\n TXT b\nx A 1.2.3.4\nns1 50 A 1.2.3.6\ny A 1.2.3.4\n",
            True,
            id="prior ttl 2",
        ),
        pytest.param(
            "x.org. A 1.2.3.4\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 1.2.3.4\n",
            True,
            id="out of zone no ttl",
        ),
        pytest.param(
            "x.org. 44 A 1.2.3.4\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 1.2.3.4\n",
            True,
            id="out of zone ttl counts",
        ),
        pytest.param(
            "$TTL 1d\n@ IN SOA ns1.example.com. hostmaster.example.com. (\n\t\t2024010101 ; serial\n\t\t1h ; refresh\n\t\t15m\n\t\t1w\n\t\t1h )\n\tIN NS ns1\nns1 IN A 1.2.3.4\n",
            True,
            id="soa multi",
        ),
        pytest.param(
            "@ 60 SOA ns1 h 1 1h 1H30M 4w 5s\n@ NS ns1\nns1 A 1.2.3.4\n", True, id="soa units"
        ),
        pytest.param(
            "@ 60 SOA ns1 h 4294967296 1 2 4 5\n@ NS ns1\nns1 A 1.2.3.4\n",
            False,
            id="soa serial big",
        ),
        pytest.param(
            "@ 60 SOA ns1 h 1h 1 2 4 5\n@ NS ns1\nns1 A 1.2.3.4\n", False, id="soa serial unit"
        ),
        pytest.param(
            "@ 60 SOA ns1 h 1 -1 2 4 5\n@ NS ns1\nns1 A 1.2.3.4\n", False, id="soa negative"
        ),
        pytest.param(
            b'$TTL 300\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\nm\xfcller A 1.2.3.4\nx TXT "\xfc"\n',
            True,
            id="latin1",
        ),
        pytest.param(
            "\ufeff$TTL 300\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n", False, id="bom"
        ),
        pytest.param(
            "\ufeff; x\n$TTL 300\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n",
            False,
            id="bom comment",
        ),
        pytest.param(
            "\ufeff\n$TTL 300\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n",
            False,
            id="bom nl",
        ),
        pytest.param(
            "@ 60 SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 1.2.3.4\n$GENERATE 1-2 a$ A 1.2.3.$\n",
            True,
            id="gen no ttl",
        ),
        pytest.param(
            "$GENERATE 1-2 a$ A 1.2.3.$\n$TTL 300\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n",
            False,
            id="gen first no ttl",
        ),
        pytest.param("", False, id="empty"),
        pytest.param("; x\n", False, id="comments"),
    ],
)
def test_whole_files(text: str | bytes, read: bool, tmp_path: Path) -> None:  # noqa: FBT001  a case
    assert compare(tmp_path, text) is read


@pytest.mark.parametrize(
    ("lines", "included", "read"),
    [
        pytest.param(
            "www A 1.1.1.1\n$INCLUDE i\n AAAA ::1\nfoo A 1.1.1.1\n",
            "inc A 192.0.2.9\n$TTL 77\n$ORIGIN zz\n A 192.0.2.10\n",
            True,
            id="owner, origin and TTL behind a file",
        ),
        pytest.param(
            "www A 1.1.1.1\n$INCLUDE i sub\n AAAA ::1\nfoo A 1.1.1.1\n",
            "inc A 192.0.2.9\n$TTL 77\n$ORIGIN zz\n A 192.0.2.10\n",
            True,
            id="a file with an origin",
        ),
        pytest.param("www A 1.1.1.1\n$INCLUDE i\n", " A 192.0.2.9\n", True, id="inc blank first"),
        pytest.param("$INCLUDE\n", "", False, id="inc none"),
        pytest.param('$INCLUDE "i"\n', "a A 1.2.3.4\n", True, id="inc quoted"),
        pytest.param("$INCLUDE i ; x\n", "a A 1.2.3.4", True, id="inc comment"),
        pytest.param("$INCLUDE i sub x\n", "a A 1.2.3.4", False, id="inc extra"),
        pytest.param("$INCLUDE i example.com.\n", "a A 1.2.3.4\n", True, id="inc abs"),
        pytest.param("$INCLUDE i\nb A 1.2.3.4\n", "a A 1.2.3.4", True, id="inc no nl"),
        pytest.param("$INCLUDE i\nb A 1.2.3.4\n", 'a TXT ( "x"', False, id="inc open paren"),
        pytest.param("$INCLUDE i a\n$INCLUDE i b\n", "@ A 1.2.3.4\n", True, id="inc twice"),
        pytest.param("$INCLUDE i a\n", "$INCLUDE j b\nx A 1.2.3.4\n", True, id="inc nested"),
        pytest.param("$INCLUDE i a\n", "x Y\n", False, id="inc bad"),
        pytest.param("$INCLUDE i\nb A 1.2.3.4\n", "", True, id="inc empty"),
        pytest.param("$INCLUDE i", "a A 1.2.3.4\n", True, id="inc last line"),
        pytest.param("$INCLUDE i a..b\n", "a A 1.2.3.4\n", False, id="inc origin bad"),
        pytest.param("$INCLUDE i", "a A 1.2.3.4\n", True, id="eof $INCLUDE i"),
        pytest.param("$INCLUDE i sub", "a A 1.2.3.4\n", False, id="eof $INCLUDE i sub"),
        pytest.param("$INCLUDE i ", "a A 1.2.3.4\n", True, id="eof $INCLUDE i "),
        pytest.param("$INCLUDE i ;x", "a A 1.2.3.4\n", True, id="eof $INCLUDE i ;x"),
    ],
)
def test_files_in_files(
    lines: str,
    included: str,
    read: bool,  # noqa: FBT001  a case
    tmp_path: Path,
) -> None:
    assert compare(tmp_path, APEX + lines, i=included, j="@ A 192.0.2.7\n") is read


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("a GPOS \\# 3 000000", id="octets of data that dnspython looks into"),
        pytest.param("$GENERATE 1-2 a MD b$", id="an obsolete type, generated"),
        pytest.param("$GENERATE 0-65536 a$ A 192.0.2.1", id="more than 65,536 generated"),
    ],
)
def test_what_only_bind_reads(line: str, tmp_path: Path) -> None:
    (tmp_path / "zone").write_text(f"{APEX}{line}\n")
    assert dumped(tmp_path) is not None
    assert ours(tmp_path) is None


OWNERS = [
    "a",
    "b",
    "www",
    "@",
    "*.w",
    '"c d"',
    "a\\ b",
    "x.org.",
    "sub.a",
    "A",
    "IN",
    "60",
    "é",
    "",
]
HEADS = ["", "60 ", "IN ", "IN 60 ", "60 IN ", "1h30m\tIN ", "60 60 "]
DATA = [
    "A 1.2.3.4", "AAAA ::1", 'TXT "a" b', 'TXT ("a"\n"b" ;x\n)', "MX 10 a", "PTR a\\.b",
    'TXT "\\200;"', "A ( 1.2.3.4", "A 1.2.3.4 )", "TXT é", "TYPE99 \\# 1 00", "SRV 1 2 3 a",
    'HINFO a "b"', 'CAA 0 issue "a;b"', "A", "MX (10\n\n a)", "TYPE65280 \\# 2 01 02",
]  # fmt: skip
ENDS = ["\n", "\n", " ; c\n", "\r\n", "\n\n", "\t\n", "\r", " x\n", " ( )\n", " ;(\n", ""]
BEFORE = ["", "", "", "$ORIGIN s\n", "$TTL 7\n", "$INCLUDE i\n", "$INCLUDE i o\n", "(", " ", ";"]

lines_of_words = st.builds(
    "{}{}\t{}{}{}".format,
    st.sampled_from(BEFORE),
    st.sampled_from(OWNERS),
    st.sampled_from(HEADS),
    st.sampled_from(DATA),
    st.sampled_from(ENDS),
)
texts = st.lists(
    lines_of_words | st.text(st.sampled_from('a1 \t\n\r();"\\$@.é'), max_size=6), max_size=5
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([APEX, NO_TTL]),
    texts,
    st.sampled_from(["i A 1.1.1.1\n", " A 1.1.1.1", "$TTL 3\n"]),
)
def test_any_file(
    tmp_path_factory: pytest.TempPathFactory, apex: str, lines: list[str], included: str
) -> None:
    compare(tmp_path_factory.mktemp("zone"), apex + "".join(lines), i=included)
