"""The reader of records beside the ABNF of RFC 7208 §12, rule by rule as one regular expression."""

from __future__ import annotations

import ipaddress
import re

from hypothesis import event, given, settings
from hypothesis import strategies as st

from mailcheck.facts.spf.record.syntax import read_record

DELIMITER = r"[.+,/_=-]"
TRANSFORMERS = r"[0-9]*r?"
MACRO_EXPAND = rf"(?:%\{{[slodiphcrtv]{TRANSFORMERS}{DELIMITER}*\}}|%%|%_|%-)"
MACRO_LITERAL = r"[\x21-\x24\x26-\x7e]"
MACRO_STRING = rf"(?:{MACRO_EXPAND}|{MACRO_LITERAL})*"
TOPLABEL = r"(?:[a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])"
DOMAIN_END = rf"(?:\.{TOPLABEL}\.?|{MACRO_EXPAND})"
DOMAIN_SPEC = rf"{MACRO_STRING}{DOMAIN_END}"
CIDR4 = r"/(?:0|[1-9][0-9]?)"
CIDR6 = r"/(?:0|[1-9][0-9]{0,2})"
DUAL = rf"(?:{CIDR4})?(?:/{CIDR6})?"
QNUM = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9]|[0-9])"
IP4 = rf"{QNUM}(?:\.{QNUM}){{3}}"
MECHANISM = (
    rf"(?:all|include:{DOMAIN_SPEC}|(?:a|mx)(?::{DOMAIN_SPEC})?{DUAL}|ptr(?::{DOMAIN_SPEC})?"
    rf"|ip4:{IP4}(?:{CIDR4})?|ip6:(?P<ip6>[0-9a-f:.]+)(?:{CIDR6})?|exists:{DOMAIN_SPEC})"
)
NAME = r"(?!(?:redirect|exp)=)[a-z][a-z0-9_.-]*"
MODIFIER = rf"(?:(?:redirect|exp)={DOMAIN_SPEC}|{NAME}={MACRO_STRING})"
TERM = re.compile(rf"[+?~-]?{MECHANISM}|{MODIFIER}", re.IGNORECASE)

LENGTH = re.compile(
    r"^[+?~-]?(?:a|mx|ip4|ip6)(?=[:/]).*?(?:/([0-9]+))?(?://([0-9]+))?$", re.IGNORECASE
)


def is_a_term(text: str) -> bool:
    """Say so by the grammar, and by what the text around it adds: ranges, digits, letters."""
    found = TERM.fullmatch(text)
    if found is None:
        return False
    is_modifier = re.match(r"[a-z][a-z0-9_.-]*=", text, re.IGNORECASE)
    is_unknown = is_modifier and not re.match(r"(?:redirect|exp)=", text, re.IGNORECASE)
    macros = re.findall(r"%%|%\{(.)([0-9]*)", text)
    if any(digits and not int(digits) for _, digits in macros):
        return False  # §7.1: a number must not be zero
    if not is_unknown and any(letter in "crtCRT" for letter, _ in macros if letter):
        return False  # §7.2: these letters are for explanations
    if is_modifier:
        return True
    address = found["ip6"]
    if address is not None:
        try:
            ipaddress.IPv6Address(address)
        except ValueError:
            return False
    lengths = LENGTH.match(text)
    first, second = (int(n) if n else 0 for n in lengths.groups()) if lengths else (0, 0)
    longest = 128 if address is not None else 32
    return first <= longest and second <= 128


pieces = st.sampled_from(
    [
        *(
            "all",
            "include",
            "a",
            "mx",
            "ptr",
            "ip4",
            "ip6",
            "exists",
            "redirect",
            "exp",
            "foo",
            "A",
        ),
        *(":", "=", "/", "//", ".", "-", "+", "~", "?", "%", "%%", "%_", "%-", "{", "}", "_", ","),
        *("%{d}", "%{d2r.}", "%{i0}", "%{C}", "%{lr-+}", "%{x}", "%{d", "%{dR}", "%{h1r/_}"),
        *("example.com", "com", "1", "24", "0", "33", "129", "032", "x-1", "-x", "192.0.2.1"),
        *("192.0.2.01", "256.0.0.1", "::1", "2001:db8::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4"),
        *("\x7f", "\t", "é", '"', "\\", ";"),
    ]
)
ascii_only = st.characters(codec="ascii")
likely = st.one_of(
    st.from_regex(TERM, fullmatch=True, alphabet=ascii_only),
    st.builds("{}{}:{}{}".format, st.sampled_from(["", "-"]), pieces, pieces, pieces),
    st.builds("{}={}{}".format, pieces, pieces, pieces),
    st.builds("{}:{}/{}".format, pieces, pieces, pieces),
    st.builds("{}:{}.{}//{}".format, pieces, pieces, pieces, pieces),
    st.lists(pieces, min_size=1, max_size=6).map("".join),
)


@settings(max_examples=1000)
@given(likely)
def test_a_term_is_read_if_it_is_one(term: str) -> None:
    record = read_record(b"v=spf1 " + term.encode("latin-1"))
    event(f"a term: {not record.faults}")
    assert (record.faults == ()) == is_a_term(term), (term, record.faults)
