r"""How names and data for Route 53 are written in Terraform: as Route 53 takes them, but for names.

What it takes is in :mod:`mailcheck.plans.route53_values`.
"""

from __future__ import annotations

import re

from mailcheck.names import is_under
from mailcheck.plans.names import full_name
from mailcheck.plans.route53_values import data_of
from mailcheck.plans.terraform.data import rdata
from mailcheck.plans.terraform.values import WrongError, shown

_OCTAL = re.compile(r"\\([0-3][0-7]{2})")


def decimal(text: str) -> str:
    """Return *text* with decimal escapes in the place of octal ones."""
    return _OCTAL.sub(lambda found: f"\\{int(found[1], 8):03}", text)


def name_in(text: str, zone: str) -> str:
    """Return the name *text* in *zone* as the provider for Terraform completes it.

    It takes a name that ends with the zone's for absolute, and appends the zone to all others, with
    or without a final dot (``expandRecordName`` in its ``internal/service/route53/record.go``). It
    looks at letters, not labels: ``myexample.com`` is not completed by ``example.com``, and refused.

    Raises:
        ValueError: if it is none.
    """
    if not text:
        return zone
    if not text.isascii():
        raise WrongError(
            f"name is {shown(text)}", "Route 53 takes A-labels only (xn--…), or octal escapes"
        )
    bare = decimal(text.removesuffix("."))
    if not bare.lower().endswith(zone):
        return full_name(f"{bare}.{zone}")
    name = full_name(bare)
    if not is_under(name, zone):
        raise WrongError(
            f"name is {shown(text)}, to which the provider appends nothing, since it ends with "
            f"{zone}; but it is not in that zone"
        )
    return name


def value(rdtype: str, text: str) -> str:
    """Return the *text* of one record, as Route 53's interface takes it, in presentation form.

    Raises:
        WrongError: if Route 53 refuses it.
    """
    if rdtype not in ("TXT", "SPF"):
        return rdata(rdtype, decimal(text))
    try:
        return data_of(rdtype, [text])[0]
    except ValueError as error:
        raise WrongError(
            f"of {shown(text)} {error}",
            'the provider adds the outer quotation marks; within, \\" is one, and "" cuts the text',
        ) from None
