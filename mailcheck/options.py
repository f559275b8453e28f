"""The options of a run, once: pytest's options and ini keys and the command's options come from here.

An option ``resolver`` is ``--mail-resolver`` for pytest, ``mail_resolver`` in an ini file and
``--resolver`` for the command. Paths in an ini file are relative to that file. This module is
imported by every pytest run of everyone who has the plugin installed, so it imports little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mailcheck.names import Network
    from mailcheck.settings import Endpoint, Resolver, Settings


@dataclass(frozen=True, slots=True)
class Option:
    """One option. ``kind`` is ``text``, ``list``, ``flag`` or ``path``.

    ``ini_only`` options belong to a project, not to a run; ``pytest_only`` ones make sense only
    where pytest runs.
    """

    name: str
    kind: str
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    ini_only: bool = False
    pytest_only: bool = False

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
        "resolver",
        "list",
        "Ask this DNS resolver instead of the system's; may be given several times.",
        metavar="ADDR[:PORT]",
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
        "ehlo",
        "text",
        "The name to say in EHLO; by default the address literal of the local socket.",
        metavar="NAME",
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
        "secrets",
        "list",
        "Names of environment variables that suites may use as ${env:NAME}.",
        ini_only=True,
    ),
)


def settings_of(values: Mapping[str, Any]) -> Settings:
    """Build the settings of a run from *values*: option values by ini key, None where not given.

    Raises:
        UsageError: naming the option and what it takes.
    """
    from mailcheck.settings import Settings

    return Settings(
        lab=None if values.get("mail_live") else _lab(values.get("mail_lab")),
        resolvers=tuple(_resolver(text) for text in _given(values, "mail_resolver")),
        connect_to=dict(_detour(text) for text in _given(values, "mail_connect_to")),
        private_networks=tuple(_network(text) for text in _given(values, "mail_private_networks")),
        ehlo=_ehlo(values.get("mail_ehlo") or ""),
        vantage=values.get("mail_vantage") or "",
        checks=values.get("mail_checks") or None,
        secrets=frozenset(_given(values, "mail_secrets")),
        inconclusive=values.get("mail_inconclusive") or "error",
        not_evaluated=values.get("mail_not_evaluated") or "skip",
        min_evaluated=_percent(values.get("mail_min_evaluated") or "0"),
        junit=values.get("mail_junit") or None,
        junit_file_line=bool(values.get("mail_junit_file_line")),
    )


def _given(values: Mapping[str, Any], key: str) -> Sequence[str]:
    return values.get(key) or ()


def _lab(value: Path | str | None) -> Any:
    return "auto" if str(value) == "auto" else value or None


def _resolver(text: str) -> Resolver:
    from mailcheck.names import Port, parse_address
    from mailcheck.settings import Resolver

    host, port = _split_port(text)
    try:
        return Resolver(parse_address(host), Port.parse(port or "53"))
    except ValueError:
        raise _usage(
            "resolver", text, "an IP address, with a port if it is not 53: 192.0.2.53:5353"
        ) from None


def _split_port(text: str) -> tuple[str, str]:
    """Split ``192.0.2.1:53`` or ``[2001:db8::1]:53``; a bare IPv6 address has no port."""
    match = re.fullmatch(r"\[([^\]]+)\](?::(\d{1,5}))?|([^:]+)(?::(\d{1,5}))?", text)
    if match is None:
        return text, ""
    return match[1] or match[3], match[2] or match[4] or ""


def _detour(text: str) -> tuple[Endpoint, Endpoint]:
    from mailcheck.names import Port, parse_address

    part = r"(\[[^\]]+\]|[^:\[\]]+):(\d{1,5})"
    match = re.fullmatch(f"{part}:{part}", text)
    host, port, to_host, to_port = match.groups() if match else ("", "", "", "")
    try:
        here = str(parse_address(host)), Port.parse(port)
        return here, (str(parse_address(to_host)), Port.parse(to_port))
    except ValueError:
        raise _usage(
            "connect-to", text, "ADDRESS:PORT:ADDRESS:PORT, as 203.0.113.25:25:127.0.0.1:2525"
        ) from None


def _network(text: str) -> Network:
    import ipaddress

    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise _usage("private-networks", text, "a network such as 10.0.0.0/8") from None


def _ehlo(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9.:_\[\]-]{1,255}", text):
        raise _usage("ehlo", text, "a host name or an address literal")
    return text


def _percent(text: str) -> int:
    match = re.fullmatch(r"(\d{1,3})%?", text)
    if match is None or int(match[1]) > 100:
        raise _usage("min-evaluated", text, "a share such as 80%")
    return int(match[1])


def _usage(name: str, found: str, expected: str) -> Exception:
    from mailcheck.errors import UsageError

    return UsageError(
        f"--mail-{name} (ini mail_{name.replace('-', '_')}) is {found!r}; it takes {expected}"
    )
