"""Which names the suites of a run refer to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.errors import Place
from mailcheck.suite.load import load_item
from mailcheck.world.names_in_use import LIMIT, PLACES, Names


def names_of(*sentences: str) -> dict[str, list[str]]:
    """The names that are gathered, and the places of each."""
    names = Names()
    for number, sentence in enumerate(sentences):
        for requirement in load_item(sentence, load_catalogue()):
            place = Place(f"s{number}.yml", 1)
            names.add(requirement.check, requirement.params, place)
    return {name: [place.file for place in places] for name, places in names.fact().places.items()}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("domain Example.COM has MX", ["example.com"]),
        ("domain münchen.example has MX", ["xn--mnchen-3ya.example"]),
        ("CNAME of www.example.com is web.example.net", ["www.example.com", "web.example.net"]),
        ("IP 192.0.2.25 has PTR", ["25.2.0.192.in-addr.arpa"]),
        (
            "IP 192.0.2.25 has PTR mail.example.com",
            ["25.2.0.192.in-addr.arpa", "mail.example.com"],
        ),
        ('"IP 192.0.2.25 has PTR *.example.com"', ["25.2.0.192.in-addr.arpa"]),
        ("IPs of 192.0.2.8/31 have PTR matching A", [f"{n}.2.0.192.in-addr.arpa" for n in (8, 9)]),
        ("EHLO name mail.example.com resolves", ["mail.example.com"]),
        ("EHLO name localhost resolves", []),
        ('"EHLO name [192.0.2.1] resolves"', []),
        ("domain example.com accepts mail for abuse", ["example.com"]),
        ("domain example.com accepts mail for a@example.com", ["example.com"]),
        ("IP 192.0.2.25 is not on bl.example.net", ["25.2.0.192.in-addr.arpa"]),
        ("TXT of example.com includes www.example.net", ["example.com"]),
        (
            "host mail.example.com has address 192.0.2.1",
            ["mail.example.com", "1.2.0.192.in-addr.arpa"],
        ),
        ("change to example.com removes no MX", []),
        ("zone example.com loads", []),
        ("nothing in use is removed", []),
    ],
)
def test_names_and_addresses_are_gathered(sentence: str, names: list[str]) -> None:
    assert [*names_of(sentence)] == names


def test_of_a_name_the_first_places_are_kept_each_once() -> None:
    sentences = ["domain example.com has MX"] * (PLACES + 2)
    assert names_of(*sentences) == {"example.com": [f"s{n}.yml" for n in range(PLACES)]}
    names = Names()
    [requirement] = load_item(sentences[0], load_catalogue())
    for _ in range(2):
        names.add(requirement.check, requirement.params, requirement.place)
    assert len(names.fact().places["example.com"]) == 1


def test_more_names_than_are_kept_are_counted() -> None:
    names = Names()
    names._places = {f"{n}.example": [] for n in range(LIMIT)}
    [requirement] = load_item("domain example.com has MX", load_catalogue())
    for _ in range(2):
        names.add(requirement.check, requirement.params, requirement.place)
    assert (len(names.fact().places), names.fact().more) == (LIMIT, 1)
    [known] = load_item("domain 0.example has MX", load_catalogue())
    names.add(known.check, known.params, known.place)
    assert (names.fact().places["0.example"], names.fact().more) == ((known.place,), 1)


@pytest.mark.parametrize(("judges_change", "names"), [("change", 0), ("copy", 0), ("", 1)])
def test_the_check_says_whether_it_judges_a_change(judges_change: Any, names: int) -> None:
    [requirement] = load_item("zone example.com loads", load_catalogue())
    gathered = Names()
    check = replace(requirement.check, judges_change=judges_change)
    gathered.add(check, requirement.params, requirement.place)
    assert len(gathered.fact().places) == names


def test_zones_whose_copies_are_asked_about_are_gathered_apart() -> None:
    names = Names()
    for sentence in ("zone Example.com loads", "zone example.net has a newer serial than live"):
        [requirement] = load_item(sentence, load_catalogue())
        names.add(requirement.check, requirement.params, requirement.place)
    assert sorted(names.fact().zones) == ["example.com", "example.net"]
    assert not names.fact().places


def test_names_of_sentences_about_the_change_are_named_and_not_used() -> None:
    names = Names()
    for sentence in ("change to example.com removes no MX", "domain example.net has MX"):
        [requirement] = load_item(sentence, load_catalogue())
        names.add(requirement.check, requirement.params, requirement.place)
    assert names.all == ("example.net", "example.com")
    assert list(names.fact().places) == ["example.net"]
