from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mailcheck.checks.dmarc.dmarc_reports_can_be_delivered import CHECK
from mailcheck.cli import main
from mailcheck.errors import SourceError
from mailcheck.facts.dmarc.destination import MAX_DESTINATIONS
from mailcheck.facts.dns import told
from mailcheck.testing import judged, run_examples
from mailcheck.verdict import Verdict

DNS = {
    "_dmarc.com TXT": "NXDOMAIN",
    "_dmarc.example TXT": "NXDOMAIN",
    "_dmarc.svc.example TXT": "NXDOMAIN",
    "_dmarc.mail.example.com TXT": "NXDOMAIN",
    "example.com._report._dmarc.svc.example TXT": '"v=DMARC1;"',
    "example.com MX": "10 mx.example.com.",
    "mail.example.com MX": "10 mx.example.com.",
    "mx.example.com A": "192.0.2.1",
    "mx.example.com AAAA": "NODATA",
    "svc.example MX": "10 mx.svc.example. | 20 mx2.svc.example.",
    "mx.svc.example A": "192.0.2.2",
    "mx.svc.example AAAA": "NODATA",
    "mx2.svc.example A": "TIMEOUT",
    "mx2.svc.example AAAA": "TIMEOUT",
    "svc.example A": "192.0.2.3",
    "svc.example AAAA": "NODATA",
}


def delivered(tags: str, **changes: str) -> Verdict:
    """Judge example.com's record with *tags*, and *changes* of what else is in DNS."""
    dns = DNS | {"_dmarc.example.com TXT": f'"v=DMARC1; p=none; {tags}"'}
    dns |= {name.replace("__", " "): answer for name, answer in changes.items()}
    answers = [told(name, answer) for name, answer in dns.items()]
    return judged(CHECK, "DMARC reports of example.com can be delivered", *answers)


def test_examples() -> None:
    run_examples(CHECK)


AUTH = "example.com._report._dmarc.svc.example TXT"
OWN = "rua=mailto:d@example.com"
SVC = "rua=mailto:d@svc.example"


@pytest.mark.parametrize(
    ("tags", "changes", "found"),
    [
        pytest.param(OWN, {}, (), id="its own mailbox"),
        pytest.param("rua=mailto:d@mail.example.com", {}, (), id="in its organisation"),
        pytest.param(SVC, {}, (), id="a service that wants them"),
        pytest.param(f"{SVC},mailto:d@example.com", {}, (), id="both"),
        pytest.param(SVC, {AUTH: '"other" | "v=DMARC1; p=none"'}, (), id="beside other texts"),
        pytest.param(SVC, {AUTH: '"v=DMARC1" | "v=DMARC1"'}, (), id="twice is as good as once"),
        pytest.param(
            SVC, {AUTH: '"v=DMARC1; rua=mailto:x@svc.example"'}, (), id="another mailbox there"
        ),
        pytest.param(
            f"ruf{SVC[3:]}",
            {AUTH: '"v=DMARC1; rua=mailto:x@third.example"'},
            (),
            id="rua is not ruf",
        ),
        pytest.param(SVC, {AUTH: "NXDOMAIN"}, ("not-authorised",), id="nothing there"),
        pytest.param(SVC, {AUTH: '"v=dmarc1"'}, ("not-authorised",), id="no record there"),
        pytest.param(f"ruf{SVC[3:]}", {AUTH: "NODATA"}, ("not-authorised",), id="failure reports"),
        pytest.param(SVC, {AUTH: "REFUSED-BY-AUTHORITY"}, ("refused-by-authority",), id="refused"),
        pytest.param(
            SVC,
            {AUTH: '"v=DMARC1; rua=mailto:x@third.example"'},
            ("overridden",),
            id="sent on to a third domain",
        ),
        pytest.param(SVC, {"svc.example MX": "0 ."}, ("takes-no-mail",), id="null MX"),
        pytest.param(SVC, {"svc.example MX": "NXDOMAIN"}, ("takes-no-mail",), id="no such domain"),
        pytest.param(
            SVC,
            {"svc.example MX": "NODATA", "svc.example A": "NODATA"},
            ("takes-no-mail",),
            id="neither MX nor address",
        ),
        pytest.param(SVC, {"svc.example MX": "NODATA"}, (), id="an address and no MX"),
        pytest.param(
            SVC,
            {
                "mx.svc.example A": "NODATA",
                "mx2.svc.example A": "NXDOMAIN",
                "mx2.svc.example AAAA": "NXDOMAIN",
            },
            ("takes-no-mail",),
            id="MX hosts without address",
        ),
        pytest.param("sp=none", {}, ("no-destination",), id="no reports asked for"),
        pytest.param("rua=https://svc.example/d", {}, ("no-destination",), id="only https"),
        pytest.param(f"{OWN},d@svc.example", {}, ("invalid-uri",), id="mailto is missing"),
        pytest.param(
            f"psd=y; ruf{SVC[3:]}", {AUTH: "NXDOMAIN"}, ("no-destination",), id="ruf, psd=y"
        ),
    ],
)
def test_destinations(tags: str, changes: dict[str, str], found: tuple[str, ...]) -> None:
    verdict = delivered(tags, **changes)
    assert (verdict.kind, verdict.tags) == ("unmet" if found else "met", found)


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        pytest.param({AUTH: "TIMEOUT"}, "timeout", id="authorisation"),
        pytest.param({"svc.example MX": "TIMEOUT"}, "timeout", id="MX"),
        pytest.param({"mx.svc.example A": "TIMEOUT"}, "timeout", id="addresses of all MX hosts"),
        pytest.param({AUTH: '"a" | ...'}, "too-many-records", id="more texts than are read"),
    ],
)
def test_what_may_decide_is_unknown(changes: dict[str, str], cause: str) -> None:
    assert delivered(SVC, **changes).cause == cause


