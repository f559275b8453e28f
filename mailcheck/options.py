"""The options of a run, once: pytest's options and ini keys and the command's options come from here.

An option ``resolver`` is ``--mail-resolver`` for pytest, ``mail_resolver`` in an ini file and
``--resolver`` for the command. Paths in an ini file are relative to that file. This module is
imported by every pytest run of everyone who has the plugin installed, so it imports little.
"""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """One option. ``kind`` is ``text``, ``list``, ``flag`` or ``path``.

    ``paths`` tells of a list whose entries are paths, or have one. ``ini_only`` options belong to a
    project, not to a run; ``pytest_only`` ones make sense only where pytest runs.
    """

    name: str
    kind: str
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    ini_only: bool = False
    pytest_only: bool = False
    paths: bool = False

    @property
    def ini(self) -> str:
        """Its key in an ini file, which is also its name in parsed values."""
        return "mail_" + self.name.replace("-", "_")


OPTIONS = (
    Option(
        "live",
        "flag",
        "Ask the network as it is, even where a lab is configured.",
    ),
    Option(
        "lab",
        "path",
        "Ask the servers that a lab.yml describes instead of the network: its path or folder, or "
        "'auto' for the lab.yml in each suite's folder or the nearest above it.",
        metavar="PATH|auto",
    ),
    Option(
        "offline",
        "flag",
        "Ask nobody. Sentences are judged as far as what --mail-proposed names holds the answer; the "
        "rest is not evaluated.",
    ),
    Option(
        "resolver",
        "list",
        "Ask this DNS resolver instead of the system's: an address, tls://HOST, "
        "tls://ADDR#HOST or https://HOST/PATH. The word 'authoritative' asks the servers of each zone instead of a "
        "resolver. May be given several times.",
        metavar="ADDR[:PORT]|URL|authoritative",
    ),
    Option(
        "proposed",
        "list",
        "Judge the network as it will be after a change: a zone file (zone:FILE, zone:ZONE=FILE), a "
        "folder of zone files, a part of a zone (patch:FILE), a plan of Terraform, octoDNS, Route 53, "
        "dnscontrol or others (FILE, or terraform:FILE ...), or the servers that a zone is to move to "
        "(ns:ZONE=HOST,HOST). What is not proposed "
        "is asked as usual. May be given several times.",
        metavar="[zone:[ZONE=]]PATH|patch:FILE|TOOL:FILE|ns:ZONE=HOST,...",
        paths=True,
    ),
    Option(
        "zone-of",
        "list",
        "The zone of a resource in a proposed plan that does not tell it: the address of the resource, "
        "or what the plan calls the zone. May be given several times.",
        metavar="RESOURCE=ZONE",
    ),
    Option(
        "proposed-may-be-empty",
        "flag",
        "A proposed plan may leave DNS as it is; else that is an error.",
    ),
    Option(
        "compare",
        "flag",
        "With --mail-proposed: judge each requirement before the change as well, and fail only what "
        "the change makes worse.",
    ),
    Option(
        "blocklist-resolver",
        "list",
        "Ask this resolver about blocklists instead of the run's, in the same words as --mail-resolver: "
        "large lists refuse public resolvers. May be given several times.",
        metavar="ADDR[:PORT]|URL|authoritative",
    ),
    Option(
        "connect-to",
        "list",
        "Send what is meant for address H port P to address A port P2 instead; may be given "
        "several times. IPv6 addresses in brackets.",
        metavar="H:P:A:P2",
    ),
    Option(
        "private-networks",
        "list",
        "Treat the addresses of this network as public: probes may go there. May be given "
        "several times.",
        metavar="CIDR",
    ),
    Option(
        "ca-file",
        "path",
        "Trust the certification authorities in this PEM file instead of the system's. A lab trusts "
        "its own and no others.",
        metavar="FILE",
    ),
    Option(
        "ehlo",
        "text",
        "The name to say in EHLO; by default the address literal of the local socket.",
        metavar="NAME",
    ),
    Option(
        "probe-recipients",
        "flag",
        "Let sentences try recipients at servers, if their suite says which domains agree. No mail is "
        "sent; still, servers may block a client that does it often.",
    ),
    Option(
        "relay-recipient",
        "text",
        "A mailbox of yours at another provider, which servers must not relay to. Nothing is sent to it; "
        "where a server refuses bounces, it is the other sender that is tried.",
        metavar="USER@DOMAIN",
    ),
    Option(
        "control-host",
        "list",
        "Where a server is silent, see whether this host answers on that port, to tell a server that is "
        "down from a network that lets nobody out; in place of the usual ones for the port. 'none' asks "
        "nobody. May be given several times.",
        metavar="HOST:PORT|none",
    ),
    Option(
        "vantage",
        "text",
        "A name for the place this run asks from, shown in headers and reports.",
        metavar="NAME",
    ),
    Option(
        "inconclusive",
        "text",
        "What an inconclusive requirement is: an error (the default), a failure, or skipped.",
        choices=("error", "fail", "skip"),
        pytest_only=True,
    ),
    Option(
        "not-evaluated",
        "text",
        "What a requirement that cannot be evaluated from here is: skipped (the default) or a "
        "failure.",
        choices=("skip", "fail"),
        pytest_only=True,
    ),
    Option(
        "min-evaluated",
        "text",
        "Fail the run if less than this share of its requirements was evaluated.",
        metavar="N%",
        pytest_only=True,
    ),
    Option(
        "budget",
        "text",
        "Listen no longer than this for answers, in the whole run; what is open then is "
        "not evaluated, but for one that is inconclusive and says why. By default there is no limit.",
        metavar="SECONDS|90s|10m",
    ),
    Option(
        "junit",
        "path",
        "Write a JUnit report of the requirements, with evidence, to this file.",
        metavar="FILE",
        pytest_only=True,
    ),
    Option(
        "junit-file-line",
        "flag",
        "Add file and line attributes to the test cases of the JUnit report, as GitLab reads them.",
        pytest_only=True,
    ),
    Option(
        "checks",
        "path",
        "A directory with checks of your own.",
        ini_only=True,
    ),
    Option(
        "blocklists",
        "path",
        "A file that describes blocklists of your own, or known ones anew.",
        ini_only=True,
    ),
    Option(
        "blocklist-keys",
        "list",
        "Keys for blocklists that need one, as ZONE ${env:NAME}.",
        ini_only=True,
    ),
    Option(
        "blocklist-limit",
        "text",
        "How many addresses or domains a run may ask of one blocklist without a key; 1000 by default.",
        metavar="N",
        ini_only=True,
    ),
    Option(
        "secrets",
        "list",
        "Names of environment variables that suites may use as ${env:NAME}.",
        ini_only=True,
    ),
)


def refused(name: str, found: str, expected: str) -> Exception:
    """Say that option *name* was given *found*, and what it takes."""
    from mailcheck.errors import UsageError

    return UsageError(
        f"--mail-{name} (ini mail_{name.replace('-', '_')}) is {found!r}; it takes {expected}"
    )
