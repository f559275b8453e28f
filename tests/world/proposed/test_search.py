"""How far one lookup goes."""

from __future__ import annotations

from mailcheck.evidence import Evidence
from mailcheck.facts.aliases import MAX_ALIASES
from mailcheck.question import Unobserved
from mailcheck.world.proposed.patch.copied import Copied
from mailcheck.world.proposed.search import MAX_DEPTH, MAX_HOSTS, Search


def copied(name: str, target: str) -> Copied:
    """A name with copies of another's addresses."""
    return Copied(name, "A", "A", target, 300, "example.com", Evidence("", ""))


def test_hosts_are_looked_up_within_one_another_so_deep() -> None:
    search: Search | None = Search()
    for at in range(MAX_DEPTH):
        assert search
        search = search.of_host(f"ns{at}.example.com")
    assert search
    assert search.of_host("ns.example.com") is None


def test_a_host_does_not_wait_for_itself() -> None:
    first = Search().of_host("a.example.com")
    assert first
    second = first.of_host("b.example.com")
    assert second
    assert second.of_host("a.example.com") is None
    assert first.of_host("c.example.com")


def test_so_many_hosts_are_looked_up_in_all() -> None:
    search = Search()
    found = [search.of_host(f"ns{at}.example.com") for at in range(MAX_HOSTS + 1)]
    assert found[-1] is None
    assert all(found[:-1])
    assert found[0]
    assert found[0].of_host("ns.example.com") is None
    assert Search().of_host("ns.example.com")


def test_copies_lead_on() -> None:
    found = Search().of_original(copied("a.example.com", "b.example.com"))
    assert isinstance(found, Search)
    assert found.copies == ("a.example.com",)
    host = found.of_host("ns.example.com")
    assert host
    assert host.copies == ()


def test_copies_in_a_circle_lead_nowhere() -> None:
    found = Search(copies=("a.example.com",)).of_original(copied("b.example.com", "a.example.com"))
    assert isinstance(found, Unobserved)
    assert found.cause == "alias-loop"


def test_nor_do_too_many() -> None:
    names = tuple(f"n{at}.example.com" for at in range(MAX_ALIASES))
    found = Search(copies=names).of_original(copied("a.example.com", "b.example.com"))
    assert isinstance(found, Unobserved)
    assert found.cause == "alias-chain-too-long"
