"""Records of Route 53."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plans.terraform.making import ZONE, ZONE_ID, change, lines, plan, read, record, wrong


def put(attributes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A plan that makes a record with these attributes."""
    return plan(ZONE, change("aws_route53_record.x", "create", after=attributes, **more))


ALIAS = {"name": "lb.example.net", "zone_id": "Z1", "evaluate_target_health": True}


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        (
            record("", "MX", "10 a.example.com", "5 b"),
            "example.com 300 MX 10 a.example.com. + 5 b.",
        ),
        (record("a", "TXT", 'x"" y'), 'a.example.com 300 TXT "x" " y"'),
        (record("a", "SPF", "v=spf1 -all"), 'a.example.com 300 SPF "v=spf1 -all"'),
        (record("a", "A", ttl=None, alias=[ALIAS]), "a.example.com 60 A → lb.example.net"),
        (
            record("a", "AAAA", alias=[{**ALIAS, "name": "\\052.Example.net."}]),
            "a.example.com 60 AAAA → *.example.net",
        ),
        (record("a", "A", "192.0.2.1", set_identifier="b"), "a.example.com 300 A [b] 192.0.2.1"),
        (record("a", "TXT", "x\\;"), 'a.example.com 300 TXT "x;"'),
        (
            record("a", "A", "192.0.2.1", zone_id=f"/hostedzone/{ZONE_ID}"),
            "a.example.com 300 A 192.0.2.1",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_records(attributes: dict[str, Any], said: str) -> None:
    assert lines(read(put(attributes))) == [said]


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        (record("a", "A"), "neither records nor an alias"),
        (record("a", "A", "x"), "'x' is no data of 'A'"),
        (record("a", "A", "192.0.2.1", ttl=None), "ttl is not set"),
        (record("a", "A", "192.0.2.1", ttl=-1), "ttl is -1"),
        (record("a", "A", "192.0.2.1", ttl="x"), "ttl is a text"),
        (record("a", "A", "192.0.2.1", type=None), "type is not set"),
        (record("a", "A", "192.0.2.1", type="a b"), "type is 'A B'"),
        ({**record("a", "A", "192.0.2.1"), "name": None}, "name is not set"),
        (record("a..b", "A", "192.0.2.1"), "its name is none"),
        (record("a", "A", records="192.0.2.1"), "records is a text; a list of texts"),
        (record("a", "A", alias=[{**ALIAS, "name": ".."}]), "the alias '..' is no name"),
        (record("a", "A", alias=[ALIAS, ALIAS]), "alias is there 2 times"),
        (record("myexample.com", "A", "192.0.2.1"), "is not in that zone"),
        (record("a", "TXT", '"quoted"'), "is not in quotation marks, or has some within"),
        (
            record("a", "A", "192.0.2.1", zone_id="Z9"),
            "zone cannot be told from the plan (zone_id 'Z9')",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong(attributes: dict[str, Any], said: str) -> None:
    text = wrong(put(attributes))
    assert said in text
    assert "plan.json:1:1: aws_route53_record.x: " in text


def test_what_is_not_known_yet() -> None:
    attributes = record("a", "A", "192.0.2.1", records=None)
    assert lines(read(put(attributes, after_unknown={"records": True}))) == [
        "a.example.com A ? records of aws_route53_record.x: known only after apply"
    ]


def test_a_list_of_which_one_is_not_known_is_not_known() -> None:
    attributes = record("a", "A", records=["192.0.2.1", None])
    [one] = read(put(attributes, after_unknown={"records": [False, True]})).rrsets
    assert one.unknown
    assert not one.values


@pytest.mark.parametrize("key", ["ttl", "set_identifier", "multivalue_answer_routing_policy"])
def test_what_else_may_not_be_known(key: str) -> None:
    attributes = record("a", "A", "192.0.2.1", **{key: None})
    [one] = read(put(attributes, after_unknown={key: True})).rrsets
    assert (one.unknown != "") == (key == "ttl")


def test_a_secret_is_not_shown() -> None:
    attributes = record("a", "A", "very-secret")
    [one] = read(put(attributes, after_sensitive={"records": True})).rrsets
    assert one.unknown == "records of aws_route53_record.x: sensitive"
    secret = record("very-secret", "A", "192.0.2.1")
    text = wrong(put(secret, after_sensitive={"name": True}))
    assert "its name is sensitive; what is judged is shown" in text
    assert "very-secret" not in text


def test_multivalue_answers_are_given_together() -> None:
    def one(number: int) -> dict[str, Any]:
        more = {"multivalue_answer_routing_policy": True, "set_identifier": str(number)}
        attributes = record("a", "A", f"192.0.2.{number}", **more)
        return change(f"aws_route53_record.x[{number}]", "create", after=attributes)

    assert lines(read(plan(ZONE, one(1), one(2)))) == ["a.example.com 300 A 192.0.2.1 + 192.0.2.2"]


EXCLUSIVE = {
    "zone_id": ZONE_ID,
    "resource_record_set": [
        {
            "name": "example.com",
            "type": "MX",
            "ttl": 60,
            "resource_records": [{"value": "10 mail.example.com"}],
        },
        {
            "name": "x.example.com",
            "type": "TXT",
            "ttl": 60,
            "resource_records": [{"value": '"x"'}],
        },
        {"name": "example.com", "type": "A", "alias_target": [{"dns_name": "lb.example.net"}]},
    ],
}


def exclusive(actions: str, after: Any = EXCLUSIVE, **more: Any) -> dict[str, Any]:
    before = None if actions == "create" else EXCLUSIVE
    address = "aws_route53_records_exclusive.all"
    return plan(ZONE, change(address, actions, before, after, **more))


def test_all_records_of_a_zone() -> None:
    found = read(exclusive("create"))
    assert found.whole == ("example.com",)
    assert lines(found) == [
        "example.com 60 MX 10 mail.example.com.",
        'x.example.com 60 TXT "x"',
        "example.com 60 A → lb.example.net",
    ]


def test_deleting_that_deletes_none() -> None:
    found = read(exclusive("delete", None))
    assert (found.rrsets, found.removals, found.whole) == ((), (), ())


def test_where_nobody_knows_how_many() -> None:
    text = wrong(exclusive("update", after_unknown={"resource_record_set": True}))
    assert "resource_record_set is known only after apply" in text


def test_records_of_a_traffic_policy() -> None:
    sets = [{"name": "example.com", "type": "A", "traffic_policy_instance_id": "x"}]
    after = {"zone_id": ZONE_ID, "resource_record_set": sets}
    [one] = read(exclusive("create", after)).rrsets
    assert "traffic_policy_instance_id" in one.unknown


def test_names_there_are_absolute() -> None:
    sets = [{"name": "mail", "type": "A", "ttl": 60, "resource_records": [{"value": "192.0.2.1"}]}]
    after = {"zone_id": ZONE_ID, "resource_record_set": sets}
    assert "'mail', which is not in the zone example.com" in wrong(exclusive("create", after))


def test_the_same_in_both_resources_is_once() -> None:
    both = exclusive("create")
    twin = change("aws_route53_record.x", "create", after=record("x", "TXT", "x", ttl=60))
    both["resource_changes"].append(twin)
    assert len(read(both).rrsets) == 3


def weighted(key: str, weight: int, **more: Any) -> dict[str, Any]:
    policy = {"set_identifier": key, "weighted_routing_policy": [{"weight": weight}]}
    attributes = record("a", "A", f"192.0.2.{len(key)}", **policy, **more)
    return change(f"aws_route53_record.{key}", "create", after=attributes)


def test_a_weight_of_0_takes_a_set_out_of_answers() -> None:
    assert lines(read(plan(ZONE, weighted("a", 0), weighted("bb", 1)))) == [
        "a.example.com 300 A [bb] 192.0.2.2"
    ]


def test_unless_the_others_may_not_be_healthy() -> None:
    found = read(plan(ZONE, weighted("a", 0), weighted("bb", 1, health_check_id="x")))
    assert len(found.rrsets) == 2


def test_of_multivalue_sets_with_health_checks_any_may_be_left() -> None:
    def one(number: int) -> dict[str, Any]:
        more = {"multivalue_answer_routing_policy": True, "set_identifier": str(number)}
        attributes = record("a", "A", f"192.0.2.{number}", health_check_id="x", **more)
        return change(f"aws_route53_record.x[{number}]", "create", after=attributes)

    found = read(plan(ZONE, one(1), one(2)))
    assert [one.values for one in found.rrsets] == [
        ("192.0.2.1", "192.0.2.2"),
        ("192.0.2.1",),
        ("192.0.2.2",),
    ]
    assert "its values are given together" in found.notes[0]
