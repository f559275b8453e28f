"""Addresses of resources, taken apart."""

from __future__ import annotations

import pytest

from mailcheck.plans.terraform.tokens import Step, modules_of, steps, without_keys

DEEP = r'module.a["x.y]"].module.b[0].aws_route53_record.mx["say \"[hi].\""]'


def test_keys_may_have_anything_in_them() -> None:
    assert steps(DEEP) == (
        Step("module"),
        Step("a", '["x.y]"]'),
        Step("module"),
        Step("b", "[0]"),
        Step("aws_route53_record"),
        Step("mx", r'["say \"[hi].\""]'),
    )


def test_the_modules_are_those_before_the_resource() -> None:
    assert modules_of(DEEP) == (Step("a", '["x.y]"]'), Step("b", "[0]"))
    assert modules_of("aws_route53_record.module") == ()


def test_without_keys() -> None:
    assert without_keys(DEEP) == "module.a.module.b.aws_route53_record.mx"


@pytest.mark.parametrize("text", ["", '["a"]', "a..b", 'a["b', "a.b]", "[0].a"])
def test_what_is_no_address(text: str) -> None:
    assert steps(text) == ()
    assert modules_of(text) == ()
