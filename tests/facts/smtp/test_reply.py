"""Replies, read from their octets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.smtp.reply import LINE_LIMIT, Reply, read_reply


@pytest.mark.parametrize(
    ("data", "code", "texts", "rest"),
    [
        pytest.param(b"220 mx ESMTP\r\n", 220, ("mx ESMTP",), b"", id="one line"),
        pytest.param(b"220\r\n", 220, ("",), b"", id="a code alone"),
        pytest.param(b"220 mx\n", 220, ("mx",), b"", id="a bare line feed"),
        pytest.param(b"220 a\rb\r\n", 220, ("a\rb",), b"", id="a bare carriage return"),
        pytest.param(
            b"220-" + b"x" * (LINE_LIMIT - 6) + b"\r\n220 " + b"x" * (LINE_LIMIT - 6) + b"\r\n",
            220,
            ("x" * (LINE_LIMIT - 6),) * 2,
            b"",
            id="lines as long as they may be",
        ),
        pytest.param(b"250-mx\r\n250 SIZE 9\r\n", 250, ("mx", "SIZE 9"), b"", id="two lines"),
        pytest.param(b"220 a\r\n220 b\r\n", 220, ("a",), b"220 b\r\n", id="two replies"),
        pytest.param(
            b"220-mx ESMTP\r\n521 5.7.1 blocked\r\n",
            521,
            ("mx ESMTP", "5.7.1 blocked"),
            b"",
            id="postscreen changes its mind",
        ),
        pytest.param(b"220 \xff\x1b[2J\r\n", 220, ("\\xff\x1b[2J",), b"", id="not UTF-8"),
    ],
)
def test_a_reply_is_read(data: bytes, code: int, texts: tuple[str, ...], rest: bytes) -> None:
    reply, left = read_reply(data)
    assert (code, texts, rest) == (reply.code, reply.texts, left)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        pytest.param(b"", "does not end", id="nothing"),
        pytest.param(b"220 mx", "does not end", id="no line end"),
        pytest.param(b"220-mx\r\n", "does not end", id="no last line"),
        pytest.param(b"+OK POP3 ready\r\n", "reply code", id="a POP3 server"),
        pytest.param(b"HTTP/1.1 400 Bad Request\r\n", "reply code", id="a web server"),
        pytest.param(b"220mail\r\n", "reply code", id="no separator"),
        pytest.param(b" 22 mail\r\n", "reply code", id="a code with a space"),
        pytest.param(b"120 later\r\n", "reply code", id="a code SMTP does not have"),
        pytest.param("٢٢٠ mail\r\n".encode(), "reply code", id="digits that are not ASCII"),
        pytest.param(b"\x16\x03\x01\x00\r\n", "reply code", id="TLS"),
        pytest.param(b"220 " + b"x" * LINE_LIMIT + b"\r\n", "octets", id="a line too long"),
        pytest.param(
            b"220-" + b"x" * (LINE_LIMIT - 5) + b"\r\n220 mx\r\n",
            "octets",
            id="a line too long in between",
        ),
        pytest.param(b"220-mx\r\nmx\r\n220 mx\r\n", "reply code", id="words in between"),
        pytest.param(b"x" * LINE_LIMIT, "octets", id="a line too long that does not end"),
    ],
)
def test_what_is_not_a_reply_is_refused_with_the_reason(data: bytes, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_reply(data)


@given(st.binary(max_size=200), st.sampled_from([b"", b"220 ", b"220-", b"421 4.3.2 "]))
def test_any_octets_are_a_reply_or_refused(junk: bytes, start: bytes) -> None:
    """Whatever comes, what is shown of it is one printable line."""
    try:
        reply, _ = read_reply(start + junk + b"\r\n")
    except ValueError:
        return
    assert 200 <= reply.code <= 599
    assert str(reply).isprintable()


@given(st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126)), min_size=1))
def test_what_is_written_is_read_again(texts: list[str]) -> None:
    lines = [f"250-{text}" for text in texts[:-1]] + [f"250 {texts[-1]}"]
    assert (Reply(tuple(lines)), b"") == read_reply("".join(f"{x}\r\n" for x in lines).encode())


@pytest.mark.parametrize(
    ("reply", "enhanced"),
    [
        pytest.param("554 5.7.1 blocked", "5.7.1", id="a refusal"),
        pytest.param("521 5.3.2", "5.3.2", id="a status and no words"),
        pytest.param("554-5.7.1 blocked\n554 5.7.1 see http://x.example", "5.7.1", id="two lines"),
        pytest.param("554 No SMTP service here", "", id="none"),
        pytest.param("554 5.7.1.2 is our release", "", id="a version number"),
        pytest.param("554 192.0.2.1 blocked", "", id="an address"),
    ],
)
def test_the_enhanced_status_code_is_told_from_text(reply: str, enhanced: str) -> None:
    assert enhanced == read_reply(f"{reply}\n".encode())[0].enhanced


@pytest.mark.parametrize(
    ("reply", "unknown"),
    [
        pytest.param("500 what?", True, id="500"),
        pytest.param("502 no", True, id="502"),
        pytest.param("502 5.5.1 no", True, id="a status of the protocol"),
        pytest.param("500 5.7.1 blocked", False, id="a status of a policy"),
        pytest.param("550 5.7.1 go away", False, id="550"),
        pytest.param("501 5.5.4 bad name", False, id="501"),
        pytest.param("250 mx", False, id="taken"),
    ],
)
def test_a_command_that_is_not_known_is_told_from_one_that_is_refused(
    reply: str, *, unknown: bool
) -> None:
    assert read_reply(f"{reply}\n".encode())[0].is_unknown_command is unknown
