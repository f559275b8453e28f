"""Tables of records."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck.errors import Place
from mailcheck.plans.csv_records import read, recognises
from mailcheck.plans.document import Document
from tests.plans.reading import given, problems, said

HERE = Path(__file__).parent
ZONE = given("example.com")


def _document(name: str) -> Document:
    return Document((HERE / name).read_text(), name)


def test_a_change() -> None:
    plan = read(_document("change.csv"), ZONE)
    assert [said(one) for one in plan.rrsets] == [
        ("example.com", "MX", ("10 mail.example.com.", "20 mail2.example.net.")),
        ("mail.example.com", "A", ("192.0.2.25",)),
        ("mail.example.com", "AAAA", ("2001:db8::25",)),
        (
            "_dmarc.example.com",
            "TXT",
            ('"v=DMARC1; p=reject; rua=mailto:a@example.com,mailto:b@example.com"',),
        ),
        ("2026._domainkey.example.com", "TXT", ('"v=DKIM1; p=" "MIIB"',)),
        ("_imaps._tcp.example.com", "SRV", ("0 1 993 mail.example.com.",)),
    ]
    assert plan.rrsets[1].place == Place("change.csv", 4)
    assert (plan.whole, plan.removals, plan.notes) == ((), (), ())


def test_a_whole_zone() -> None:
    plan = read(_document("zone.csv"), given())
    assert plan.whole == ("example.com",)
    assert [one.rdtype for one in plan.rrsets] == ["SOA", "NS", "A", "AAAA"]
    assert plan.rrsets[2].target == "web.example.net"
    assert said(plan.rrsets[1]) == ("example.com", "NS", ("ns1.example.net.",))


HEADER = "name,type,ttl,value\n"


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        pytest.param("mail,A,300,192.0.2.1", ("mail.example.com", "A", "192.0.2.1"), id="relative"),
        pytest.param(",a,300,192.0.2.1", ("example.com", "A", "192.0.2.1"), id="no name"),
        pytest.param(
            "Example.com,A,300,192.0.2.1", ("example.com", "A", "192.0.2.1"), id="the zone"
        ),
        pytest.param("a,CNAME,300,@", ("a.example.com", "CNAME", "example.com."), id="to the apex"),
        pytest.param("@,MX,300,0 .", ("example.com", "MX", "0 ."), id="no mail"),
        pytest.param(
            "@,MX,300, 10   mail", ("example.com", "MX", "10 mail.example.com."), id="blanks"
        ),
        pytest.param("@,TXT,300,v=spf1 -all", ("example.com", "TXT", '"v=spf1 -all"'), id="a text"),
        pytest.param(r"@,TXT,300,a\b", ("example.com", "TXT", r'"a\\b"'), id="a backslash"),
        pytest.param("@,TXT,300,ä", ("example.com", "TXT", r'"\195\164"'), id="UTF-8"),
        pytest.param(
            f"@,TXT,300,{'a' * 256}", ("example.com", "TXT", f'"{"a" * 255}" "a"'), id="a long text"
        ),
        pytest.param('@,TXT,300,"a\n"', ("example.com", "TXT", '"a"'), id="two lines"),
        pytest.param("\n,,,\n@,A,0,192.0.2.1", ("example.com", "A", "192.0.2.1"), id="empty lines"),
    ],
)
def test_a_row(text: str, read_as: tuple[str, str, str]) -> None:
    [rrset] = read(Document(HEADER + text, "a.csv"), ZONE).rrsets
    assert (rrset.name, rrset.rdtype, *rrset.values) == read_as


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("@,MX,300,mail", "no data of an MX record", id="no priority"),
        pytest.param("@,A,,192.0.2.1", "its TTL is no number", id="no TTL"),
        pytest.param("@,A,1h,192.0.2.1", "its TTL is no number", id="a TTL with a unit"),
        pytest.param("@,A,300,", "its value is missing", id="no value"),
        pytest.param("@,AXFR,300,a", "no records of the type 'AXFR'", id="no type of data"),
        pytest.param("@,MAIL,300,a", "no records of the type 'MAIL'", id="no type"),
        pytest.param("a.example.net.,A,300,192.0.2.1", "does not lie in", id="another zone"),
        pytest.param(
            "@,TXT,300,v=DMARC1; p=none, a", "has 5 cells, and the header 4", id="a comma"
        ),
        pytest.param('@,TXT,300,"a" b', "no row of CSV", id="behind quotation marks"),
        pytest.param('@,TXT,300,"a', "no row of CSV", id="open quotation marks"),
        pytest.param("@,ALIAS,300,b\n@,A,300,192.0.2.1", "beside an alias", id="beside an alias"),
        pytest.param("@,CNAME,300,", "a.csv:2:1: its value is missing", id="its place"),
    ],
)
def test_what_is_no_row(text: str, what: str) -> None:
    assert what in problems(read, HEADER + text, ZONE).replace("plan:", "a.csv:")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(
            "name,type,value\n", "no column ttl; expected a first line name,", id="missing"
        ),
        pytest.param(
            "name,type,ttl,value,comment\n", 'a column "comment", which is not', id="strange"
        ),
        pytest.param("name,type,ttl,value,ttl\n", "a column twice", id="twice"),
        pytest.param("", "there is no header", id="nothing"),
        pytest.param("a,b\n", "there is no header", id="another table"),
        pytest.param(f"{HEADER}@,A,300,192.0.2.1", "nothing says which zone", id="no zone"),
    ],
)
def test_what_is_no_table(text: str, what: str) -> None:
    assert what in problems(read, text, given())


@pytest.mark.parametrize(
    ("priority", "value", "read_as"),
    [
        pytest.param("MX,10", "mail", "10 mail.example.com.", id="beside"),
        pytest.param("MX,10", "10 mail", "10 mail.example.com.", id="twice the same"),
        pytest.param("SRV,1", "2 3 mail", "1 2 3 mail.example.com.", id="SRV"),
        pytest.param("HTTPS,1", ". alpn=h2", '1 . alpn="h2"', id="HTTPS"),
        pytest.param("A,0", "192.0.2.1", "192.0.2.1", id="of each row"),
        pytest.param("MX,10", "20 mail", "another priority", id="two of them"),
        pytest.param("A,10", "192.0.2.1", "an A record has none", id="of none"),
    ],
)
def test_a_priority(priority: str, value: str, read_as: str) -> None:
    text = f"type,priority,name,ttl,value\n{priority},@,300,{value}\n"
    if wrong := problems(read, text, ZONE):
        assert read_as in wrong
    else:
        assert read(Document(text, "a.csv"), ZONE).rrsets[0].values == (read_as,)


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = f"{HEADER}@,A,x,192.0.2.1\n@,A\n@,A,300,mail\n"
    lines = problems(read, text, ZONE).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4"]


def test_two_zones() -> None:
    text = (
        "zone,name,type,ttl,value\nexample.com,@,A,300,192.0.2.1\nexample.net.,@,A,300,192.0.2.2\n"
    )
    plan = read(Document(text, "a.csv"), given())
    assert [one.name for one in plan.rrsets] == ["example.com", "example.net"]
    assert "it is of the zone example.net, and the file is given" in problems(read, text, ZONE)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param("Name,TYPE,ttl,value\n", True, id="a header"),
        pytest.param('\ufeff"name"\t"type"\t"ttl"\t"value"\r\n', True, id="tabs, and a mark"),
        pytest.param("name;type;ttl;value;notes\n", True, id="one column more"),
        pytest.param("name,type,value\n", False, id="one less"),
        pytest.param("name type ttl value\n", False, id="blanks"),
        pytest.param("$ORIGIN example.com.\n", False, id="a master file"),
        pytest.param("name:\n  type: A\n", False, id="YAML"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_what_is_recognised(text: str, *, is_one: bool) -> None:
    assert recognises(Document(text, "plan")) == is_one
