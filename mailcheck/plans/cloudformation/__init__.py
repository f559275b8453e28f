"""AWS CloudFormation: the record sets of a template in JSON, such as ``cdk synth`` writes.

Resources ``AWS::Route53::RecordSet`` and ``AWS::Route53::RecordSetGroup`` replace what is live. What
an intrinsic function gives (``Ref``, ``Fn::GetAtt``) is known only when the stack is deployed. What
the template does not have any more is not seen: a template says nothing of the one before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.plans.cloudformation.template import Template

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given, Plan

TITLE = "CloudFormation template"

_YAML = re.compile(r"^[ \t]+Type:[ \t]*[\"']?AWS::Route53::RecordSet(?:Group)?\b", re.MULTILINE)

_EXPECTED = (
    'expected one in JSON: "cdk synth" leaves it in cdk.out/, "aws cloudformation get-template" '
    "prints what is deployed"
)


def recognises(document: Document) -> bool:
    """Whether *document* is a template in JSON, or one in YAML with records."""
    value = document.value
    if value is None:
        return "AWS::Route53::RecordSet" in document.text and bool(_YAML.search(document.text))
    held = value.get("Resources") if isinstance(value, dict) else None
    return (
        isinstance(held, dict)
        and bool(held)
        and all(
            isinstance(one, dict)
            and isinstance(one.get("Type"), str)
            and one["Type"].startswith(("AWS::", "Custom::", "Alexa::"))
            for one in held.values()
        )
    )


def read(document: Document, given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: if anything is wrong with it.
    """
    place = Place(document.shown, 1)
    if not document.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        raise SourceError([Problem(place, "templates in YAML are not read", _EXPECTED)])
    value = document.parsed()
    held = value.get("Resources") if isinstance(value, dict) else None
    if not isinstance(held, dict):
        raise SourceError([Problem(place, "this is no template: it has no Resources", _EXPECTED)])
    return Template(document, held, given).plan()
