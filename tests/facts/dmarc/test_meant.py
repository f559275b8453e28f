"""What faulty texts were meant to say, as administrators write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dmarc.meant import meant, policy_meant
from mailcheck.facts.dmarc.mending import mended
from mailcheck.facts.dmarc.record import DmarcRecord

RUA = "rua=mailto:d@e.fg"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"v=DMARC1 p=reject {RUA}", id="no-semicolons"),
        pytest.param(f"v=DMARC1, p=reject, {RUA}", id="commas"),
        pytest.param(f"v=DMARC1|p=reject|{RUA}", id="bars"),
        pytest.param(f"DMARC1; p=reject; {RUA}", id="no-v"),
        pytest.param(f"v=DMARC 1;p=reject;{RUA}", id="a-space-in-the-version"),
        pytest.param(f"p=reject; {RUA}; v=DMARC1", id="the-version-last"),
        pytest.param(f"v=DMARC1p=reject{RUA}", id="strings-put-together"),
        pytest.param(f"v=DMARC1; {RUA}p=reject".replace("fgp", "fg;p"), id="in-another-order"),
        pytest.param("v=DMARC1; p:reject; rua:mailto:d@e.fg", id="colons"),
        pytest.param(f"v=DMARC1; p reject; {RUA}", id="no-equals-sign"),
        pytest.param(f"v=DMARC1; p==Reject.; {RUA}", id="around-the-policy"),
        pytest.param(f"v=DMARC1\\; p=reject\\; {RUA}", id="escaped-semicolons"),
        pytest.param(f'"v=DMARC1; p=reject;" "{RUA}"', id="quoted-twice"),
        pytest.param(f"“v=DMARC1; p=reject; {RUA}”", id="curly-quotes"),
        pytest.param(f"v=DMARC1;\u00a0p=reject;\u00a0{RUA}", id="no-break-spaces"),
        pytest.param(f"v=DMARC1&#59; p=reject&#59; {RUA}", id="HTML"),
        pytest.param(f'_dmarc IN TXT "v=DMARC1; p=reject; {RUA}"', id="a-line-of-a-zone"),
        pytest.param("v=DMARC1; p=reject; rau=mailto:d@e.fg", id="a-mistyped-tag"),
        pytest.param("v=DMARC1; p=reject; mailto:d@e.fg", id="no-rua"),
        pytest.param("v=DMARC1; p=reject; mailto=d@e.fg", id="mailto-for-a-tag"),
        pytest.param("v=DMARC1; p=reject; rua d@e.fg", id="no-equals-sign-behind-rua"),
        pytest.param(f"v=DMARC1 p=none; p=reject; {RUA}", id="where-it-belongs-comes-first"),
        pytest.param(f"v=DMARC1; p=reject; {RUA}; ask x@y.zz", id="a-remark-with-a-mailbox"),
        pytest.param(f"v=DMARC1; p=none; p=reject; {RUA}; {RUA}", id="twice"),
        pytest.param(f"v=DMARC1; p=reject; contact=x@y.zz; {RUA}", id="another-tag"),
        pytest.param(f"v=DMARC1; p=reject; {RUA}; adkim=x; fo=2; pct=50%; sp=rejct", id="values"),
        pytest.param(f"v=DMARC1; p=reject; {RUA}; adkim=r; adkim=s", id="contradictions"),
    ],
)
def test_a_policy_and_a_mailbox(text: str) -> None:
    assert sorted(meant(text.encode()).items()) == [("p", "reject"), ("rua", "mailto:d@e.fg")]


@pytest.mark.parametrize(
    ("tags", "name", "value"),
    [
        ("rua=mailto:a@e.fg;mailto:b@e.fg", "rua", "mailto:a@e.fg,mailto:b@e.fg"),
        ("rua=mailto:a@e.fg; rua=b@e.fg", "rua", "mailto:a@e.fg,mailto:b@e.fg"),
        ("rua=mailto:a@e.fg; ruf=c@e.fg; d@e.fg", "ruf", "mailto:c@e.fg,mailto:d@e.fg"),
        ("rua=mailto:a@e.fgruf=mailto:c@e.fg", "ruf", "mailto:c@e.fg"),
        ("adkim=strict", "adkim", "s"),
        ("aspf=Relaxed", "aspf", "r"),
        ("t=yes", "t", "y"),
        ("fo=0:1:d:s", "fo", "1:d:s"),
        ("fo=1,d", "fo", "1:d"),
        ("fo=d; fo=0; fo=1", "fo", "d:1"),
        ("sp=none; sp=quarantine", "sp", "quarantine"),
    ],
)
def test_other_tags(tags: str, name: str, value: str) -> None:
    assert meant(f"v=DMARC1; {tags}".encode())[name] == value


@pytest.mark.parametrize("remark", ["was p=reject", "note=set p=reject", "later, p=reject"])
def test_a_remark_raises_no_policy(remark: str) -> None:
    assert meant(f"v=DMARC1; p=none; {remark}".encode()) == {"p": "none"}


def test_several_texts() -> None:
    said = meant(b"v=DMARC1; p=none; sp=none; rua=mailto:a@e.fg", b"v=DMARC1; p=reject; aspf=s")
    assert said == {"p": "reject", "sp": "none", "rua": "mailto:a@e.fg", "aspf": "s"}


@pytest.mark.parametrize(
    ("value", "like"),
    [
        ("rejct", "reject"),
        ("reject rua=mailto:d@e.fg", "reject"),
        ("Quarentine", "quarantine"),
        ("nome", "none"),
        ("block", ""),
        ("", ""),
    ],
)
def test_policies_that_may_be_meant(value: str, like: str) -> None:
    assert policy_meant(value) == like


@given(st.binary() | st.text('v=DMARC1;prejctnouaf:@.,! "\\').map(str.encode))
def test_what_is_mended_has_no_fault(text: bytes) -> None:
    record = DmarcRecord(mended(text))
    assert not record.listed.faults
    assert not record.wrong
    assert not record.duplicates
    assert not any(uri.fault for uri in (*record.rua, *record.ruf))
    assert mended(record.text) == record.text
