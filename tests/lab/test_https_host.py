"""Connections to scripted web hosts: by mailcheck's probe, by hand, and in whole runs."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.facts.https import HttpsGet, HttpsGetFact
from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.lab.certificates import Authorities, HostCertificate
from mailcheck.lab.endpoints import LOOPBACK, Endpoints
from mailcheck.lab.https_script import HttpsScript, Page
from mailcheck.names import parse_address
from mailcheck.probes.https import HttpsProbe, Timeouts
from mailcheck.probes.routes import Routes
from mailcheck.proposals import ProposedFiles
from mailcheck.run import Run
from mailcheck.settings import Settings
from mailcheck.suite.load import load_item

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.question import Unobserved
    from mailcheck.verdict import Verdict

HOST = "mta-sts.example.com"
SCRIPT = HttpsScript(
    {
        "/a": Page(body=b"hello"),
        "/half": Page(body=b"hel", then="closes"),
        "/stops": Page(body=b"hel", then="silent"),
        "/mute": Page(then="silent", is_nothing=True),
        "/shut": Page(then="closes", is_nothing=True),
        "/flood": Page(then="endless"),
        "/drips": Page(then="drips"),
    }
)


def fetched(
    path: str, script: HttpsScript = SCRIPT, *, clear: bool = False
) -> HttpsGetFact | Unobserved:
    """What the probe makes of *path*."""

    async def run() -> HttpsGetFact | Unobserved:
        endpoints = Endpoints()
        tls = None if clear else Authorities().context(HostCertificate((HOST,)))
        port = await endpoints.open_https(script, tls)
        routes = Routes({("192.0.2.80", 443): (LOOPBACK, port)})
        hurried = Timeouts(handshake=0.3, request=0.5) if waits else Timeouts()
        probe = HttpsProbe(routes, timeouts=hurried)
        asked = HttpsGet(parse_address("192.0.2.80"), 443, HOST, path, 1000)
        answer = await probe.answer(asked)
        await probe.closed()
        await endpoints.close()
        return answer

    waits = path in ("/mute", "/stops", "/drips") or script.opens == "silent"
    return asyncio.run(run())


@pytest.mark.parametrize(
    ("path", "status", "length", "cause"),
    [
        ("/a", 200, 5, ""),
        ("/none", 404, 14, ""),
        ("/half", 200, 3, "connection-closed"),
        ("/stops", 200, 3, "timeout"),
        ("/mute", None, 0, "timeout"),
        ("/shut", None, 0, "connection-closed"),
        ("/flood", 200, 1000, ""),
        ("/drips", 200, 1, "timeout"),
    ],
)
def test_pages(path: str, status: int | None, length: int, cause: str) -> None:
    fact = fetched(path)
    assert isinstance(fact, HttpsGetFact)
    assert isinstance(fact.tls, Tls)
    seen = fact.broken.cause if fact.broken else ""
    assert (fact.status, len(fact.body), seen) == (status, length, cause)
    assert fact.is_cut_short == (path == "/flood")


@pytest.mark.parametrize(
    ("opens", "cause"), [("silent", "timeout"), ("closes", "connection-closed")]
)
def test_a_host_that_does_not_come_to_tls(opens: str, cause: str) -> None:
    said = fetched("/a", HttpsScript(opens=opens))  # type: ignore[arg-type]  # words of the table
    assert not isinstance(said, HttpsGetFact)
    assert (said.cause, said.evidence[-1].subject[-4:]) == (cause, " TLS")


def test_without_a_certificate_a_host_speaks_in_clear() -> None:
    fact = fetched("/a", clear=True)
    assert isinstance(fact, HttpsGetFact)
    assert isinstance(fact.tls, NoTls)


def test_a_request_without_end_is_refused() -> None:
    async def run() -> bytes:
        endpoints = Endpoints()
        reader, writer = await asyncio.open_connection(LOOPBACK, await endpoints.open_https(SCRIPT))
        writer.write(b"GET /a HTTP/1.1\r\n" + b"a: b\r\n" * 5000)
        line = await reader.readline()
        writer.close()
        await endpoints.close()
        return line

    assert asyncio.run(run()) == b"HTTP/1.1 431 Request Header Fields Too Large\r\n"


LAB = """\
lab: 1
servers:
  ns1:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @        SOA ns1.example.net. hostmaster 1 7200 3600 1209600 300
        @        NS  ns1.example.net.
        @        MX  10 mail
        mail     A   203.0.113.25
        mta-sts  A   203.0.113.80
        _mta-sts TXT "v=STSv1; id=1"
hosts:
  mail.example.com:
    address: 203.0.113.25
    smtp: {25: accepts}
    certificate: mail.example.com
  mta-sts.example.com:
    address: 203.0.113.80
    certificate: {names: mta-sts.example.com, days: 60}
    https:
      443:
        /.well-known/mta-sts.txt: |
          version: STSv1
          mode: enforce
          mx: mail.example.com
          max_age: 2419200
  new.example.com:
    address: 203.0.113.81
    certificate: mta-sts.example.com
    https:
      443:
        /.well-known/mta-sts.txt: {redirect: https://www.example.com/}
"""

AFTER = """\
$ORIGIN example.com.
$TTL 3600
@        SOA ns1.example.net. hostmaster 2 7200 3600 1209600 300
@        NS  ns1.example.net.
@        MX  10 mail
mail     A   203.0.113.25
mta-sts  A   203.0.113.{}
_mta-sts TXT "v=STSv1; id=2"
"""


def judged(root: Path, sentence: str, settings: Settings) -> Verdict:
    (root / "lab.yml").write_text(LAB)
    run = Run(settings, root=root, today=datetime.datetime.now(datetime.UTC).date())
    [wanted] = load_item(sentence, load_catalogue())
    try:
        return run.verdict(run.plan(wanted, root / "suite.yml"))
    finally:
        run.close()


@pytest.mark.parametrize(
    "sentence", ["MTA-STS of example.com is valid", "MX hosts of example.com meet MTA-STS"]
)
def test_sentences_hold_in_the_lab(tmp_path: Path, sentence: str) -> None:
    verdict = judged(tmp_path, sentence, Settings(lab="auto"))
    assert (verdict.kind, verdict.advice) == ("met", ())


@pytest.mark.parametrize(
    ("last", "tags"),
    [
        pytest.param(80, (), id="where it is"),
        pytest.param(81, ("redirected",), id="where there is a redirect"),
        pytest.param(25, ("connection-refused",), id="where there is no web server"),
    ],
)
def test_a_policy_host_is_asked_at_its_proposed_address(
    tmp_path: Path, last: int, tags: tuple[str, ...]
) -> None:
    after = tmp_path / "example.com.zone"
    after.write_text(AFTER.format(last))
    settings = Settings(lab="auto", proposed=(ProposedFiles(after),))
    assert judged(tmp_path, "MTA-STS of example.com is valid", settings).tags == tags


def test_offline_nobody_is_asked(tmp_path: Path) -> None:
    after = tmp_path / "example.com.zone"
    after.write_text(AFTER.format(80))
    settings = Settings(offline=True, proposed=(ProposedFiles(after),))
    verdict = judged(tmp_path, "MTA-STS of example.com is valid", settings)
    assert (verdict.kind, verdict.cause) == ("not evaluated", "offline")
