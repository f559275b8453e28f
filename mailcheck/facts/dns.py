"""Leaf questions to DNS, and their answers.

Two kinds of asking are kept apart because their answers mean different things:
:class:`DnsQuery` goes to the run's resolvers, whose REFUSED or SERVFAIL says nothing about the
domain; :class:`ServerQuery` goes to one server without recursion, where a refusal is a fact about
that server.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, cast

import dns.rdata

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.name_server import NameServer, Reply, Source, name_server
from mailcheck.facts.records import exchanges, record, record_text
from mailcheck.names import to_u_labels
from mailcheck.question import Question, Unobserved, question

if TYPE_CHECKING:
    from mailcheck.facts.records import PackedRecords

__all__ = [
    "ANSWERS",
    "RESOLVER_FAILS",
    "DnsAnswer",
    "DnsQuery",
    "NameServer",
    "Reply",
    "ServerQuery",
    "Source",
    "Status",
    "name_server",
    "told",
]

R = TypeVar("R", bound=dns.rdata.Rdata)

Status: TypeAlias = Literal["data", "nodata", "nxdomain", "refused", "referral"]
"""What an answer says. ``refused`` and ``referral`` come from servers asked directly only; a
:class:`mailcheck.facts.lookup.Lookup` also ends ``refused`` when all of a zone's servers refuse."""

ANSWERS: frozenset[Status] = frozenset({"data", "nodata", "nxdomain"})
"""Statuses that say what there is at a name; a refusal or a referral does not."""

RESOLVER_FAILS = frozenset({"servfail", "refused", "bogus"})
"""Causes for which a resolver may not be to blame: it says that it could not find out either."""

SHOWN_STATUS = {"nodata": "NODATA", "nxdomain": "NXDOMAIN", "refused": "REFUSED"}

NOBODY = Source()

_LEFT_OUT = {"cut": "", "delegated_to": (), "glue": (), "cut_short": False, "extended": ""}
"""What an ordinary answer is not, and need not be told each time."""

SHOWN_RECORDS = 20
"""Records of one answer that evidence shows; the rest is counted, not shown."""

SHOWN_SERVERS = 4
"""Servers of one referral that evidence shows; registries have a dozen."""


@question
class DnsQuery(Question["DnsAnswer"]):
    """What the run's resolvers say about *name* (normal form) and *rdtype* (a mnemonic)."""

    name: str
    rdtype: str


