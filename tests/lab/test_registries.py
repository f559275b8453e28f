"""What is known of the zones above those of a lab."""

from __future__ import annotations

import pytest

from mailcheck.lab.registries import registry_of, soa_of

ZONES = ("example.com", "shop.example.co.kr")


@pytest.mark.parametrize(
    ("name", "registry"),
    [
        pytest.param("_dmarc.com", "com", id="the policy of a registry"),
        pytest.param("_dmarc.co.kr", "co.kr", id="of a registry below another"),
        pytest.param("_dmarc.kr", "kr", id="of the other"),
        pytest.param("_a._dmarc.com", "com", id="below such a name"),
        pytest.param("_dmarc.example.co.kr", "example.co.kr", id="above a zone, whatever it is"),
        pytest.param("com", "", id="the registry itself"),
        pytest.param("example.net", "", id="somebody else's domain"),
        pytest.param("_dmarc.net", "", id="a registry of nothing in the lab"),
        pytest.param("_dmarc.example.com", "", id="a name in a zone"),
        pytest.param("_dmarc.m", "", id="the end of a label"),
        pytest.param("_dmarc", "", id="below the root"),
        pytest.param(".", "", id="the root"),
    ],
)
def test_underscored_names_of_registries_do_not_exist(name: str, registry: str) -> None:
    assert registry_of(name, ZONES) == registry


def test_the_denial_says_whose_it_is() -> None:
    assert soa_of("com").to_text() == "com. 3600 IN SOA . . 1 7200 900 1209600 300"