def test_who_is_authorised_need_not_be_known_to_be_external() -> None:
    walk = {"_dmarc.mail.example.com TXT": "TIMEOUT"}
    to_mail = "rua=mailto:d@mail.example.com"
    authorised = {"example.com._report._dmarc.mail.example.com TXT": '"v=DMARC1"'}
    assert delivered(to_mail, **walk, **authorised).kind == "met"
    assert delivered(to_mail, **walk).cause == "timeout"


def test_the_other_side_has_to_publish() -> None:
    verdict = delivered(SVC, **{AUTH: "NXDOMAIN"})
    assert verdict.remedies[0].publish == (
        'example.com._report._dmarc.svc.example.  3600  IN  TXT  "v=DMARC1;"',
    )
    assert "In the zone of svc.example" in verdict.remedies[0].instruction


def test_an_inherited_record_is_authorised_for_its_own_domain() -> None:
    answers = DNS | {"_dmarc.example.com TXT": f'"v=DMARC1; p=none; {SVC}"'}
    answers |= {"_dmarc.news.example.com TXT": "NXDOMAIN"}
    verdict = judged(
        CHECK,
        "DMARC reports of news.example.com can be delivered",
        *(told(name, answer) for name, answer in answers.items()),
    )
    assert verdict.kind == "met"


def test_no_record_at_all() -> None:
    verdict = delivered("", **{"_dmarc.example.com TXT": "NXDOMAIN", "example.com TXT": "NODATA"})
    assert verdict.tags == ("no-record",)


def to_many(count: int, *tags: str) -> str:
    """Return a record that has reports sent to so many domains."""
    many = ",".join(f"mailto:d@d{i}.example" for i in range(count))
    record = "v=DMARC1; p=none" + "".join(f"; {tag}={many}" for tag in tags or ("rua",))
    return " ".join(f'"{record[i : i + 200]}"' for i in range(0, len(record), 200))


def test_hundreds_of_destinations_are_not_all_asked() -> None:
    here = {f"d{i}.example MX": "10 mx.example.com." for i in range(300)}
    verdict = delivered("", **{"_dmarc.example.com TXT": to_many(300)}, **here)
    assert verdict.kind == "inconclusive"
    asked = {evidence.subject for evidence in verdict.evidence}
    assert sum(subject.endswith(" MX") for subject in asked) == MAX_DESTINATIONS


