"""Which texts a receiver takes for a host name, or for what a client may say in EHLO.

The rules are those Postfix applies (``src/util/valid_hostname.c``,
``src/global/valid_mailhost_addr.c``, ``src/smtpd/smtpd_check.c`` of 3.x), which follow RFC 952,
RFC 1123 §2.1 and RFC 5321 §4.1.3 with one leniency: an underscore passes for a letter.
Values only: nothing here asks anybody.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.evidence import visible
from mailcheck.names import MAX_LABEL, MAX_NAME

if TYPE_CHECKING:
    from mailcheck.names import Address

MAX_HOST_NAME = 255
"""Characters of a host name (``VALID_HOSTNAME_LEN``)."""

HeloFault: TypeAlias = Literal["invalid-name", "not-fully-qualified"]

_LEGAL = re.compile(r"[A-Za-z0-9_.-]*")
_QUAD = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}")
_IPV6_PREFIX = "ipv6:"


def host_name_fault(text: str) -> str:
    """Say in a clause why *text* is no host name; the empty text if it is one."""
    illegal = _LEGAL.sub("", text, count=1)
    labels = text.split(".")
    if illegal:
        return f"the character {visible(illegal[0])!r} stands in no host name"
    if not all(labels):
        return "it has an empty label" if text else "it is empty"
    if len(text) > MAX_HOST_NAME:
        return f"it has {len(text)} characters, at most {MAX_HOST_NAME}"
    if any(len(label) > MAX_LABEL for label in labels):
        return f"a label is longer than {MAX_LABEL} characters"
    if any(label.startswith("-") or label.endswith("-") for label in labels):
        return "a label begins or ends with a hyphen"
    if text.replace(".", "").isdigit():
        return "it is all digits"
    return ""


@dataclass(frozen=True, slots=True)
class Helo:
    """What a client says after EHLO, as a receiver reads it.

    ``name`` is what the receiver looks up, in lower case; empty for an address literal and for what
    is refused unseen. ``address`` is what a literal spells. ``fault`` is empty if the text is
    legal, ``why`` says what is wrong with it.
    """

    name: str = ""
    fault: HeloFault | Literal[""] = ""
    why: str = ""
    address: Address | None = None


def read_helo(text: str) -> Helo:
    """Read *text* as ``reject_invalid_helo_hostname`` and ``reject_non_fqdn_helo_hostname`` do.

    What these let pass and DNS cannot hold is a fault as well.
    """
    if text.startswith("["):
        if is_address_literal(text):
            return Helo(address=_spelled(text[1:-1]))
        return Helo(fault="invalid-name", why="it is no address literal")
    name = text.removesuffix(".")
    if why := host_name_fault(name):
        # Postfix lets an address without brackets pass as a name, and then wants it qualified.
        if is_bare_address(name):
            return Helo(fault="not-fully-qualified", why="it is an IP address without brackets")
        return Helo(fault="invalid-name", why=why)
    if "." not in name:
        return Helo(fault="not-fully-qualified", why="it is a single label")
    # These two pass as names and are never found: Postfix asks DNS for neither.
    if name != text:
        return Helo(fault="invalid-name", why="it ends with a dot")
    if len(name) > MAX_NAME:
        why = f"it has {len(name)} characters, and DNS has no name of more than {MAX_NAME}"
        return Helo(fault="invalid-name", why=why)
    return Helo(name=name.lower())


def is_address_literal(text: str) -> bool:
    """Whether *text* is ``[192.0.2.1]`` or ``[IPv6:2001:db8::1]`` (RFC 5321 §4.1.3)."""
    if not (text.startswith("[") and text.endswith("]")):
        return False
    inner = text[1:-1]
    if inner.lower().startswith(_IPV6_PREFIX):
        return _is_ipv6(inner[len(_IPV6_PREFIX) :])
    return _is_quad(inner)


def is_bare_address(text: str) -> bool:
    """Whether *text* is an address without the brackets that would make it a literal."""
    return _is_quad(text) or _is_ipv6(text)


def _spelled(inner: str) -> Address:
    """Return what the *inner* text of a legal literal spells; octets may have leading zeros."""
    if inner.lower().startswith(_IPV6_PREFIX):
        address = ipaddress.IPv6Address(inner[len(_IPV6_PREFIX) :])
        return address.ipv4_mapped or address
    return ipaddress.IPv4Address(".".join(str(int(octet)) for octet in inner.split(".")))


def _is_quad(text: str) -> bool:
    """Whether *text* is a dotted quad; ``0.`` begins none but 0.0.0.0 itself."""
    if not _QUAD.fullmatch(text):
        return False
    octets = [int(octet) for octet in text.split(".")]
    return max(octets) <= 255 and (octets[0] > 0 or not any(octets))


def _is_ipv6(text: str) -> bool:
    try:
        return ipaddress.IPv6Address(text).scope_id is None
    except ValueError:
        return False
