"""Reading scripted web hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import SourceError
from mailcheck.lab.https_script import HttpsScript, Page

if TYPE_CHECKING:
    from mailcheck.lab.https_script import HttpsBehaviour
    from tests.lab.conftest import MakeLab

HEAD = "lab: 1\nblocklists: {b.example: {}}\nhosts:\n  h:\n    address: 203.0.113.80\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("accepts", HttpsScript(), id="accepts"),
        pytest.param("refused", "refused", id="refused"),
        pytest.param("silent", HttpsScript(opens="silent"), id="silent"),
        pytest.param("closes", HttpsScript(opens="closes"), id="closes"),
        pytest.param('{/a: "hi"}', HttpsScript({"/a": Page(body=b"hi")}), id="a text in quotes"),
        pytest.param(
            "\n        /a.txt: |\n          one\n          two\n",
            HttpsScript({"/a.txt": Page(body=b"one\ntwo\n")}),
            id="a block",
        ),
        pytest.param("{/a: {status: 404}}", HttpsScript({"/a": Page(404)}), id="a status"),
        pytest.param(
            "{/a: {type: text/html, headers: {Server: nginx}, body: hi}}",
            HttpsScript(
                {"/a": Page(200, (("Content-Type", "text/html"), ("Server", "nginx")), b"hi")}
            ),
            id="header fields",
        ),
        pytest.param(
            '{/a: {type: ""}}',
            HttpsScript({"/a": Page(headers=(("Content-Type", ""),))}),
            id="no type",
        ),
        pytest.param(
            "{/a: {redirect: /b}}",
            HttpsScript({"/a": Page(301, (("Location", "/b"),))}),
            id="moved",
        ),
        pytest.param(
            "{/a: {redirect: /b, status: 302}}",
            HttpsScript({"/a": Page(302, (("Location", "/b"),))}),
            id="moved for now",
        ),
        pytest.param(
            "{/a: silent, /b: closes, /c: endless, /d: drips}",
            HttpsScript(
                {
                    "/a": Page(then="silent", is_nothing=True),
                    "/b": Page(then="closes", is_nothing=True),
                    "/c": Page(then="endless"),
                    "/d": Page(then="drips"),
                }
            ),
            id="words",
        ),
        pytest.param(
            "{/a: {body: ver, then: closes}}",
            HttpsScript({"/a": Page(body=b"ver", then="closes")}),
            id="a body that breaks off",
        ),
    ],
)
def test_behaviours(make_lab: MakeLab, written: str, read: HttpsBehaviour) -> None:
    """A word, or pages by their paths."""
    value = written if written.startswith("\n") else f" {written}"
    [host] = make_lab(f"{HEAD}    https:\n      443:{value}\n").hosts
    assert host.https == {443: read}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(
            "accepts",
            '6:12: "https" of host "h" is not a mapping of ports; expected {443: accepts}',
            id="no ports",
        ),
        pytest.param(
            "{0: accepts}",
            "6:13: '0' is not a port from 1 to 65535; expected such as 443",
            id="port 0",
        ),
        pytest.param(
            "{443: acepts}",
            '6:18: unknown word "acepts" in the behaviour of host "h"; did you mean "accepts"?',
            id="unknown behaviour",
        ),
        pytest.param(
            "{443: {a.txt: silent}}",
            '6:19: "a.txt" is no path; expected such as /.well-known/mta-sts.txt',
            id="no path",
        ),
        pytest.param(
            "{443: {/a: hello}}",
            '6:23: the page "/a" is not described; expected a text after |, a mapping such as '
            "{status: 404}, or one of silent, closes, endless, drips",
            id="a text without quotes",
        ),
        pytest.param(
            "{443: {/a: {stat: 404}}}",
            '6:24: unknown key "stat" in the page "/a"; did you mean "status"?',
            id="unknown key",
        ),
        pytest.param(
            "{443: {/a: {status: 99}}}",
            '6:32: "99" is no status of a response; expected such as 404',
            id="no status",
        ),
        pytest.param(
            "{443: {/a: {then: stops}}}",
            '6:30: unknown word "stops" in the page "/a"; known: closes, silent, endless, drips',
            id="no end",
        ),
        pytest.param(
            '{443: {/a: {headers: {"a b": c}}}}',
            '6:34: "a b" is no header field; expected such as Server: nginx',
            id="no header field",
        ),
        pytest.param(
            '{443: {/a: {redirect: "/b\\nx: y"}}}',
            '6:34: "redirect" is not a line; expected a text of one line',
            id="two lines",
        ),
    ],
)
def test_problems(make_lab: MakeLab, written: str, said: str) -> None:
    """Each at its place."""
    with pytest.raises(SourceError) as error:
        make_lab(f"{HEAD}    https: {written}\n")
    assert str(error.value) == f"x/lab.yml:{said}"


@pytest.mark.parametrize(("other", "protocol"), [("smtp", "SMTP"), ("imap", "IMAP")])
def test_a_port_has_one_protocol(make_lab: MakeLab, other: str, protocol: str) -> None:
    with pytest.raises(SourceError, match=f'port 143 of host "h" speaks {protocol} already'):
        make_lab(f"{HEAD}    {other}: {{143: accepts}}\n    https: {{143: accepts}}\n")
