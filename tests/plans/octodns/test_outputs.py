"""What octoDNS writes for people."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import pytest
from octodns.provider.plan import Plan, PlanHtml, PlanLogger, PlanMarkdown
from octodns.record import Create, Record
from octodns.zone import Zone

from mailcheck.plans.document import Document
from mailcheck.plans.octodns import recognises
from tests.plans.octodns.oracle import Target
from tests.plans.octodns.projects import refusal

if TYPE_CHECKING:
    from pathlib import Path

WAY = "octodns.provider.plan.PlanJson"


def plans(*, empty: bool) -> list[Any]:
    zone = Zone("example.com.", [])
    record = Record.new(zone, "www", {"type": "A", "ttl": 60, "value": "192.0.2.1"})
    return [] if empty else [(Target("there"), Plan(zone, zone, [Create(record)], exists=True))]


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("output", [PlanMarkdown, PlanHtml])
def test_markdown_and_html(tmp_path: Path, output: Any, *, empty: bool) -> None:
    written = io.StringIO()
    output("people").run(plans=plans(empty=empty), fh=written)
    assert recognises(Document(written.getvalue(), "plan"))
    assert WAY in refusal(tmp_path, {"plan": written.getvalue()}, "plan")


@pytest.mark.parametrize("empty", [False, True])
def test_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture, *, empty: bool) -> None:
    with caplog.at_level(logging.INFO):
        PlanLogger("log").run(logging.getLogger("plan"), plans(empty=empty))
    text = caplog.messages[-1]
    assert recognises(Document(text, "plan"))
    assert WAY in refusal(tmp_path, {"plan": text}, "plan")
