"""What one faulty term of an SPF record was probably meant to be.

Nothing is made up that would authorise others than the term says, and nothing of it is left out.
"""

from __future__ import annotations

import ipaddress
import re
from difflib import get_close_matches

from mailcheck.facts import typed_text
from mailcheck.facts.spf.record.syntax import OFTEN, VERSION, read_record
from mailcheck.facts.spf.record.terms import MECHANISMS
from mailcheck.names import to_a_labels

LONGEST = 300
"""Characters of a term whose meaning is looked for; a longer one is the work of no hand."""

MOST_NETWORKS = 10
"""Networks that are put in the place of a range of addresses."""

_NAMES = frozenset({*MECHANISMS, "redirect", "exp"})
_LONG_NAMES = ("include", "exists", "redirect")

_SPACE = re.compile(r"\s")
_AROUND = "\"'\\,;|()<>[]"
_APART = re.compile(r"[,;|]+")
_JOINT = re.compile(
    r"(?<=[^:=+?~-])"
    r"(?=[+?~-]?(?:include|exists|ip[46])[:=]|(?:redirect|exp)=|[+?~-](?:a|mx)[:/]|[+?~-]all\Z)",
    re.IGNORECASE,
)
"""Where a term begins without a space before it."""

_WORD = re.compile(
    r"(?P<sign>[+?~-]*)(?P<name>[a-z][a-z0-9_-]*)(?P<rest>(?:[:=/].*)?)", re.IGNORECASE
)
_SIGNED = re.compile(r"([+?~-]?)(.+)")
_LENGTHS = re.compile(r"(.*?)((?:/[0-9]{1,2})?(?://[0-9]{1,3})?)")
_URL = re.compile(r"(?:[a-z]+:)?//+|https?:", re.IGNORECASE)
_PLAIN_NAME = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?", re.IGNORECASE
)
_OF_SPF = re.compile(r"_|(?:.*\.)?_?spf", re.IGNORECASE)
_ODD_TARGET = re.compile(r"[^A-Za-z0-9._-]|[?~-]all\Z|\.\.|\A\.", re.IGNORECASE)

_RANGE = re.compile(r"((?:[0-9]+\.){3})([0-9]+)-(?:\1)?([0-9]+)")
_STARS = re.compile(r"([0-9]+(?:\.[0-9]+){0,2})((?:\.\*){1,3})")
_SHORT = re.compile(r"([0-9]+(?:\.[0-9]+){0,2})\.?/(8|16|24)")
_WITH_PORT = re.compile(r"([0-9]+(?:\.[0-9]+){3}):[0-9]+")


def typed(text: str) -> str:
    """Return the characters that people typed for *text*, which has one for each octet."""
    return typed_text.decoded(text.encode("latin-1"))


def plain(text: str) -> str:
    """Return *text*, as somebody typed it, in ASCII, with nothing but spaces between its words."""
    return _SPACE.sub(" ", typed_text.plain(text))


def readable(term: str) -> str:
    """Return *term* if it can be read."""
    if not term.isascii():
        return ""
    return "" if read_record(f"{VERSION} {term}".encode()).faults else term


def meant(text: str) -> str:
    """Return the term that *text* was meant to be, or the terms; empty if that is not clear."""
    if len(text) > LONGEST:
        return ""
    terms: list[str] = []
    for word in plain(typed(text)).split():
        found = _terms(word)
        if not found:
            return ""
        terms += found
    meaning = " ".join(terms)
    return meaning if meaning != text else ""


def says_nothing(text: str) -> bool:
    """Whether *text* is nothing but what stands between words."""
    return not plain(typed(text)).strip(_AROUND + "&. ")


def is_odd(target: str) -> bool:
    """Whether no host is called *target*, so that something else was meant."""
    return "%" not in target and bool(_ODD_TARGET.search(target))


def known_name(name: str) -> str:
    """Return the mechanism or modifier that *name* was meant to be; empty if that is not clear."""
    name = name.lower()
    if name in _NAMES:
        return name
    close = get_close_matches(name, _LONG_NAMES, n=1, cutoff=0.75)
    return OFTEN.get(name, close[0] if close else "")


