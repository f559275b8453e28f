"""Opening a world: whom it asks, what it may ask, and that closing it leaves nothing."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
import ssl
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.errors import SourceError, UsageError
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.root import ROOT_SERVERS, RunRoot, RunRootFact
from mailcheck.facts.run import RunDate, RunDateFact, RunLabel
from mailcheck.facts.scope import AddressScope
from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.facts.tls.trust import ChainTrust
from mailcheck.finding import Finding, met
from mailcheck.lab.certificates import Authorities, HostCertificate
from mailcheck.names import parse_address
from mailcheck.question import Question, Unobserved, each_of
from mailcheck.settings import Resolver, Settings
from mailcheck.world.opening import Opened, open_empty, open_lab, open_live
from tests.probes.dns.scripted import LOOPBACK, SILENCE, Server, says
from tests.world.chains import chain_of

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path

    from mailcheck.lab.certificates import Signer

A_DAY = datetime.date(2026, 1, 31)
LAB = """\
lab: 1
servers:
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
        @ MX 10 mail
        mail A 203.0.113.25
resolvers:
  house: {address: 192.0.2.1}
  other: {address: 192.0.2.2, faults: servfail}
hosts:
  mail.example.com:
    address: 203.0.113.25
    smtp: {25: accepts}
"""
ROOTED = """\
  a.root.example:
    address: 192.0.2.3
    zones:
      .: |
        $TTL 3600
        @ SOA a.root.example. hostmaster.root.example. 1 7200 3600 1209600 300
        @ NS a.root.example.
        a.root.example. A 192.0.2.3
        com. NS a.nic.com.
        a.nic.com. A 192.0.2.4
  a.nic.com:
    address: 192.0.2.4
    zones:
      com: |
        $TTL 3600
        @ SOA a.nic hostmaster.nic 1 7200 3600 1209600 300
        @ NS a.nic
        a.nic A 192.0.2.4
        example NS ns1.example
        ns1.example A 192.0.2.53
"""
LOOPBACK_ADDRESS = parse_address(LOOPBACK)


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A ``lab.yml``."""
    path = tmp_path / "lab.yml"
    path.write_text(LAB, "utf-8")
    return path


async def said(opened: Opened, asked: Question[Any]) -> Any:
    """Return the answer of a world that is asked nothing else."""
    given: list[Any] = []
    opened.world.answer(asked, given.append)
    while not given:
        await opened.world.stepped()
    return given[0]


def answer(opening: Awaitable[Opened], asked: Question[Any]) -> Any:
    """Open a world, ask it, and close it."""

    async def run() -> Any:
        opened = await opening
        try:
            return await said(opened, asked)
        finally:
            await opened.close()

    return asyncio.run(run())


# ── the lab ──────────────────────────────────────────────────────────────────────────────────


def test_a_lab_answers_from_its_servers(lab: Path) -> None:
    found = answer(open_lab(Settings(), A_DAY, lab, "lab.yml"), DnsQuery("example.com", "MX"))
    assert isinstance(found, DnsAnswer)
    assert found.texts == ("10 mail.example.com.",)
    assert found.source.server == "192.0.2.1"


def test_a_lab_has_the_hosts_it_declares(lab: Path) -> None:
    asked = SmtpSession(parse_address("203.0.113.25"), 25)
    found = answer(open_lab(Settings(), A_DAY, lab, "lab.yml"), asked)
    assert isinstance(found, SmtpSessionFact)


@pytest.mark.parametrize("name", ["example.org", "mail.example.org"])
def test_a_lab_does_not_know_other_names(lab: Path, name: str) -> None:
    found = answer(open_lab(Settings(), A_DAY, lab, "lab.yml"), DnsQuery(name, "MX"))
    assert isinstance(found, Unobserved)
    assert found.cause == "not-in-lab"


def test_a_lab_s_documentation_addresses_are_public(lab: Path) -> None:
    asked = AddressScope(parse_address("203.0.113.25"))
    assert answer(open_lab(Settings(), A_DAY, lab, "lab.yml"), asked).public


