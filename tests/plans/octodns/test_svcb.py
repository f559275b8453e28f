"""Parameters of SVCB and HTTPS records."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.plans.octodns.svcb import check, params, presented


def value(priority: int, **parameters: Any) -> dict[str, Any]:
    named = {key.replace("_", "-"): one for key, one in parameters.items()}
    return {"svcpriority": priority, "targetname": "a.b.", "svcparams": params(named)}


@pytest.mark.parametrize(
    ("parameters", "data"),
    [
        ({}, "1 a.b."),
        ({"port": 8443, "alpn": ["h2", "h3"]}, "1 a.b. alpn=h2,h3 port=8443"),
        ({"no_default_alpn": None, "mandatory": ["alpn"], "alpn": ["h2"]},
         "1 a.b. mandatory=alpn alpn=h2 no-default-alpn"),
        ({"key65": "x", "ipv4hint": ["192.0.2.1"]}, "1 a.b. ipv4hint=192.0.2.1 key65=x"),
    ],
)  # fmt: skip
def test_presented(parameters: dict[str, Any], data: str) -> None:
    assert presented(value(1, **parameters)) == data


@pytest.mark.parametrize("raw", [1, {"x": 1}, {"keyx": 1}, {"port": [1]}, {"port": {}}, {"key": 1}])
def test_what_octodns_cannot_write(raw: Any) -> None:
    with pytest.raises(ValueError, match="svcparams"):
        params(raw)


def test_what_octodns_has_against_it() -> None:
    said: list[str] = []
    check(value(0, port=1), said.append)
    check(value(1, alpn="h2"), said.append)
    assert said == ["it is an alias (svcpriority 0), and has svcparams", "its alpn is no list"]
    with pytest.raises(ValueError, match="its svcpriority is 65536"):
        check(value(65536), said.append)