def test_what_was_not_looked_at_is_unknown_only_if_nothing_else_decides() -> None:
    nobody = {f"d{i}.example MX": "0 ." for i in range(MAX_DESTINATIONS + 1)}
    auth = {
        f"example.com._report._dmarc.d{i}.example TXT": '"v=DMARC1"'
        for i in range(MAX_DESTINATIONS + 1)
    }
    here = {f"d{i}.example MX": "10 mx.example.com." for i in range(MAX_DESTINATIONS + 1)}
    dns = {"_dmarc.example.com TXT": to_many(MAX_DESTINATIONS + 1), **auth}
    assert delivered("", **dns, **here).cause == "too-many-destinations"
    assert delivered("", **dns, **nobody).tags == ("takes-no-mail",)


def test_a_domain_counts_once_whatever_it_is_sent() -> None:
    both = to_many(MAX_DESTINATIONS, "rua", "ruf")
    auth = {
        f"example.com._report._dmarc.d{i}.example TXT": '"v=DMARC1"'
        for i in range(MAX_DESTINATIONS)
    }
    here = {f"d{i}.example MX": "10 mx.example.com." for i in range(MAX_DESTINATIONS)}
    assert delivered("", **{"_dmarc.example.com TXT": both}, **auth, **here).kind == "met"


LAB = """\
lab: 1
title: A report service that wants the reports of whoever names it
servers:
  a.registry.net:
    address: 192.0.2.52
    zones:
      com: |
        @           3600 IN SOA a.registry.net. nic.registry.net. 1 7200 3600 1209600 300
        @           IN NS a.registry.net.
        example     IN NS ns1.example
        ns1.example IN A  192.0.2.53
        reports     IN NS ns1.example
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        @      3600 IN SOA ns1 hostmaster 1 7200 3600 1209600 300
        @      IN NS  ns1
        ns1    IN A   192.0.2.53
        _dmarc IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@reports.com"
      reports.com: |
        @                 3600 IN SOA ns1.example.com. hostmaster 1 7200 3600 1209600 300
        @                 IN NS  ns1.example.com.
        @                 IN MX  10 mx
        mx                IN A   192.0.2.25
        *._report._dmarc  IN TXT "v=DMARC1"
"""


def test_a_wildcard_authorises_everybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for lab, status in (LAB, 0), (LAB.replace("*._report", "else.com._report"), 1):
        (tmp_path / "lab.yml").write_text(lab, "utf-8")
        sentence = "DMARC reports of example.com can be delivered"
        ended = CliRunner().invoke(main, ["check", "--lab", "lab.yml", sentence])
        assert ended.exit_code == status, ended.output


def test_the_name_of_the_record_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"of a record, not of a domain; write example\.com"):
        judged(CHECK, "DMARC reports of _dmarc.example.com can be delivered")


@pytest.mark.parametrize(
    ("tags", "rua"),
    [
        pytest.param("sp=none", "mailto:dmarc@example.com", id="none"),
        pytest.param(
            "rua=https://e.fg/d", "mailto:dmarc@example.com,https://e.fg/d", id="one-that-stays"
        ),
        pytest.param("rua=x y", "mailto:dmarc@example.com", id="one-that-leads-nowhere"),
        pytest.param("rua=d@e.fg", "mailto:d@e.fg", id="one-that-was-meant"),
    ],
)
def test_a_remedy_names_a_mailbox(tags: str, rua: str) -> None:
    verdict = delivered(tags)
    assert f"rua={rua}" in str(verdict.remedies)


def test_a_domain_that_takes_no_mail_is_given_no_mailbox() -> None:
    [remedy] = delivered("sp=none", **{"example.com MX": "0 ."}).remedies
    assert remedy.publish == ()
    assert "a mailbox where mail is taken" in remedy.instruction