@question
class ServerQuery(Question["DnsAnswer"]):
    """What one server says, asked directly; with ``recursive`` it is asked as a resolver."""

    name: str
    rdtype: str
    server: NameServer
    recursive: bool = False


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """An observed answer, positive or negative.

    ``records`` are the RRs of the type asked, at the end of the alias chain; ``aliases`` are the
    CNAME targets followed from ``name``, in order. ``denier`` is the owner of the SOA that came
    with a negative answer, empty if the server sent none (stub resolvers drop it) or a stranger's.
    ``cut_short`` means that there were more records than are kept. ``extended`` is what the server
    says about its answer, such as that it is stale (RFC 8914). A referral names the zone below the
    ``cut``, the servers it is ``delegated_to``, and the addresses the referrer gave as ``glue``. NS
    records in which a secret was masked have their hosts there too, by names that can be asked for.
    """

    name: str
    rdtype: str
    status: Status
    records: tuple[dns.rdata.Rdata, ...] = ()
    aliases: tuple[str, ...] = ()
    ttl: int | None = None
    authoritative: bool = False
    authenticated: bool = False
    denier: str = ""
    cut: str = ""
    delegated_to: tuple[str, ...] = ()
    glue: tuple[NameServer, ...] = ()
    cut_short: bool = False
    extended: str = ""
    source: Source = NOBODY
    _packed: PackedRecords | None = field(default=None, init=False, repr=False, compare=False)
    _reply: Reply | None = field(default=None, init=False, repr=False, compare=False)

    if not TYPE_CHECKING:  # a checker that saw it would take any misspelt attribute for good

        def __getattr__(self, name: str) -> Any:
            """Make what :meth:`packed` leaves out when it is first read."""
            if name == "records":
                value = self._packed.unpacked()
                object.__setattr__(self, "_packed", None)
            elif name == "source":
                value = self._reply.source(self.name, self.rdtype)
            elif name in _LEFT_OUT:
                value = _LEFT_OUT[name]
            else:
                raise AttributeError(name)
            object.__setattr__(self, name, value)
            return value

    @classmethod
    def packed(
        cls,
        asked: tuple[str, str],
        status: Status,
        records: PackedRecords | None,
        reply: Reply,
        *,
        aliases: tuple[str, ...] = (),
        ttl: int | None = None,
        authoritative: bool,
        authenticated: bool,
        denier: str = "",
    ) -> DnsAnswer:
        """Return the answer to *asked*, the same value, made of what most judges never look at."""
        answer = object.__new__(cls)
        put = object.__setattr__
        put(answer, "name", asked[0])
        put(answer, "rdtype", asked[1])
        put(answer, "status", status)
        put(answer, "aliases", aliases)
        put(answer, "ttl", ttl)
        put(answer, "authoritative", authoritative)
        put(answer, "authenticated", authenticated)
        put(answer, "denier", denier)
        put(answer, "_packed", records)
        put(answer, "_reply", reply)
        if records is None:
            put(answer, "records", ())
        return answer

    @property
    def unread(self) -> tuple[Unobserved, ...]:
        """What is missing to conclude that a record is *not* there; nothing if all were kept."""
        if not self.cut_short:
            return ()
        text = f"{visible(to_u_labels(self.name))} has more {self.rdtype} records than are read"
        return (Unobserved("too-many-records", text, self.evidence),)

    @property
    def texts(self) -> tuple[str, ...]:
        """The records in presentation form, lower-case where case has no meaning."""
        return tuple(record_text(record) for record in self.records)

    def of(self, kind: type[R]) -> tuple[R, ...]:  # noqa: ARG002  it is the type, for checkers
        """Return the records as what they are by construction: *kind*, the class of their type.

        Nothing is picked by class. dnspython loads its classes on demand, and a record whose class
        was loaded twice must not be taken for none.
        """
        return cast("tuple[R, ...]", self.records)

    @property
    def exchanges(self) -> list[tuple[int, str]]:
        """Preference and exchange, in normal form, of each MX record; in order of both."""
        return self._packed.exchanges() if self._packed else exchanges(self.records)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line: what was asked, what came back, who said so."""
        flags = ["authoritative" * self.authoritative, "validated" * self.authenticated]
        said = self.extended and f"the server says {self.extended}"
        ttl = "" if self.ttl is None else f"TTL {self.ttl}"
        source = ", ".join(filter(None, [*flags, said, ttl, str(self.source)]))
        subject = f"{visible(self.name)} {self.rdtype}"
        return (Evidence(subject, self._result(), source, self.source.command),)

    def _result(self) -> str:
        through = "".join(f"alias of {visible(alias)} → " for alias in self.aliases)
        if self.status == "data":
            return through + self._records_text()
        if self.status == "referral":
            servers = ", ".join(visible(name) for name in self.delegated_to[:SHOWN_SERVERS])
            more = len(self.delegated_to) - SHOWN_SERVERS
            count = f" and {more} more" if more > 0 else ""
            return f"referral for {visible(self.cut)} to {servers}{count}"
        word = "denied by" if self.status == "nxdomain" else "in zone"
        denied = f" ({word} {visible(self.denier)})" if self.denier else ""
        return through + SHOWN_STATUS[self.status] + denied

    def _records_text(self) -> str:
        texts = [f"{name}." for name in self.delegated_to] or self.texts
        shown = " | ".join(map(visible, texts[:SHOWN_RECORDS]))
        more = len(self.records) - SHOWN_RECORDS
        count = f"more than {more}" if self.cut_short else f"{more} more"
        return f"{shown} | … and {count}" if more > 0 else shown


def told(asked: str, answer: str, *, denier: str = "") -> tuple[DnsQuery, DnsAnswer | Unobserved]:
    """Write down an answer by hand, for examples and tests.

    *asked* is ``NAME TYPE``; *answer* is ``NODATA``, ``NXDOMAIN``, ``REFUSED-BY-AUTHORITY`` (what
    a lookup ends with), the name of a cause in capitals (``TIMEOUT``, ``SERVFAIL``), or records in
    presentation form separated by `` | ``. Each alias of a chain is written before as ``-> NAME``,
    and ``...`` behind means that there were more records than are kept.
    *denier* is the zone whose SOA came with a denial, or that is refused::

        told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com.")
        told("www.example.com A", "-> web.example.net | 192.0.2.80")
        told("www.example.com A", "-> gone.example.net | NXDOMAIN", denier="example.net")
    """
    name, rdtype = asked.split()
    asks = DnsQuery(name, rdtype)
    parts = [part.strip() for part in answer.split(" | ")]
    aliases = tuple(p.removeprefix("->").strip() for p in parts if p.startswith("->"))
    said = [p for p in parts if not p.startswith("->")] or ["NODATA"]
    if said == ["REFUSED-BY-AUTHORITY"]:
        return asks, DnsAnswer(name, rdtype, "refused", aliases=aliases, cut=denier)
    if said in (["NODATA"], ["NXDOMAIN"]):
        status: Status = "nodata" if said == ["NODATA"] else "nxdomain"
        return asks, DnsAnswer(name, rdtype, status, aliases=aliases, denier=denier)
    if _CAUSE.fullmatch(answer):
        return asks, Unobserved(answer.lower(), evidence=(Evidence(asked, answer),))
    cut = said[-1] == "..."
    records = tuple(record(rdtype, text) for text in said if text != "...")
    data = DnsAnswer(name, rdtype, "data", records, aliases, 3600, denier=denier, cut_short=cut)
    return asks, data


_CAUSE = re.compile(r"[A-Z]+(-[A-Z]+)*")