def _terms(word: str) -> list[str]:
    """Return the terms that *word* was meant to be, in which several may be put together."""
    found: list[str] = []
    before = ""
    for part in (p for half in _APART.split(word) for p in _JOINT.split(half)):
        bare = part.strip(_AROUND)
        if not bare:
            continue
        term = _term(bare) or (_term(before + bare) if before else "")
        if term:
            found += term.split(" ")
        elif found or before or not known_name(bare.lstrip("+?~-")):
            return []  # what stands before may be the name of a mechanism: "include;a.b"
        before = _before_target(found[-1] if found else f"{bare}:")
    return found


def _before_target(term: str) -> str:
    """Return what stands in *term* before its domain or network."""
    name, colon, _ = term.partition(":")
    return f"{name}:" if colon else ""  # of a modifier, one domain is all that may stand


def _term(text: str) -> str:
    text = text.rstrip(".")
    signed = _SIGNED.fullmatch(text)
    if signed and (networks := _networks(signed[2])):
        return _of_networks(signed[1], networks)
    word = _WORD.fullmatch(text)
    if word is None or not (name := known_name(word["name"])):
        bare = text.strip(".")
        return f"include:{bare}" if _PLAIN_NAME.fullmatch(bare) and _OF_SPF.match(bare) else ""
    sign, rest = word["sign"], word["rest"]
    if len({*sign}) > 1:
        return ""
    sign = sign[:1]
    if name == "all" or not rest:
        return readable(f"{sign}{name}") if not rest.strip(":=/.") else ""
    target = rest.lstrip(":=").strip(_AROUND)
    inner = _WORD.fullmatch(target)
    if inner and inner["rest"] and known_name(inner["name"]):
        return _term(f"{sign}{target}")  # two names: "include:include:a.b"
    if networks := _networks(target):
        return _of_networks(sign, networks)
    host, lengths = _LENGTHS.fullmatch(target).groups()  # type: ignore[union-attr]  # takes all
    host = _host(host)
    if name in ("ip4", "ip6"):
        name = "a"  # whose argument is a name
    if name not in ("a", "mx"):
        lengths = ""
    if name in ("redirect", "exp"):
        return readable(f"{name}={host}") if host else ""
    return readable(f"{sign}{name}:{host}{lengths}") if host or lengths else ""


def _host(text: str) -> str:
    """Return the name in *text*, which may be that of a page or of a mailbox; or empty."""
    if "%" in text:
        return text
    name = _URL.sub("", text, count=1).partition("/")[0].rpartition("@")[2]
    name = re.sub(r"\.{2,}", ".", name.removeprefix("*")).strip(".:=-" + _AROUND)
    if not name.isascii():
        try:
            name = to_a_labels(name)
        except ValueError:
            return ""
    return name if _PLAIN_NAME.fullmatch(name) else ""


def _of_networks(sign: str, networks: list[str]) -> str:
    terms = (f"{sign}ip{6 if ':' in network else 4}:{network}" for network in networks)
    return " ".join(filter(None, map(readable, terms)))


def _networks(text: str) -> list[str]:
    """Return the networks that *text* names, in whichever notation; nothing if it names none."""
    bare = text.strip(_AROUND + ".").replace("\\", "/").replace("//", "/").replace("]/", "/")
    if found := _RANGE.fullmatch(bare):
        return _between(found[1] + found[2], found[1] + found[3])
    if found := _STARS.fullmatch(bare):
        octets = found[1].split(".")
        bare = f"{found[1]}{'.0' * (4 - len(octets))}/{8 * len(octets)}"
    elif found := _SHORT.fullmatch(bare):
        octets = found[1].split(".")
        if 8 * len(octets) < int(found[2]):
            return []
        bare = f"{found[1]}{'.0' * (4 - len(octets))}/{found[2]}"
    elif found := _WITH_PORT.fullmatch(bare):
        bare = found[1]
    try:
        network = ipaddress.ip_network(bare, strict=False)
    except ValueError:
        return []
    length = bare.partition("/")[2]
    return [bare if length.isdigit() or not length else str(network)]


def _between(first: str, last: str) -> list[str]:
    try:
        ends = ipaddress.IPv4Address(first), ipaddress.IPv4Address(last)
        networks = [*ipaddress.summarize_address_range(*ends)]
    except ValueError:
        return []
    if len(networks) > MOST_NETWORKS:
        return []
    return [str(n) if n.prefixlen < n.max_prefixlen else str(n.network_address) for n in networks]
