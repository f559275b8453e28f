"""Why something could not be found out: every cause there is, what it means, and what to do.

A cause is the stable word behind ``inconclusive`` or ``not evaluated``. The text beside it says
what happened this time; this table says what it means at any time.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Cause(NamedTuple):
    """What a cause means, and what its reader can do; Markdown, one sentence or two each."""

    means: str
    do: str


_OUR_FAULT = "Report it, with the traceback: no suite can bring it about."

_ASK_ANOTHER = "Name another resolver with `--mail-resolver`."

OTHER_RCODE = "rcode-N"
"""Stands for every answer code that has no entry of its own."""

CAUSES: dict[str, Cause] = {
    # A server or a resolver of DNS
    "timeout": Cause(
        "The server, or the resolver, was asked several times and sent nothing in time.",
        "Try the command that is shown. Where it works elsewhere, a firewall stands between; for "
        "port 25 most networks have one.",
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
        f"It serves zones of its own only, or other clients. {_ASK_ANOTHER}",
    ),
    "lame": Cause(
        "A zone is delegated to servers that do not serve it, or whose addresses nobody knows.",
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
    # The resolvers of the run
    "resolver-dead": Cause(
        "No resolver of the run answers any more, so what was left was not asked; one error says "
        "how they failed.",
        f"Look at the line of each resolver in the summary. {_ASK_ANOTHER}",
    ),
    "no-resolver": Cause(
        "There is no resolver to ask, and no way from the root either.", _ASK_ANOTHER
    ),
    "no-root": Cause(
        "The resolver knows no name servers of the root, so no way leads to the servers of a zone.",
        f"{_ASK_ANOTHER} In a network without the public root, ask what needs no servers of a zone.",
    ),
    "resolver-rewrites": Cause(
        "The resolver puts addresses of its own where there is nothing, so its word about absence "
        "is not believed, and the zone's own servers could not be asked.",
        f"{_ASK_ANOTHER} Or ask over `tls://`.",
    ),
    "resolver-denies-everything": Cause(
        "The resolver denies every name, even the root: a filter, or a network that wants a login.",
        f"Log in to the network. {_ASK_ANOTHER}",
    ),
    "dns64": Cause(
        "The resolver makes up IPv6 addresses for hosts that have none (DNS64), and the zone's own "
        "servers could not be asked.",
        _ASK_ANOTHER,
    ),
    # The run and the place it asks from
    "budget-spent": Cause(
        "The time that `--mail-budget` gives the run is spent; one error says so, what was left is "
        "not evaluated.",
        "Give it more time, or run fewer sentences at a time. A silent resolver takes most of it.",
    ),
    "no-ipv6-route": Cause(
        "This machine has no route for IPv6, so the server was not asked.",
        "Ask from a machine that has one; from here, nothing is said of the server.",
    ),
    "no-route": Cause(
        "This machine finds no way to the address.",
        "See that the network is up, and that no firewall rejects it.",
    ),
    "private-address": Cause(
        "The address is not public, so it was not connected to.",
        "Allow the network with `--mail-private-networks`, or correct the address record.",
    ),
    "no-probe": Cause(
        "Nothing that is installed can ask this question.",
        "The text says what is missing; for `https://` it is `pip install pytest-mailcheck[doh]`.",
    ),
    "not-in-lab": Cause(
        "The lab does not declare what was asked for.",
        "Add the zone, the host or the port to `lab.yml`, or ask the network with `--mail-live`.",
    ),
    "no-world": Cause(
        "The lab of the suite, or the network, could not be opened.",
        "Correct what the text names.",
    ),
    "cancelled": Cause(
        "The run was ended before an answer came.", "Run it again, and let it come to its end."
    ),
    "cut-short": Cause(
        "Another plugin ended the test or changed its report: a timeout, most often.",
        "See what that plugin says; give the tests more time.",
    ),
    # Mail servers
    "connection-closed": Cause(
        "The mail server closed the connection before it said what was waited for.",
        "It may have something against this client: ask from where your mail leaves.",
    ),
    "connection-reset": Cause(
        "The connection to the mail server was reset.",
        "A firewall, or the server, has something against this client: ask from elsewhere.",
    ),
    "malformed-reply": Cause(
        "What is said on the port is no reply of SMTP.", "See which service listens there."
    ),
    "temporary-failure": Cause(
        "The mail server refuses for now (a reply that begins with 4).",
        "Ask again later; greylisting and limits are often over in minutes.",
    ),
    "refused-this-client": Cause(
        "The mail server refuses (a reply that begins with 5), perhaps only this client.",
        "Ask from where your mail leaves; its reply says why.",
    ),
    "unexpected-reply": Cause(
        "The mail server says what has no meaning at this point.",
        "See which service listens there.",
    ),
    # Blocklists
    "list-refuses": Cause(
        "The blocklist refuses to answer: it does not serve public resolvers, or you ask too much.",
        "Ask through a resolver of your own, or with the key that the list gave you.",
    ),
    "list-not-alive": Cause(
        "The blocklist does not list its own test point: it was shut down, or its name is misspelt.",
        "Correct the name, or give the list up.",
    ),
    "list-lists-everything": Cause(
        "The blocklist lists an address that no list has: it was shut down, or lists all.",
        "Give the list up: receivers that use it refuse everything.",
    ),
    "not-a-return-code": Cause(
        "What the blocklist answers is outside 127.0.0.0/8: a parked domain, or a resolver that "
        "rewrites.",
        f"Correct the name of the list. {_ASK_ANOTHER}",
    ),
    # Limits
    "too-few-answers": Cause(
        "Fewer than two resolvers answered, and one alone has nobody to agree with.",
        "Give the sentence `resolvers: [ADDRESS, ADDRESS]`, or name several with `--mail-resolver`.",
    ),
    "too-many-exchanges": Cause(
        "The domain has more mail exchangers than are asked, and those asked are in order.",
        "Name fewer: senders try few of them.",
    ),
    "too-many-names": Cause(
        "The address has more reverse names than are asked, and none of those asked leads back.",
        "Publish one PTR record.",
    ),
    "too-many-records": Cause(
        "There are more records at the name than are kept, and what was looked for is not among "
        "those kept.",
        "Remove what is not needed.",
    ),
    "too-many-servers": Cause(
        "The zone has more name servers than are asked, and those asked are in order.",
        "Ask the others by hand; few zones need so many.",
    ),
    "too-many-to-ask": Cause(
        "The sentence leads to more addresses than one sentence may connect to.",
        "Name the hosts in sentences of their own.",
    ),
    # mailcheck, and what it was given
    "suite-error": Cause("The suite cannot be read.", "Correct what the text names."),
    "check-crashed": Cause(
        "A check raised an error that it must not: a bug of the check, and no verdict.", _OUR_FAULT
    ),
    "probe-crashed": Cause(
        "Asking raised an error that it must not: a bug of mailcheck, and no verdict.", _OUR_FAULT
    ),
}

_OTHER_RCODE = re.compile(r"rcode-[0-9]+|(yx|nx)rrset|yxdomain|not(auth|zone)|dsotypeni|bad[a-z]+")


def explained(cause: str) -> Cause | None:
    """Return what is said of *cause*; None if there is no such cause."""
    return CAUSES.get(OTHER_RCODE if _OTHER_RCODE.fullmatch(cause) else cause)
