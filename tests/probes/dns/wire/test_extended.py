"""What servers say about their answers."""

from __future__ import annotations

import dns.message
import pytest
from dns.edns import EDECode, EDEOption, GenericOption, OptionType

from mailcheck.probes.dns.wire.extended import errors, is_made_up, shown

STALE = EDEOption(EDECode.STALE_ANSWER, "\x1b[2J")
BLOCKED = EDEOption(EDECode.BLOCKED)
OTHER = GenericOption(OptionType.NSID, b"x")


@pytest.mark.parametrize(
    ("options", "words", "made_up"),
    [
        pytest.param((), "", False, id="nothing"),
        pytest.param((OTHER,), "", False, id="another option"),
        pytest.param((STALE,), r"STALE_ANSWER \x1b[2J", False, id="stale"),
        pytest.param((OTHER, BLOCKED), "BLOCKED", True, id="blocked"),
        pytest.param((STALE, BLOCKED), r"STALE_ANSWER \x1b[2J", True, id="both"),
    ],
)
def test_what_is_said(
    options: tuple[GenericOption | EDEOption, ...], words: str, *, made_up: bool
) -> None:
    message = dns.message.make_query("a.example", "A", use_edns=0, options=list(options))
    assert shown(message) == words
    assert is_made_up(message) is made_up
    assert len(errors(message)) == len([o for o in options if o is not OTHER])
