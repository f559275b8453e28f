"""Which record applies; the sentences about policies have the table of what it asks for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailcheck.facts.dmarc.discovery import DmarcDiscovery
from mailcheck.facts.dmarc.walk import DmarcWalk
from mailcheck.facts.dns import told

NAMES = ("a.b.example", "b.example", "example")


@pytest.mark.parametrize(
    ("records", "at"),
    [
        pytest.param({}, "", id="none"),
        pytest.param({"a.b.example": "", "b.example": ""}, "a.b.example", id="its own"),
        pytest.param({"b.example": ""}, "b.example", id="above"),
        pytest.param({"b.example": "", "example": ""}, "example", id="fewest labels"),
        pytest.param({"b.example": "psd=n", "example": ""}, "b.example", id="psd=n"),
        pytest.param(
            {"b.example": "", "example": "psd=y"}, "b.example", id="below a public suffix"
        ),
        pytest.param({"example": "psd=y"}, "example", id="of a public suffix"),
        pytest.param({"b.example": "psd=y", "example": ""}, "b.example", id="psd=y ends it"),
    ],
)
def test_where_the_record_stands(answered: Any, records: dict[str, str], at: str) -> None:
    texts = {name: f'"v=DMARC1; p=none; {tags}"' for name, tags in records.items()}
    found = answered(
        DmarcDiscovery("a.b.example"),
        *(told(f"_dmarc.{name} TXT", texts.get(name, "NXDOMAIN")) for name in NAMES),
    )
    assert found.at == at
    assert (found.record is not None) == bool(at)
    assert found.inherited == (at not in {"", "a.b.example"})


def test_a_record_that_the_walk_leaps_over_does_not_count(answered: Any) -> None:
    """The Organizational Domain has eight labels here, and seven is where the walk goes on."""
    records = {"d.e.f.g.h.i.j.k": "p=reject", "e.f.g.h.i.j.k": "p=none; psd=y"}
    steps = ("a.b.c.d.e.f.g.h.i.j.k", "d.e.f.g.h.i.j.k", "e.f.g.h.i.j.k", "f.g.h.i.j.k")
    found = answered(
        DmarcDiscovery(steps[0]),
        *(told(f"_dmarc.{n} TXT", f'"v=DMARC1; {records.get(n, "")}"') for n in steps[1:]),
        told(f"_dmarc.{steps[0]} TXT", "NXDOMAIN"),
    )
    assert found.at == "e.f.g.h.i.j.k"


def test_a_domain_with_a_record_needs_no_walk(answered: Any) -> None:
    found = answered(DmarcDiscovery("b.example"), told("_dmarc.b.example TXT", '"v=DMARC1"'))
    assert found.at == "b.example"


def test_a_refusal_where_the_record_would_be(answered: Any) -> None:
    found = answered(
        DmarcDiscovery("b.example"), told("_dmarc.b.example TXT", "REFUSED-BY-AUTHORITY")
    )
    assert found.record is None
    assert found.refused.tag == "refused-by-authority"


def retrieved(author: str, published: dict[str, str]) -> list[str]:
    """Return the names with a record that the steps of RFC 9989 §4.10 come by, word by word."""
    target, queries, found = author, 0, []
    while target:
        queries += 1
        if target in published:
            found.append(target)
            if published[target] in ("n", "y"):
                break
        labels = target.split(".")
        long = target == author and len(labels) >= 8
        target = ".".join(labels[-7:] if long else labels[1:])
    assert queries <= 8
    return found


def organization(author: str, found: list[str], published: dict[str, str]) -> str:
    """Select the Organizational Domain as RFC 9989 §4.10.2 says, word by word."""
    for name in found:
        if published[name] == "n":
            return name
        if published[name] == "y" and name != author:
            return f"{author.removesuffix(f'.{name}').rpartition('.')[2]}.{name}"
    return min(found, key=lambda name: name.count("."), default=author)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it keeps nothing
@given(
    author=st.lists(st.sampled_from("ab"), min_size=1, max_size=11).map(".".join),
    records=st.dictionaries(st.integers(0, 10), st.sampled_from("unyu")),
)
def test_it_is_what_the_steps_of_the_rfc_lead_to(
    answered: Any, author: str, records: dict[int, str]
) -> None:
    labels = author.split(".")
    names = [".".join(labels[i:]) for i in range(len(labels))]
    published = {names[i]: psd for i, psd in records.items() if i < len(names)}
    dns = [
        told(
            f"_dmarc.{n} TXT",
            f'"v=DMARC1; p=none; psd={published[n]}"' if n in published else "NODATA",
        )
        for n in names
    ]
    found = retrieved(author, published)
    organizational = organization(author, found, published)
    suffixes = [name for name in found if published[name] == "y"]
    at = next((n for n in (author, organizational, *suffixes) if n in found), "")
    assert answered(DmarcDiscovery(author), *dns).at == at
    assert answered(DmarcWalk(author), *dns).organizational == organizational
