"""Values from the command line before those of the ini file, each as seen from who gave it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mailcheck.errors import UsageError
from mailcheck.option_values import option_values

HERE, INI = Path("/here"), Path("/ini")


@pytest.mark.parametrize(
    ("given", "ini", "key", "value"),
    [
        pytest.param({"mail_ehlo": "a"}, {"mail_ehlo": "b"}, "mail_ehlo", "a", id="comes first"),
        pytest.param({}, {"mail_ehlo": "b"}, "mail_ehlo", "b", id="from the ini file"),
        pytest.param({"mail_junit": "x"}, {}, "mail_junit", HERE / "x", id="a path from here"),
        pytest.param({}, {"mail_junit": "x"}, "mail_junit", INI / "x", id="a path from the file"),
        pytest.param({}, {"mail_lab": "auto"}, "mail_lab", "auto", id="a word is no path"),
        pytest.param({"mail_live": True}, {"mail_lab": "x"}, "mail_lab", None, id="one choice"),
        pytest.param({"mail_lab": "auto"}, {"mail_offline": True}, "mail_offline", None, id="of 3"),
        pytest.param(
            {"mail_proposed": ["zones", "zone:a", "ns:a.example=b.example"]},
            {},
            "mail_proposed",
            ["/here/zones", "zone:/here/a", "ns:a.example=b.example"],
            id="paths in a list from here",
        ),
        pytest.param(
            {}, {"mail_proposed": ["zones"]}, "mail_proposed", ["/ini/zones"], id="from the file"
        ),
    ],
)
def test_who_is_heard(given: dict[str, Any], ini: dict[str, Any], key: str, value: Any) -> None:
    assert option_values(given, HERE, ini, INI)[key] == value


@pytest.mark.parametrize(
    ("given", "ini", "why"),
    [
        pytest.param(
            {"mail_live": True, "mail_lab": "x"}, {}, "--mail-live .* and", id="two worlds"
        ),
        pytest.param({"mail_offline": True, "mail_lab": "x"}, {}, "-offline .*one of", id="none"),
        pytest.param({}, {"mail_live": True, "mail_lab": "x"}, "and --mail-lab", id="in the file"),
        pytest.param({"mail_ehlo": ""}, {}, "a value", id="nothing"),
        pytest.param({"mail_inconclusive": "pass"}, {}, "error, fail, skip", id="no such choice"),
    ],
)
def test_what_cannot_be_used(given: dict[str, Any], ini: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        option_values(given, HERE, ini, INI)
