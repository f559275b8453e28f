"""What providers write into the names they give to customers' addresses by the thousand.

The words are those that SpamAssassin's rules for dynamic names and published lists of such names
have in common. Values and lookups only.
"""

from __future__ import annotations

ASSIGNED = frozenset(
    {"dynamic", "dyn", "dynip", "ddns", "dinamic", "dinamico", "dinamica", "dynamisch", "dhcp"}
    | {"dial", "dialup", "dialin", "dip", "ppp", "pppoe", "pptp", "pppool"}
)
"""The address is lent for a session: not even a static line would be called so."""

LINES = frozenset(
    {"dsl", "cable", "cablemodem", "catv", "docsis", "cpe", "modem", "broadband", "resnet", "umts"}
    | {"gprs", "ftth", "fttb", "fttx", "gpon", "wimax", "kabel", "hsdpa", "lte", "bredband"}
    | {"wireless", "wifi", "wlan", "cdma", "isdn"}
)
"""How a household is connected."""

_IPOE = ("ipoe", "ipbf", "ipngn")
"""How lines without PPP are counted in Japan, before the place: ``ipngn200401marunouchi``."""

ZONES = frozenset(
    {"dhcp", "dyn", "dynip", "ddns", "dialup", "ppp", "pppoe", "pptp"}
    | {"docsis", "catv", "cpe", "resnet", "cablemodem"}
)
"""Labels below which a provider names nothing but customers: ``laptop.dhcp.example.edu``."""

CUSTOMERS = frozenset(
    {"pool", "pools", "client", "clients", "cliente", "clientes", "cust", "customer", "customers"}
    | {
        "res",
        "residential",
        "home",
        "user",
        "users",
        "sub",
        "subs",
        "subscriber",
        "kunde",
        "kunden",
    }
    | {"node", "mobile", "mob", "host", "ip", "ipv", "cm", "bb", "nat", "cgn", "cgnat", "abo"}
    | {"rev", "reverse", "retail", "range", "unassigned", "unallocated"}
)
"""Said of hosts of all kinds: of weight beside a number or an address only."""

PLACEHOLDERS = frozenset(
    {"localhost", "no-rdns", "nordns", "no-reverse", "no-reverse-dns", "no-ptr", "noptr"}
    | {"reverse-not-set", "unassigned", "unallocated", "undefined", "no-dns-yet"}
)
"""Labels that stand where nobody set a name."""

_STATIC = (
    *("static", "statik", "statisch", "statique", "estatic", "statisk", "dedicat", "dedicad"),
    *("fixip", "fixedip", "ipfix", "fixed-ip", "fix-ip"),
)
_STATIC_WORDS = frozenset({"fix", "fixed", "fixe", "fijo", "fisso", "fest", "stat"})
_NOT_STATIC = ("non", "not", "un")

MAIL = frozenset(
    {
        "mail",
        "mails",
        "mx",
        "smtp",
        "esmtp",
        "mta",
        "mailer",
        "relay",
        "out",
        "outbound",
        "outgoing",
    }
    | {
        "mout",
        "mxout",
        "mailout",
        "mailgw",
        "mailhost",
        "email",
        "esa",
        "postfix",
        "exim",
        "bounce",
    }
)

_MAIL_ENDS = ("mail", "smtp", "mta")


def is_assigned(word: str) -> bool:
    """Whether *word* says that an address is lent: ``dhcp``, ``dynamicip``, ``dynpool``."""
    halves = _halves(word) if word.startswith(("dyn", "dial", "dhcp", "ppp", "pool")) else ()
    return word in ASSIGNED or any(
        (a in ASSIGNED and _is_known(b)) or (_is_known(a) and b in ASSIGNED) for a, b in halves
    )


def is_line(word: str) -> bool:
    """Whether *word* names a kind of line: ``adsl``, ``cablemodem``, ``modemcable``."""
    if word in LINES or (word.endswith("dsl") and len(word) <= MAX_DSL) or word.startswith(_IPOE):
        return True
    if word.startswith("dsl") and (len(word) == len("dslb") and word[-1] in "bcp"):
        return True
    return any(_is_line_half(a) and _is_known(b) for a, b in _halves(word))


MAX_DSL = 8
"""Letters of ``athedsl``, ``dynadsl``, ``flatdsl``: longer words end so by chance."""


def is_customer(word: str) -> bool:
    """Whether *word* is said of customers or of what is counted: ``cust``, ``homeuser``."""
    return word in CUSTOMERS or any(a in CUSTOMERS and b in CUSTOMERS for a, b in _halves(word))


def is_mail(word: str) -> bool:
    """Whether *word* says that mail is what the host is for: ``smtp``, ``webmail``, ``mailout``."""
    return word in MAIL or word.startswith(("mail", "smtp")) or word.endswith(_MAIL_ENDS)


def static_part(label: str, words: list[str]) -> str:
    """Return what in *label* says that the address is somebody's for good; empty if nothing does."""
    for stem in _STATIC:
        at = label.find(stem)
        before = label[:at].rstrip("-_")
        if at >= 0 and not before.endswith(_NOT_STATIC):
            return stem
    return next((word for word in words if word in _STATIC_WORDS), "")


def _is_line_half(word: str) -> bool:
    return word in LINES or word in {"adsl", "vdsl", "xdsl", "sdsl", "hdsl"}


def _is_known(word: str) -> bool:
    return word in ASSIGNED or _is_line_half(word) or word in CUSTOMERS


def _halves(word: str) -> list[tuple[str, str]]:
    """Return the ways to part *word*, a label at most, in two."""
    return [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
