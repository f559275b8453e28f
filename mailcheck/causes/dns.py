"""Causes that servers and resolvers of DNS give."""

from __future__ import annotations

from mailcheck.causes.cause import ASK_ANOTHER, OTHER_RCODE, Cause

DNS: dict[str, Cause] = {
    "timeout": Cause(
        "The server, or the resolver, was asked several times and sent nothing in time.",
        "Try the command that is shown. Where it works elsewhere, a firewall stands between; for "
        "port 25 most networks have one. What connects and says nothing is overloaded, or "
        "broken: see its log.",
    ),
    "unreachable": Cause(
        "The server takes no queries: its port is closed, TLS or HTTP fails, or there is no way to "
        "it.",
        "The text says which. See that the address and the port are right and the server runs.",
    ),
    "servfail": Cause(
        "A resolver tried and failed, or a name server has no working copy of its zone.",
        "Ask the servers of the zone themselves (`--mail-resolver authoritative`), and look whether "
        "its DNSSEC signatures are valid and its secondaries up to date.",
    ),
    "bogus": Cause(
        "The resolver has an answer, but DNSSEC does not validate it: receivers that validate see "
        "no record at all.",
        "See that the DS at the parent matches the zone's key, and that its signatures have not "
        "expired.",
    ),
    "refused": Cause(
        "The server refuses to answer this client.",
        "Ask a resolver that serves this network, or ask from a network that the server serves.",
    ),
    "no-recursion": Cause(
        "A server that was asked as a resolver does not resolve for this client.",
        f"It serves zones of its own only, or other clients. {ASK_ANOTHER}",
    ),
    "lame": Cause(
        "A zone is delegated, or is to move, to servers that do not serve it, or whose addresses "
        "nobody knows.",
        "Load the zone on them, or correct the NS records here and at the parent.",
    ),
    "formerr": Cause(
        "The server says that it does not understand the query.",
        "It is old, or something between rewrites queries; ask it with the command that is shown.",
    ),
    "notimp": Cause(
        "The server says that it does not implement the query.",
        "It is old, or something between answers in its place.",
    ),
    OTHER_RCODE: Cause(
        "The server answered with a code that says nothing about the name; `N` is its number, or "
        "the cause is its name in small letters.",
        "Look it up in the registry of DNS RCODEs (IANA), and in the log of the server.",
    ),
    "malformed": Cause(
        "An answer came and cannot be read, or contradicts itself.",
        "The text says how. Something between may rewrite answers: ask over `tls://`, or elsewhere.",
    ),
    "truncated": Cause(
        "The answer is too long for a datagram, and did not come whole over TCP.",
        "Let TCP port 53 through, to the server and from this machine.",
    ),
    "alias-loop": Cause(
        "A chain of CNAME records leads back to itself.", "Correct the CNAME records shown."
    ),
    "alias-chain-too-long": Cause(
        "A chain of CNAME records is longer than anybody follows.",
        "Let the first name point at the last one.",
    ),
    "not-a-name": Cause(
        "DNS cannot be asked for such a name: a label has more than 63 octets, or all of it more "
        "than 255.",
        "Correct the name in the suite, or the record that leads to it.",
    ),
    "resolver-dead": Cause(
        "No resolver of the run answers any more, so what was left was not asked; one error says "
        "how they failed.",
        f"Look at the line of each resolver in the summary. {ASK_ANOTHER}",
    ),
    "no-resolver": Cause(
        "There is no resolver to ask, and no way from the root either.", ASK_ANOTHER
    ),
    "no-root": Cause(
        "The resolver knows no name servers of the root, so no way leads to the servers of a zone.",
        f"{ASK_ANOTHER} In a network without the public root, ask what needs no servers of a zone.",
    ),
    "resolver-rewrites": Cause(
        "The resolver puts addresses of its own where there is nothing, so its word about absence "
        "is not believed, and the zone's own servers could not be asked.",
        f"{ASK_ANOTHER} Or ask over `tls://`.",
    ),
    "resolver-denies-everything": Cause(
        "The resolver denies every name, even the root: a filter, or a network that wants a login.",
        f"Log in to the network. {ASK_ANOTHER}",
    ),
    "dns64": Cause(
        "The resolver makes up IPv6 addresses for hosts that have none (DNS64), and the zone's own "
        "servers could not be asked.",
        ASK_ANOTHER,
    ),
}
