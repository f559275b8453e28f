"""What scripted web hosts serve."""

from __future__ import annotations

import pytest

from mailcheck.lab.https_script import Answer, HttpsScript, Page

TEXT = Page(body=b"hello\n")
SCRIPT = HttpsScript(
    {
        "/a.txt": TEXT,
        "/moved": Page(301, (("Location", "https://www.example.com/"),)),
        "/page": Page(headers=(("content-type", "text/html"), ("X-A", "b"))),
        "/half": Page(body=b"ver", then="closes"),
        "/mute": Page(then="silent", is_nothing=True),
        "/flood": Page(then="endless"),
        "/odd": Page(299),
    }
)


@pytest.mark.parametrize(
    ("head", "octets", "then"),
    [
        pytest.param(
            b"GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n"
            b"Connection: close\r\n\r\nhello\n",
            "", id="a text",
        ),
        pytest.param(
            b"HEAD /a.txt HTTP/1.0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n"
            b"Connection: close\r\n\r\n",
            "", id="HEAD",
        ),
        pytest.param(
            b"GET /a.txt?b=c HTTP/1.1\r\n\r\n", SCRIPT.pages["/a.txt"].answer("GET").octets, "",
            id="with a query",
        ),
        pytest.param(
            b"GET /moved HTTP/1.1\r\n\r\n",
            b"HTTP/1.1 301 Moved Permanently\r\nLocation: https://www.example.com/\r\n"
            b"Content-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "", id="a redirect",
        ),
        pytest.param(
            b"GET /page HTTP/1.1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nX-A: b\r\nContent-Length: 0\r\n"
            b"Connection: close\r\n\r\n",
            "", id="header fields",
        ),
        pytest.param(
            b"GET /half HTTP/1.1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n"
            b"Connection: close\r\n\r\nver",
            "closes", id="less than announced",
        ),
        pytest.param(b"GET /mute HTTP/1.1\r\n\r\n", b"", "silent", id="no response"),
        pytest.param(
            b"GET /flood HTTP/1.1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n",
            "endless", id="endless",
        ),
    ],
)  # fmt: skip
def test_answers(head: bytes, octets: bytes, then: str) -> None:
    assert SCRIPT.answer(head) == Answer(octets, then)  # type: ignore[arg-type]  # words of the table


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (b"GET /none HTTP/1.1\r\n\r\n", b"HTTP/1.1 404 Not Found"),
        (b"GET /odd HTTP/1.1\r\n\r\n", b"HTTP/1.1 299 Unknown"),
        (b"POST /a.txt HTTP/1.1\r\n\r\n", b"HTTP/1.1 405 Method Not Allowed"),
        (b"EHLO client.example\r\n\r\n", b"HTTP/1.1 400 Bad Request"),
        (b"\xff\xff\r\n\r\n", b"HTTP/1.1 400 Bad Request"),
    ],
)
def test_status_lines(head: bytes, line: bytes) -> None:
    assert SCRIPT.answer(head).octets.partition(b"\r\n")[0] == line