def test_a_lab_s_date_is_the_run_s(lab: Path) -> None:
    found = answer(open_lab(Settings(), A_DAY, lab, "lab.yml"), RunDate())
    assert found == RunDateFact(A_DAY)


def of_another_lab(signer: Signer, lab: Authorities | None = None) -> ChainTrust:
    """Ask about the chain of another lab, whose authorities are others."""
    described = HostCertificate(("mail.example.com",), 90, signer)
    return ChainTrust(chain_of(lab or Authorities(), described))


def test_a_lab_trusts_its_own_authority_and_no_other(lab: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text(ssl.DER_cert_to_PEM_cert(Authorities().trusted), "utf-8")
    text = lab.read_text("utf-8").replace("{25: accepts}", "{25: accepts}\n    certificate: [mx]")
    lab.write_text(text, "utf-8")

    async def run() -> Any:
        opened = await open_lab(Settings(ca_file=bundle), A_DAY, lab, "lab.yml")
        try:
            session = await said(opened, SmtpSession(parse_address("203.0.113.25"), 25))
            chain = tuple(certificate.der for certificate in session.tls.chain)
            return await said(opened, ChainTrust(chain))
        finally:
            await opened.close()

    assert asyncio.run(run()).problem is None


@pytest.mark.parametrize(
    ("signer", "problem"),
    [("lab", "chain-incomplete"), ("itself", "self-signed"), ("stranger", "untrusted-issuer")],
)
def test_a_lab_does_not_trust_another(lab: Path, signer: Signer, problem: str) -> None:
    asked = of_another_lab(signer)
    assert answer(open_lab(Settings(), A_DAY, lab, "lab.yml"), asked).problem == problem


@pytest.mark.parametrize("trusted", [True, False])
def test_the_live_network_trusts_the_file_that_is_named(tmp_path: Path, *, trusted: bool) -> None:
    authorities = Authorities()
    bundle = tmp_path / "ca.pem"
    named = authorities if trusted else Authorities()
    bundle.write_text(ssl.DER_cert_to_PEM_cert(named.trusted), "utf-8")
    asked = of_another_lab("lab", authorities)
    found = answer(open_live(Settings(ca_file=bundle), A_DAY), asked)
    assert found.problem == (None if trusted else "chain-incomplete")


def test_a_file_of_authorities_that_cannot_be_used_is_an_error_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--mail-ca-file .*none\.pem"):
        asyncio.run(open_live(Settings(ca_file=tmp_path / "none.pem"), A_DAY))


@pytest.mark.parametrize(
    ("resolvers", "expected"),
    [
        pytest.param((), ["192.0.2.1", "192.0.2.2"], id="the lab's own"),
        pytest.param((Resolver(parse_address("192.0.2.2")),), ["192.0.2.2"], id="one of them"),
    ],
)
def test_a_lab_tells_its_name_and_whom_it_asks(
    lab: Path, resolvers: tuple[Resolver, ...], expected: list[str]
) -> None:
    async def run() -> Opened:
        opened = await open_lab(Settings(resolvers=resolvers), A_DAY, lab, "suites/lab.yml")
        await opened.close()
        return opened

    opened = asyncio.run(run())
    assert opened.name == "the lab suites/lab.yml"
    assert [str(server) for server in opened.resolvers] == expected


def test_the_resolver_of_the_run_is_the_one_asked_in_the_lab(lab: Path) -> None:
    settings = Settings(resolvers=(Resolver(parse_address("192.0.2.2")),))
    found = answer(open_lab(settings, A_DAY, lab, "lab.yml"), DnsQuery("example.com", "MX"))
    assert isinstance(found, Unobserved)
    assert found.cause == "servfail"


def test_a_lab_has_no_resolver_that_is_named_by_its_host(lab: Path) -> None:
    """Its name would be asked of the network, which a lab never is."""
    by_name = Settings(resolvers=(Resolver(None, 443, "https", "dns.example", "/q"),))
    with pytest.raises(UsageError, match=r"https://dns\.example/q"):
        asyncio.run(open_lab(by_name, A_DAY, lab, "lab.yml"))


@pytest.mark.parametrize(
    ("name", "rdtype", "found"),
    [
        pytest.param("example.com", "MX", ("10 mail.example.com.",), id="a record"),
        pytest.param("mail.example.com", "A", ("203.0.113.25",), id="a host"),
        pytest.param("gone.example.com", "A", (), id="nothing"),
    ],
)
@pytest.mark.parametrize("root", [True, False], ids=["with a root", "without a root"])
def test_an_authoritative_run_in_a_lab(
    tmp_path: Path, name: str, rdtype: str, found: tuple[str, ...], *, root: bool
) -> None:
    """It begins at the lab's own root, or asks the lab's resolver for the way."""
    text = LAB.replace("resolvers:", ROOTED + "resolvers:") if root else LAB
    (tmp_path / "lab.yml").write_text(text, "utf-8")

    async def run() -> Any:
        opened = await open_lab(
            Settings(authoritative=True), A_DAY, tmp_path / "lab.yml", "lab.yml"
        )
        facts: list[Any] = []

        async def judge() -> Finding:
            facts.extend(await each_of([Lookup(name, rdtype)]))
            return met()

        engine = Engine(opened.world)
        await engine.finished(engine.plan(judge))
        await opened.close()
        return facts[0]

    answer = asyncio.run(run())
    assert isinstance(answer, DnsAnswer)
    assert answer.texts == found
    assert answer.authoritative
    assert answer.source.server == "ns1.example.com (192.0.2.53)"


def test_a_lab_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    (tmp_path / "lab.yml").write_text("lab: 1\nservers: 5\n")
    with pytest.raises(SourceError, match=r"^shown\.yml:2:"):
        asyncio.run(open_lab(Settings(), A_DAY, tmp_path / "lab.yml", "shown.yml"))


def test_a_lab_whose_world_cannot_be_made_does_not_stay_open(lab: Path) -> None:
    """A socket left open is a ResourceWarning, and that an error."""

    async def run() -> int:
        before = len(asyncio.all_tasks())
        with pytest.raises(UsageError, match="EHLO"):
            await open_lab(Settings(ehlo="two words"), A_DAY, lab, "lab.yml")
        return len(asyncio.all_tasks()) - before

    assert asyncio.run(run()) == 0


# ── the live network ─────────────────────────────────────────────────────────────────────────


def test_the_live_network_is_asked_where_the_run_says() -> None:
    async def run() -> tuple[Any, Opened]:
        server = Server(says("example.com. 60 IN A 192.0.2.80"))
        async with server.serving():
            here = Resolver(parse_address(LOOPBACK), server.port)
            opened = await open_live(Settings(resolvers=(here,)), A_DAY)
            found = await said(opened, DnsQuery("example.com", "A"))
            await opened.close()
        return found, opened

    found, opened = asyncio.run(run())
    assert found.texts == ("192.0.2.80",)
    assert opened.name == "the live network"
    assert [server.address for server in opened.resolvers] == [parse_address(LOOPBACK)]
    assert found.source.server == str(opened.resolvers[0])


def test_what_is_asked_about_a_resolver_does_not_bury_it() -> None:
    """One that is silent about the public root may answer for the network it serves."""
    nobody = NameServer(LOOPBACK_ADDRESS, port=1)

    async def run() -> list[str]:
        opened = await open_live(Settings(resolvers=(Resolver(LOOPBACK_ADDRESS, 1),)), A_DAY)
        for number in range(20):
            await said(opened, ServerQuery(f"n{number}.com", "A", nobody, recursive=True))
        found = await said(opened, DnsQuery("intranet.example", "A"))
        await opened.close()
        return [found.cause, found.text]

    cause, text = asyncio.run(run())
    assert cause == "unreachable"
    assert "none of the resolvers" not in text


def test_the_budget_of_the_run_ends_its_questions() -> None:
    async def run() -> Any:
        server = Server(SILENCE)
        async with server.serving():
            here = Resolver(LOOPBACK_ADDRESS, server.port)
            opened = await open_live(Settings(resolvers=(here,), budget=0.05), A_DAY)
            found = await said(opened, DnsQuery("example.com", "A"))
            await opened.close()
        return found

    assert asyncio.run(run()).cause == "budget-spent"


def test_packets_go_where_connect_to_sends_them() -> None:
    async def run() -> Any:
        server = Server(says("example.com. 60 IN A 192.0.2.80"))
        async with server.serving():
            settings = Settings(
                resolvers=(Resolver(parse_address("192.0.2.1")),),
                connect_to={("192.0.2.1", 53): (LOOPBACK, server.port)},
            )
            opened = await open_live(settings, A_DAY)
            found = await said(opened, DnsQuery("example.com", "A"))
            await opened.close()
        return found

    found = asyncio.run(run())
    assert (found.texts, found.source.server) == (("192.0.2.80",), "192.0.2.1")


def test_without_resolvers_of_its_own_a_run_asks_the_system_s() -> None:
    async def run() -> Opened:
        opened = await open_live(Settings(), A_DAY)
        await opened.close()
        return opened

    assert all(isinstance(one, NameServer) for one in asyncio.run(run()).resolvers)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        pytest.param("10.1.2.3", True, id="a network the run allows"),
        pytest.param("192.168.0.1", False, id="another private one"),
        pytest.param("203.0.113.25", False, id="documentation"),
    ],
)
def test_live_an_address_is_public_by_registry_or_by_the_run(
    address: str,
    public: bool,  # noqa: FBT001  a column of the table
) -> None:
    settings = Settings(private_networks=(ipaddress.ip_network("10.0.0.0/8"),))
    asked = AddressScope(parse_address(address))
    assert answer(open_live(settings, A_DAY), asked).public is public


