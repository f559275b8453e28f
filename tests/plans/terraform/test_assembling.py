"""RRsets, put together of what several resources say."""

from __future__ import annotations

from typing import Any

from tests.plans.terraform.making import ZONE, change, lines, plan, read, record


def a_record(key: str, actions: str, *states: dict[str, Any] | None) -> dict[str, Any]:
    return change(f"aws_route53_record.{key}", actions, *states)


ONE = record("x", "A", "192.0.2.1")
TWO = record("x", "A", "192.0.2.2")


def test_what_stays_is_not_said() -> None:
    assert lines(read(plan(ZONE, a_record("x", "no-op", ONE, ONE)))) == []


def test_one_that_is_deleted_is_gone() -> None:
    found = read(plan(ZONE, a_record("x", "delete", ONE, None)))
    assert lines(found) == ["- x.example.com A"]
    assert found.removals[0].place.of == "aws_route53_record.x"


def test_one_that_is_forgotten_stays() -> None:
    assert lines(read(plan(ZONE, a_record("x", "forget", ONE, None)))) == []


def test_one_that_moves_stays() -> None:
    moved = {**a_record("y", "no-op", ONE, ONE), "previous_address": "aws_route53_record.x"}
    assert lines(read(plan(ZONE, moved))) == []


def test_one_that_moves_and_changes() -> None:
    moved = {**a_record("y", "update", ONE, TWO), "previous_address": "aws_route53_record.x"}
    assert lines(read(plan(ZONE, moved))) == ["x.example.com 300 A 192.0.2.2"]


def test_one_that_is_imported_and_changes() -> None:
    imported = change("aws_route53_record.x", "update", ONE, TWO, importing={"id": "Z_x_A"})
    assert lines(read(plan(ZONE, imported))) == ["x.example.com 300 A 192.0.2.2"]


def test_a_replacement_leaves_its_old_name() -> None:
    new = record("y", "A", "192.0.2.1")
    for actions in ("create delete", "delete create"):
        found = lines(read(plan(ZONE, a_record("x", actions, ONE, new))))
        assert found == ["y.example.com 300 A 192.0.2.1", "- x.example.com A"]


def test_a_replacement_of_the_same_name() -> None:
    assert lines(read(plan(ZONE, a_record("x", "delete create", ONE, TWO)))) == [
        "x.example.com 300 A 192.0.2.2"
    ]


def test_one_that_another_resource_takes_over_is_there() -> None:
    for order in (1, -1):
        both = [a_record("x", "delete", ONE, None), a_record("y", "create", None, TWO)][::order]
        found = read(plan(ZONE, *both))
        assert lines(found) == ["x.example.com 300 A 192.0.2.2"]
        assert found.notes == (
            (
                "x.example.com A: given up by aws_route53_record.x and taken over by "
                "aws_route53_record.y: judged as it will be, but the apply may fail "
                "where it is made before it is deleted; a moved block avoids that"
            ),
        )


def test_a_deposed_object_of_the_same_name() -> None:
    deposed = {**a_record("x", "delete", ONE, None), "deposed": "12345678"}
    assert lines(read(plan(ZONE, a_record("x", "update", ONE, TWO), deposed))) == [
        "x.example.com 300 A 192.0.2.2"
    ]


def test_of_a_name_only_the_type_that_is_deleted_goes() -> None:
    other = record("x", "AAAA", "2001:db8::1")
    found = read(
        plan(ZONE, a_record("x", "delete", ONE, None), a_record("y", "no-op", other, other))
    )
    assert lines(found) == ["- x.example.com A"]


def test_two_that_say_one_rrset_are_both_said() -> None:
    """Whoever takes the plan in says which two."""
    both = a_record("x", "no-op", ONE, ONE), a_record("y", "create", None, TWO)
    assert lines(read(plan(ZONE, *both))) == [
        "x.example.com 300 A 192.0.2.1",
        "x.example.com 300 A 192.0.2.2",
    ]


def test_of_variants_those_that_stay_are_said_too() -> None:
    a, b = ({**one, "set_identifier": key} for one, key in ((ONE, "a"), (TWO, "b")))
    gone = a_record("a", "delete", a, None)
    assert lines(read(plan(ZONE, gone, a_record("b", "no-op", b, b)))) == [
        "x.example.com 300 A [b] 192.0.2.2"
    ]
    none = read(plan(ZONE, gone, a_record("b", "delete", b, None)))
    assert lines(none) == ["- x.example.com A"]
    assert "those that this configuration does not manage" in none.notes[0]


def test_what_a_zone_has_from_its_provider_stays() -> None:
    gone = a_record("x", "delete", record("", "NS", "ns1.example.net"), None)
    found = read(plan(ZONE, gone))
    assert found.removals == ()
    assert found.notes == ("example.com NS: stays, for the provider keeps it itself",)


def test_drift_is_no_change() -> None:
    drift = a_record("x", "delete", ONE, None)
    assert lines(read(plan(ZONE, resource_drift=[drift]))) == []


def test_of_what_is_deleted_only_its_name_and_type_matter() -> None:
    odd = {**ONE, "set_identifier": 5, "records": 5, "ttl": "x"}
    assert lines(read(plan(ZONE, a_record("x", "delete", odd, None)))) == ["- x.example.com A"]


def test_one_that_another_resource_takes_over_may_be_gone() -> None:
    """It is made whether it is there or not, and deleted before that or afterwards."""
    both = (
        a_record("x", "delete", ONE, None),
        a_record("y", "create", None, {**TWO, "allow_overwrite": True}),
    )
    found = read(plan(ZONE, *both))
    assert lines(found) == [
        (
            "x.example.com A ? given up by aws_route53_record.x and taken over by aws_route53_record.y in "
            "no order, so that it may be gone (a moved block keeps it)"
        )
    ]
    assert found.notes == ()


def test_another_variant_is_no_taking_over() -> None:
    a, b = ({**one, "set_identifier": key} for one, key in ((ONE, "a"), (TWO, "b")))
    both = (
        a_record("a", "delete", a, None),
        a_record("b", "create", None, {**b, "allow_overwrite": True}),
    )
    found = read(plan(ZONE, *both))
    assert lines(found) == ["x.example.com 300 A [b] 192.0.2.2"]
    assert "given up" not in " ".join(found.notes)


CLOUDFLARE = change(
    "cloudflare_zone.main",
    "no-op",
    {"id": "x", "name": "example.com"},
    {"id": "x", "name": "example.com"},
)


def at_cloudflare(actions: str, value: str) -> dict[str, Any]:
    said = {"zone_id": "x", "name": "x", "type": "A", "content": value, "ttl": 300}
    return change("cloudflare_dns_record.x", actions, None if actions == "create" else said, said)


def test_two_providers_may_say_the_same() -> None:
    said = plan(
        ZONE, CLOUDFLARE, a_record("x", "create", None, ONE), at_cloudflare("create", "192.0.2.1")
    )
    assert lines(read(said)) == ["x.example.com 300 A 192.0.2.1"]


def test_where_two_providers_differ_clients_are_given_either() -> None:
    said = plan(
        ZONE, CLOUDFLARE, a_record("x", "update", ONE, TWO), at_cloudflare("no-op", "192.0.2.1")
    )
    assert lines(read(said)) == [
        "x.example.com 300 A [aws] 192.0.2.2",
        "x.example.com 300 A [cloudflare] 192.0.2.1",
    ]
