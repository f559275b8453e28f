"""Lines of JSON."""

from __future__ import annotations

import pytest

from mailcheck.plans.json_lines import EACH, lines_of

BATCH = """{
  "Comment": "a \\"brace\\" {[,:",
  "Changes": [
    {"Action": "UPSERT",
     "Inner": {"Changes": [{}, {}]}},
    7, "Changes",
    {"Action": [[1, 2], {"a": 1}]}
  ]
}"""


@pytest.mark.parametrize(
    ("text", "path", "lines"),
    [
        pytest.param(BATCH, ("Changes", EACH), {(0,): 4, (3,): 7}, id="elements"),
        pytest.param(BATCH, ("Changes", EACH, "Inner"), {(0,): 5}, id="further in"),
        pytest.param(BATCH, ("Changes",), {(): 3}, id="a list"),
        pytest.param(BATCH, ("Comment", EACH), {}, id="a text"),
        pytest.param(BATCH, (), {(): 1}, id="the whole"),
        pytest.param(
            "[[{},{}],\n[{}]]", (EACH, EACH), {(0, 0): 1, (0, 1): 1, (1, 0): 2}, id="lists"
        ),
        pytest.param(
            '{"a": {},\n"b": [{}]}', (EACH, EACH), {("b", 0): 2}, id="members of an object"
        ),
        pytest.param('{"a": {},\n"b": []}', (EACH,), {("a",): 1, ("b",): 2}, id="by their keys"),
        pytest.param('{"\\u0061": {}}', ("a",), {(): 1}, id="an escaped key"),
        pytest.param("7", ("a",), {}, id="a number"),
    ],
)
def test_lines(text: str, path: tuple[str | None, ...], lines: dict[tuple[int, ...], int]) -> None:
    assert lines_of(text, *path) == lines
