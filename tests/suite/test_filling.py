"""Who fills the slots of a sentence."""

from __future__ import annotations

import pytest

from mailcheck.errors import Place
from mailcheck.source.nodes import Scalar
from mailcheck.suite.filling import Given, fill_slots
from mailcheck.suite.subjects import Subjects
from tests.suite.conftest import CATALOGUE

HERE = Place("x.yml", 1)
CHECKS = dict(CATALOGUE)


def subjects(**texts: str) -> Subjects:
    return Subjects(tuple(({key: Scalar(text, HERE)},) for key, text in texts.items()))


def given(**texts: str) -> dict[str, Given]:
    return {name: Given((text,), HERE) for name, text in texts.items()}


@pytest.mark.parametrize(
    ("check_id", "written", "there", "filled"),
    [
        pytest.param("has-mx", given(), subjects(domain="a"), {"domain": "domain"}, id="own-key"),
        pytest.param("has-mx", given(domain="b"), subjects(domain="a"), {}, id="written-stands"),
        pytest.param(
            "smtp-accepts",
            given(port="25"),
            subjects(host="h", domain="d"),
            {"host": "host"},
            id="first-of-two",
        ),
        pytest.param(
            "smtp-accepts",
            given(port="25"),
            subjects(domain="d"),
            {"domain": "domain"},
            id="fallback",
        ),
        pytest.param(
            "smtp-accepts", given(port="25", host="h"), subjects(domain="d"), {}, id="no-fallback"
        ),
        pytest.param(
            "txt-includes",
            given(text="t"),
            subjects(domain="d"),
            {"name": "domain"},
            id="other-key",
        ),
    ],
)
def test_subjects_fill_what_nobody_wrote(
    check_id: str, written: dict[str, Given], there: Subjects, filled: dict[str, str]
) -> None:
    filling = fill_slots(CHECKS[check_id], written, there)
    assert filling.subjects == filled
    assert filling.missing == ()


@pytest.mark.parametrize(
    ("check_id", "written", "expected"),
    [
        pytest.param("has-mx", given(), [("domain", ("domain",))], id="one"),
        pytest.param(
            "smtp-accepts", given(port="25"), [("host", ("host", "domain"))], id="one-of-two"
        ),
        pytest.param(
            "txt-includes", given(), [("name", ("domain",)), ("text", ())], id="no-subject-helps"
        ),
    ],
)
def test_what_is_missing_names_the_subjects_that_would_help(
    check_id: str, written: dict[str, Given], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    filling = fill_slots(CHECKS[check_id], written, Subjects())
    found = [(slot.name, keys) for slot, keys in filling.missing]
    assert expected == found


def test_used_subjects_are_those_named_and_those_that_fill() -> None:
    written = {**given(text="{ip}"), "name": Given(("_dmarc.{domain}",), HERE)}
    filling = fill_slots(CHECKS["txt-includes"], written, subjects(ip="a", domain="b", host="c"))
    assert filling.used == {"ip", "domain"}
