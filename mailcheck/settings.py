"""What a run was told, whole and typed: the world it asks and how it reports.

Built from options, ini keys and defaults by the plugin and the command; passed on as one value,
so that no function grows a row of knobs.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from mailcheck import proposals
from mailcheck.controls import CONTROL_HOSTS, read_control_hosts
from mailcheck.mailboxes import read_mailbox
from mailcheck.names import Domain, Network, Port, parse_address
from mailcheck.options import refused
from mailcheck.proposals import Proposal, read_proposal
from mailcheck.resolvers import EXPECTED, Resolver, read_resolver
from mailcheck.secrets import Secret
from mailcheck.zone_name import ZoneName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Endpoint", "Resolver", "Settings", "settings_of"]

Endpoint: TypeAlias = tuple[str, int]

INSTALL_HTTPS = "pip install pytest-mailcheck[doh]"

AUTHORITATIVE = "authoritative"
"""Stands among the resolvers for asking the servers of each zone instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of one run.

    ``lab`` is None for a run without one, ``"auto"`` to look for a ``lab.yml`` at or above each
    suite, or the path of one. ``offline`` means that nobody is asked. ``proposed`` are the changes
    after which the network is judged, plans that change nothing among them if they
    ``may_be_empty``; ``zones_of`` are the zones of resources that do not say theirs. With
    ``compare`` only what they make worse counts.
    ``resolvers`` empty means the system's. ``authoritative`` means that the servers
    of each zone are asked, and resolvers only for the way to them where the root is out of reach.
    ``blocklist_resolvers`` empty means the run's; ``blocklists`` is a file that describes more lists,
    ``blocklist_keys`` pairs zones with the secrets that belong to them, and ``blocklist_limit`` is
    how many subjects one list may be asked for without a key.
    ``connect_to`` maps (address, port) to where packets for it go instead. ``ca_file`` None means
    that the system's authorities are trusted. ``ehlo`` empty means the address literal of the local
    socket. ``probe_recipients`` is the run's consent to try recipients,
    ``relay_recipient`` a mailbox elsewhere, and ``control_hosts`` are asked where a server is silent.
    ``budget`` is the time the whole run may spend listening for
    answers, in seconds; None is no limit. ``min_evaluated`` is a percentage.
    """

    lab: Literal["auto"] | Path | None = None
    offline: bool = False
    proposed: tuple[Proposal, ...] = ()
    zones_of: dict[str, ZoneName] = field(default_factory=dict)
    may_be_empty: bool = False
    compare: bool = False
    resolvers: tuple[Resolver, ...] = ()
    authoritative: bool = False
    blocklist_resolvers: tuple[Resolver, ...] = ()
    blocklist_authoritative: bool = False
    blocklist_keys: tuple[tuple[str, Secret], ...] = ()
    blocklists: Path | None = None
    blocklist_limit: int = 1000
    connect_to: dict[Endpoint, Endpoint] = field(default_factory=dict)
    private_networks: tuple[Network, ...] = ()
    ca_file: Path | None = None
    ehlo: str = ""
    probe_recipients: bool = False
    relay_recipient: str = ""
    control_hosts: tuple[tuple[str, int], ...] = CONTROL_HOSTS
    vantage: str = ""
    checks: Path | None = None
    secrets: frozenset[str] = frozenset()
    inconclusive: Literal["error", "fail", "skip"] = "error"
    not_evaluated: Literal["skip", "fail"] = "skip"
    min_evaluated: int = 0
    budget: float | None = None
    junit: Path | None = None
    junit_file_line: bool = False


def settings_of(values: Mapping[str, Any]) -> Settings:
    """Build the settings of a run from *values*: option values by ini key, None where not given.

    Raises:
        UsageError: naming the option and what it takes.
    """
    resolvers = _given(values, "mail_resolver")
    for_lists = _given(values, "mail_blocklist_resolver")
    secrets = frozenset(_given(values, "mail_secrets"))
    return Settings(
        lab=None if values.get("mail_live") else _lab(values.get("mail_lab")),
        offline=bool(values.get("mail_offline")),
        proposed=tuple(map(_proposal, _given(values, "mail_proposed"))),
        zones_of=dict(_zone_of(text) for text in _given(values, "mail_zone_of")),
        may_be_empty=bool(values.get("mail_proposed_may_be_empty")),
        compare=_compare(values),
        resolvers=_resolvers("resolver", resolvers),
        authoritative=any(map(_is_authoritative, resolvers)),
        blocklist_resolvers=_resolvers("blocklist-resolver", for_lists),
        blocklist_authoritative=any(map(_is_authoritative, for_lists)),
        blocklist_keys=tuple(_key(text, secrets) for text in _given(values, "mail_blocklist_keys")),
        blocklists=values.get("mail_blocklists") or None,
        blocklist_limit=_count(values.get("mail_blocklist_limit") or "1000"),
        connect_to=dict(_detour(text) for text in _given(values, "mail_connect_to")),
        private_networks=tuple(_network(text) for text in _given(values, "mail_private_networks")),
        ca_file=values.get("mail_ca_file") or None,
        ehlo=_ehlo(values.get("mail_ehlo") or ""),
        probe_recipients=bool(values.get("mail_probe_recipients")),
        relay_recipient=read_mailbox(values.get("mail_relay_recipient") or ""),
        control_hosts=read_control_hosts(_given(values, "mail_control_host")),
        vantage=values.get("mail_vantage") or "",
        checks=values.get("mail_checks") or None,
        secrets=secrets,
        inconclusive=values.get("mail_inconclusive") or "error",
        not_evaluated=values.get("mail_not_evaluated") or "skip",
        min_evaluated=_percent(values.get("mail_min_evaluated") or "0"),
        budget=_seconds(values.get("mail_budget") or ""),
        junit=values.get("mail_junit") or None,
        junit_file_line=bool(values.get("mail_junit_file_line")),
    )


def _given(values: Mapping[str, Any], key: str) -> Sequence[str]:
    return values.get(key) or ()


def _lab(value: Path | str | None) -> Any:
    return "auto" if str(value) == "auto" else value or None


def _is_authoritative(text: str) -> bool:
    return text.casefold() == AUTHORITATIVE


def _resolvers(option: str, texts: Sequence[str]) -> tuple[Resolver, ...]:
    return tuple(_resolver(option, text) for text in texts if not _is_authoritative(text))


def _resolver(option: str, text: str) -> Resolver:
    try:
        resolver = read_resolver(text)
    except ValueError:
        raise refused(option, text, EXPECTED) from None
    if resolver.protocol == "https" and find_spec("httpx2") is None:
        raise refused(option, text, "https:// only with the package httpx2: " + INSTALL_HTTPS)
    return resolver


def _proposal(text: str) -> Proposal:
    try:
        return read_proposal(text)
    except ValueError:
        raise refused("proposed", text, proposals.EXPECTED) from None


def _zone_of(text: str) -> tuple[str, ZoneName]:
    """Read ``RESOURCE=ZONE``; the address of a resource may hold the sign, as a key in quotes."""
    resource, _, zone = text.rpartition("=")
    try:
        if resource:
            return resource.strip(), ZoneName.parse(zone.strip())
    except ValueError:
        pass
    raise refused("zone-of", text, "RESOURCE=ZONE, such as aws_route53_record.mx=example.com")


def _compare(values: Mapping[str, Any]) -> bool:
    if values.get("mail_compare") and not values.get("mail_proposed"):
        raise refused("compare", "given", "a change to compare with: --mail-proposed")
    return bool(values.get("mail_compare"))


def _key(text: str, secrets: frozenset[str]) -> tuple[str, Secret]:
    """Read ``ZONE ${env:NAME}``; what is not written so may be the key itself, and is not shown."""
    zone, _, reference = text.strip().partition(" ")
    try:
        named = Domain.parse(zone), Secret.parse(reference.strip())
    except ValueError:
        raise refused("blocklist-keys", f"{zone} …", "a zone and ${env:NAME}") from None
    if named[1].name not in secrets:
        raise refused(
            "blocklist-keys", text, f"names that mail_secrets allows: add {named[1].name}"
        )
    return named


def _detour(text: str) -> tuple[Endpoint, Endpoint]:
    part = r"(\[[^\]]+\]|[^:\[\]]+):([0-9]{1,5})"
    match = re.fullmatch(f"{part}:{part}", text)
    host, port, to_host, to_port = match.groups() if match else ("", "", "", "")
    try:
        here = str(parse_address(host)), Port.parse(port)
        return here, (str(parse_address(to_host)), Port.parse(to_port))
    except ValueError:
        raise refused(
            "connect-to", text, "ADDRESS:PORT:ADDRESS:PORT, as 203.0.113.25:25:127.0.0.1:2525"
        ) from None


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise refused("private-networks", text, "a network such as 10.0.0.0/8") from None


def _ehlo(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9.:_\[\]-]{1,255}", text):
        raise refused("ehlo", text, "a host name or an address literal")
    return text


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise refused("blocklist-limit", text, "a number such as 1000")
    return int(text)


def _percent(text: str) -> int:
    match = re.fullmatch(r"([0-9]{1,3})%?", text)
    if match is None or int(match[1]) > 100:
        raise refused("min-evaluated", text, "a share such as 80%")
    return int(match[1])


def _seconds(text: str) -> float | None:
    """Read ``90``, ``90s``, ``10m`` or ``1h``; nothing is no limit."""
    if not text:
        return None
    match = re.fullmatch(r"([0-9]{1,6})([smh]?)", text)
    if match is None or not int(match[1]):
        raise refused("budget", text, "a time of a second or more, such as 90s or 10m")
    return float(int(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]])
