"""Reading what hosts of a ``lab.yml`` serve over HTTPS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from mailcheck.lab.https_script import HttpsScript, Page
from mailcheck.source.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from mailcheck.lab.https_script import HttpsBehaviour, Then
    from mailcheck.lab.lab_file import LabFile

PAGE_KEYS = ("status", "type", "headers", "redirect", "body", "then")

_BEHAVIOURS = ("accepts", "refused", "silent", "closes")
_NO_RESPONSE = ("silent", "closes")
_THEN = ("closes", "silent", "endless", "drips")
_STATUS = re.compile(r"[2-5][0-9][0-9]")
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_A_PAGE = "expected a text after |, a mapping such as {status: 404}, or one of silent, closes, endless, drips"


def read_https_behaviour(file: LabFile, host: str, node: Node) -> HttpsBehaviour | None:
    """Read a word, or the pages by their paths."""
    if isinstance(node, Mapping):
        return HttpsScript(dict(filter(None, (_page_at(file, *entry) for entry in node.entries))))
    word = file.choice(node, f'the behaviour of host "{host}"', _BEHAVIOURS)
    match word:
        case None:
            return None
        case "refused":
            return "refused"
        case "silent" | "closes":
            return HttpsScript(opens=word)
    return HttpsScript()


def _page_at(file: LabFile, path: Scalar, node: Node) -> tuple[str, Page] | None:
    if not re.fullmatch(r"/[!-~]*", path.text) or "?" in path.text:
        what = f'"{path.text}" is no path'
        file.problems.add(path.place, what, "expected such as /.well-known/mta-sts.txt")
        return None
    page = _page(file, path.text, node)
    return None if page is None else (path.text, page)


def _page(file: LabFile, path: str, node: Node) -> Page | None:
    """Read a body, a word, or a mapping that says more."""
    if isinstance(node, Mapping):
        return _described(file, path, node)
    if isinstance(node, Scalar) and not node.plain:
        return Page(body=node.text.encode())
    if isinstance(node, Scalar) and node.text in _THEN:
        then = cast("Then", node.text)
        return Page(then=then, is_nothing=node.text in _NO_RESPONSE)
    file.problems.add(node.place, f'the page "{path}" is not described', _A_PAGE)
    return None


def _described(file: LabFile, path: str, node: Mapping) -> Page:
    subject = f'the page "{path}"'
    keys = file.problems.keys(node, PAGE_KEYS, subject)
    target = _line(file, keys, "redirect")
    status = _status(file, keys) or (200 if target is None else 301)
    headers = [] if target is None else [("Location", target)]
    kind = _line(file, keys, "type")
    headers += [] if kind is None else [("Content-Type", kind)]
    headers += _headers(file, keys["headers"], subject) if "headers" in keys else []
    body = file.problems.scalar(keys["body"], '"body"') if "body" in keys else None
    then = file.choice(keys["then"], subject, _THEN) if "then" in keys else None
    octets = body.text.encode() if body else b""
    return Page(status, tuple(headers), octets, cast("Then", then or ""))


def _status(file: LabFile, keys: dict[str, Node]) -> int | None:
    text = _line(file, keys, "status")
    if text is None or _STATUS.fullmatch(text):
        return None if text is None else int(text)
    what = f'"{text}" is no status of a response'
    file.problems.add(keys["status"].place, what, "expected such as 404")
    return None


def _line(file: LabFile, keys: dict[str, Node], key: str) -> str | None:
    """Return the text of *key*, which must be one line; None without it. It may be empty, in quotes."""
    if key not in keys:
        return None
    node = keys[key]
    if isinstance(node, Scalar) and not node.empty and not {*"\r\n"} & {*node.text}:
        return node.text
    file.problems.add(node.place, f'"{key}" is not a line', "expected a text of one line")
    return None


def _headers(file: LabFile, node: Node, subject: str) -> list[tuple[str, str]]:
    """Read header fields; line ends in them would be fields of their own."""
    mapping = file.problems.mapping(node, f'"headers" of {subject}')
    found = []
    for name, value in mapping.entries if mapping else ():
        text = value.text if isinstance(value, Scalar) else ""
        if not _NAME.fullmatch(name.text) or "\n" in text or "\r" in text:
            what = f'"{name.text}" is no header field'
            file.problems.add(name.place, what, "expected such as Server: nginx")
        else:
            found.append((name.text, text))
    return found
