"""Zones that Cloudflare exports, and lists of its API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mailcheck.errors import Place
from mailcheck.plans.cloudflare import read, recognises
from mailcheck.plans.document import Document
from mailcheck.plans.plan import Plan
from tests.plans.reading import given, problems

HERE = Path(__file__).parent
PROXIED = "addresses of Cloudflare's proxy"


def _document(name: str) -> Document:
    return Document((HERE / name).read_text(), name)


def _shown(plan: Plan) -> list[str]:
    return [
        f"{one.name} {one.rdtype} {one.ttl} "
        + (one.unknown or (f"→ {one.target}" if one.target else " / ".join(one.values)))
        for one in plan.rrsets
    ]


def test_an_export() -> None:
    plan = read(_document("export.txt"), given())
    assert plan.whole == ("example.com",)
    assert _shown(plan) == [
        "mail.example.com A 300 192.0.2.25",
        f"www.example.com A 300 {PROXIED}",
        f"www.example.com AAAA 300 {PROXIED}",
        "example.com A 300 → web.example.net",
        "example.com AAAA 300 → web.example.net",
        "autoconfig.example.com A 300 → mail.example.net",
        "autoconfig.example.com AAAA 300 → mail.example.net",
        "s1._domainkey.example.com CNAME 120 s1.example.net.",
        "example.com MX 300 10 mail.example.com.",
        'example.com TXT 300 "v=spf1 mx -all"',
        '2026._domainkey.example.com TXT 300 "v=DKIM1; p=" "MIIB"',
    ]
    assert plan.rrsets[0].place == Place("export.txt", 21)


def test_a_list() -> None:
    plan = read(_document("listed.json"), given())
    assert plan.whole == ("example.com",)
    assert _shown(plan) == [
        "example.com MX 300 10 mail.example.com.",
        "mail.example.com A 120 192.0.2.25",
        f"www.example.com A 300 {PROXIED}",
        f"www.example.com AAAA 300 {PROXIED}",
        'example.com TXT 300 "v=spf1 mx -all"',
        '_dmarc.example.com TXT 300 "v=DMARC1; p=none"',
        "_imaps._tcp.example.com SRV 300 0 1 993 mail.example.com.",
        "ftp.example.com A 300 → mail.example.net",
        "ftp.example.com AAAA 300 → mail.example.net",
    ]
    assert plan.rrsets[1].place == Place("listed.json", 4, of="mail.example.com A")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        pytest.param("example.com 1 IN SOA a. b. 1 2 3 4 5\n", "", id="its SOA record"),
        pytest.param("", "example.com", id="as it is given"),
    ],
)
def test_where_the_zone_is_from(text: str, zone: str) -> None:
    text += "mail 60 IN A 192.0.2.1 ; cf_tags=cf-proxied:false\n"
    assert recognises(Document(text, "plan"))
    assert _shown(read(Document(text, "plan"), given(zone))) == ["mail.example.com A 60 192.0.2.1"]


HEAD = ";; Domain: example.com.\n;; Exported: today\n"


@pytest.mark.parametrize(
    ("text", "zone", "what"),
    [
        pytest.param(
            "mail 60 IN A 192.0.2.1\n", "", "give it as cloudflare:example.com=plan", id="no zone"
        ),
        pytest.param(HEAD, "example.net", "this is the zone example.com, and", id="another zone"),
        pytest.param(";; Domain: a..b\n", "", "it is no name", id="no name"),
        pytest.param(f"{HEAD}mail A\n", "", "plan:3:1:", id="no record"),
        pytest.param(
            f"{HEAD}mail.example.com 1 IN A 192.0.2.1\n", "", "its last dot is missing", id="no dot"
        ),
        pytest.param(
            f"{HEAD}a.example.net. 1 IN A 192.0.2.1\n", "", "does not lie in", id="elsewhere"
        ),
        pytest.param(
            f"{HEAD}@ 1 CNAME a.b.\n@ 1 A 192.0.2.1\n", "", "beside an alias", id="at the apex"
        ),
        pytest.param("[]", "", "no list of records", id="a list of nothing"),
        pytest.param(HEAD, "", "there are no records of example.com", id="its head only"),
        pytest.param('{"result": []}', "a.b", "there are no records of a.b", id="an empty list"),
    ],
)
def test_what_is_no_export(text: str, zone: str, what: str) -> None:
    assert what in problems(read, text, given(zone))


def _listed(*records: Any, **more: Any) -> str:
    return json.dumps({"result": list(records), **more})


_A = {"type": "A", "name": "example.com", "content": "192.0.2.1", "ttl": 1}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(_listed(_A), "nothing says which zone", id="no zone"),
        pytest.param(
            _listed({**_A, "zone_name": "a.b"}, {**_A, "zone_name": "c.d"}),
            "several zones, a.b and c.d",
            id="two",
        ),
        pytest.param(_listed(7), "is no", id="no record"),
        pytest.param(
            _listed({**_A, "zone_name": 7}), '"zone_name" is no text', id="no name of a zone"
        ),
    ],
)
def test_what_is_no_list(text: str, what: str) -> None:
    assert what in problems(read, text, given())


@pytest.mark.parametrize(
    ("record", "what"),
    [
        pytest.param({"type": "AXFR"}, "no records of the type 'AXFR'", id="no type"),
        pytest.param({"type": "MX", "content": "a.b"}, '"priority" is missing', id="no priority"),
        pytest.param({"proxied": "yes"}, '"proxied" is neither true nor false', id="no flag"),
        pytest.param({"content": "a"}, "no data of an A record", id="no address"),
        pytest.param({"name": "a.example.net"}, "does not lie in the zone", id="elsewhere"),
    ],
)
def test_what_is_wrong_with_a_record(record: dict[str, Any], what: str) -> None:
    assert what in problems(read, _listed({**_A, **record}), given("example.com"))


def test_a_page_of_a_list() -> None:
    text = _listed(_A, result_info={"total_count": 2})
    assert "this has 1 records of 2" in problems(read, text, given("example.com"))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param((HERE / "export.txt").read_text(), True, id="an export"),
        pytest.param((HERE / "listed.json").read_text(), True, id="a list"),
        pytest.param("; about cf_tags=\nmail A 192.0.2.1\n", False, id="a word in a comment"),
        pytest.param(
            "$ORIGIN example.com.\nmail A 192.0.2.1 ; a host\n", False, id="a master file"
        ),
        pytest.param('{"result": []}', False, id="nothing"),
        pytest.param('{"result": [{"name": "a"}]}', False, id="another API"),
        pytest.param("name,type,ttl,value\n", False, id="a table"),
    ],
)
def test_what_is_recognised(text: str, *, is_one: bool) -> None:
    assert recognises(Document(text, "plan")) == is_one