def test_an_authoritative_run_asks_no_resolver_and_knows_where_to_begin() -> None:
    resolver = Resolver(parse_address("192.0.2.1"))

    async def run() -> tuple[Opened, list[Any]]:
        settings = Settings(authoritative=True, resolvers=(resolver,))
        opened = await open_live(settings, A_DAY)
        found = [await said(opened, asked) for asked in (DnsQuery("a.example", "A"), RunRoot())]
        await opened.close()
        return opened, found

    opened, [answer, root] = asyncio.run(run())
    assert opened.resolvers == ()
    assert answer.cause == "no-resolver"
    assert root == RunRootFact(ROOT_SERVERS, (NameServer(resolver.address or LOOPBACK_ADDRESS),))


def test_a_run_has_a_label_that_no_other_run_has() -> None:
    labels = {answer(open_live(Settings(), A_DAY), RunLabel()).label for _ in range(3)}
    assert len(labels) == 3
    assert all(len(label) >= 20 and label.isalpha() and label.islower() for label in labels)


def test_a_host_nobody_knows_shuts_the_world() -> None:
    unknown = Resolver(None, 853, "tls", "x" * 64)
    with pytest.raises(UsageError, match="no address for tls://"):
        asyncio.run(open_live(Settings(resolvers=(unknown,)), A_DAY))


# ── no world, and the end of one ─────────────────────────────────────────────────────────────


def test_a_suite_without_a_lab_has_an_empty_world() -> None:
    found = answer(open_empty(), DnsQuery("example.com", "MX"))
    assert isinstance(found, Unobserved)
    assert found.cause == "not-in-lab"


def test_a_closed_lab_leaves_its_ports(lab: Path) -> None:
    async def run() -> set[tuple[str, int]]:
        opened = await open_lab(Settings(), A_DAY, lab, "lab.yml")
        world: Any = opened.world
        found = await said(opened, DnsQuery("example.com", "MX"))
        assert isinstance(found, DnsAnswer)
        real = set(world._dns._routes.detours.values())
        await opened.close()
        await opened.close()
        return real

    for endpoint in asyncio.run(run()):
        with socket.socket() as taken:
            taken.bind(endpoint)
