"""The lock of an SPF record: the networks it lets pass, in a file that is committed beside a suite.

The file is YAML, one network a line, under the records that lead to it: so a diff reads as what
happened. It says what is authorised and nothing else, so that it changes only if that does. The
networks of a record are the fewest that hold its addresses, in their order.
"""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self, TypeAlias

from mailcheck.errors import Place
from mailcheck.evidence import visible
from mailcheck.facts.spf.evaluation.expansion import name_of
from mailcheck.facts.spf.networks.authorised import merged
from mailcheck.names import to_u_labels
from mailcheck.source.documents import parse_documents
from mailcheck.source.nodes import Mapping
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.facts.spf.networks.authorised import Path, SpfNetworksFact
    from mailcheck.names import Network
    from mailcheck.source.nodes import Node, Scalar

KEY = "spf-lock"
"""The first key of the file, which says what it is."""

VERSION = "1"

KEYS = (KEY, "domain", "networks", "unlisted")

_VIA = " > "
"""Between the domain of a record and that of one it includes."""

_LEFT_OUT = "..."

_LONGEST_KEY = 900
"""Characters of a key; YAML takes no more than 1024."""

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.> -]*")

Locked: TypeAlias = tuple[str, "Network | str"]
"""A line of the file: the records that lead there, and a network, or a term that nobody can list."""


@dataclass(frozen=True, slots=True)
class SpfLock:
    """What SPF of *domain* let pass when the file was written.

    ``lines`` are networks, then terms that nobody can list, each with the records that lead there.
    ``name`` is that of the file.
    """

    name: str
    domain: str
    lines: tuple[Locked, ...]

    expected: ClassVar[str] = "the name of a lock of SPF, such as spf-example.com.lock"
    made_by: ClassVar[str] = "`mailcheck lock spf DOMAIN` writes it"

    @classmethod
    def of_file(cls, name: str, text: str, shown_as: str) -> Self:
        """Read the *text* of a lock.

        Raises:
            SourceError: with everything that is wrong with it.
        """
        problems = Problems()
        documents = parse_documents(text, shown_as, problems)
        read = _read(documents[0], problems) if documents else None
        if read is None and not problems:
            problems.add(Place(shown_as, 1), "the file is empty", f"expected {KEY}: {VERSION}")
        problems.raise_any()
        assert read is not None  # or there was a problem
        return cls(name, *read)

    @classmethod
    def of(cls, domain: str, fact: SpfNetworksFact, name: str = "") -> Self:
        """Return the lock of what *fact* says of *domain*."""
        by_key: dict[str, list[Network]] = {}
        for listed in fact.listed:
            by_key.setdefault(key_of(listed.path), []).extend(listed.networks)
        networks = [(key, n) for key in sorted(by_key) for n in merged(by_key[key])]
        terms = sorted({(key_of(one.path), one.term) for one in fact.uncountable})
        return cls(name, domain, (*networks, *terms))

    @property
    def networks(self) -> tuple[tuple[str, Network], ...]:
        """The networks, with the records that lead there."""
        return tuple((key, one) for key, one in self.lines if not isinstance(one, str))

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """The terms that nobody can list, with the records that lead there."""
        return tuple((key, one) for key, one in self.lines if isinstance(one, str))

    def __str__(self) -> str:
        return self.name

    def text(self) -> str:
        """Return what stands in the file."""
        lines = [
            f"# What SPF of {self.domain} lets pass: `mailcheck lock spf {self.domain}` writes it anew.",
            f"{KEY}: {VERSION}",
            f"domain: {self.domain}",
        ]
        for part, content in (("networks", self.networks), ("unlisted", self.terms)):
            if content or part == "networks":
                lines += [f"{part}:" if content else f"{part}: {{}}", *_section(content)]
        return "\n".join(lines) + "\n"


def key_of(path: Path) -> str:
    """Return the key of the records on *path*, by the normal forms of their domains."""
    names = [name_of(domain) or domain for domain in path]
    key = _VIA.join(names)
    return key if len(key) <= _LONGEST_KEY else _VIA.join((names[0], _LEFT_OUT, names[-1]))


def first_include_of(key: str) -> str:
    """Return the domain that the domain's own record includes on the way a *key* tells; or empty."""
    names = key.split(_VIA)
    return names[1] if len(names) > 1 and names[1] != _LEFT_OUT else ""


def last_of(key: str) -> str:
    """Return the domain of the record that a *key* leads to."""
    return key.rpartition(_VIA)[2]


def told_key(key: str) -> str:
    """Write a *key* for people."""
    return " → ".join(visible(to_u_labels(domain), 80) for domain in key.split(_VIA))


def _section(lines: Iterable[tuple[str, Network | str]]) -> Iterator[str]:
    last = None
    for key, one in lines:
        if key != last:
            yield f"  {_quoted(key)}:"
        last = key
        yield f"    - {json.dumps(one) if isinstance(one, str) else one}"


def _quoted(key: str) -> str:
    return key if _PLAIN.fullmatch(key) else json.dumps(key)


def _read(node: Node, problems: Problems) -> tuple[str, tuple[Locked, ...]] | None:
    first = node.entries[0][0].text if isinstance(node, Mapping) and node.entries else ""
    if first != KEY:
        problems.add(node.place, "this is no lock of SPF", f"expected {KEY}: {VERSION} first")
        return None
    keys = problems.keys(node, KEYS, "the lock")
    version = problems.scalar(keys[KEY], KEY)
    if version is not None and version.text != VERSION:
        what = f"the lock is written in version {version.text}"
        problems.add(version.place, what, f"this mailcheck reads version {VERSION}")
    for key in ("domain", "networks"):
        if key not in keys:
            problems.add(node.place, f"the lock has no {key}", SpfLock.made_by)
    domain = problems.scalar(keys["domain"], "domain") if "domain" in keys else None
    networks = _lines(keys.get("networks"), "networks", problems)
    lines: list[Locked] = [
        (key, network) for key, text in networks if (network := _network(text, problems))
    ]
    lines += [(key, term.text) for key, term in _lines(keys.get("unlisted"), "unlisted", problems)]
    return domain.text if domain else "", tuple(lines)


def _lines(node: Node | None, part: str, problems: Problems) -> list[tuple[str, Scalar]]:
    mapping = problems.mapping(node, part) if node else None
    return [
        (key.text, item)
        for key, value in (mapping.entries if mapping else ())
        for item in problems.scalars(value, key.text)
    ]


def _network(text: Scalar, problems: Problems) -> Network | None:
    try:
        return ipaddress.ip_network(text.text)
    except ValueError as error:
        problems.add(text.place, f"this is no network: {error}", "expected 192.0.2.0/24")
        return None
