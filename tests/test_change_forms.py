"""One change gets the same verdicts in whatever form it is proposed."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

EXAMPLE = Path(__file__).parents[1] / "suites" / "change"
FORMS = {
    "master files": "proposed",
    "octoDNS": "octodns/config.yaml",
    "Terraform": "terraform/plan.json",
}
OF_MASTER_FILES = (" loads", " has a newer serial than live")
"""Words of sentences about the file of a zone: of a plan, the provider writes the SOA record."""


def verdicts(pytester: pytest.Pytester, form: str) -> dict[str, str]:
    """Judge the example with what is proposed in *form*; return what each requirement comes to."""
    shutil.copytree(EXAMPLE, pytester.path / "change", dirs_exist_ok=True)
    pytester.makeini("[pytest]\nmail_lab = auto\n")
    arguments = ("--mail-proposed", f"change/{form}", "--mail-compare", "--mail-junit=mail.xml")
    pytester.runpytest_subprocess("change", *arguments, "-p", "no:cacheprovider")
    cases = ElementTree.parse(pytester.path / "mail.xml").iter("testcase")
    return {
        case.attrib["name"]: f"{one.tag} {one.attrib['type']}" if one is not None else "met"
        for case in cases
        for one in [next((one for one in case if one.tag != "system-out"), None)]
        if not any(about in case.attrib["name"] for about in OF_MASTER_FILES)
    }


def test_verdicts_do_not_depend_on_the_form(pytester: pytest.Pytester) -> None:
    whole, *others = [verdicts(pytester, form) for form in FORMS.values()]
    assert others == [whole, whole]
    assert sum(verdict.startswith("failure") for verdict in whole.values()) == 5
    assert sum(verdict == "met" for verdict in whole.values()) == 11
