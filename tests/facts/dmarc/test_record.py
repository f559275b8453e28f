"""DMARC records, as receivers read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dmarc.record import (
    POLICIES,
    DmarcRecord,
    Policies,
    Policy,
    is_record,
    lowered,
    weaker,
)
from mailcheck.facts.tag_list import tag_list


@pytest.mark.parametrize(
    "text", ["v=DMARC1", "v=DMARC1;", "v = DMARC1 ;p=none", "V\t=\tDMARC1\t", "v=DMARC1;;x"]
)
def test_records(text: str) -> None:
    assert is_record(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "v=dmarc1;",
        "v=DMARC1 p=none",
        " v=DMARC1;",
        "v=DMARC12;",
        "v=DMARC1x",
        "p=none;v=DMARC1",
        "v=DMARC1\\;",
        "v=;DMARC1",
        "v=DMARC1\n;",
        "\ufeffv=DMARC1;",
        "v=DMARC\uff11;",
    ],
)
def test_texts_that_are_none(text: str) -> None:
    assert not is_record(text.encode())


@pytest.mark.parametrize(
    ("tags", "policies"),
    [
        ("p=reject", ("reject", "reject", "reject")),
        ("p=reject; sp=none", ("reject", "none", "none")),
        ("p=reject; np=none", ("reject", "reject", "none")),
        ("p=none; sp=Quarantine; np=REJECT", ("none", "quarantine", "reject")),
        ("rua=mailto:d@example.com; sp=reject", ("none", "none", "none")),
        ("p=x; rua=https://example.com", ("none", "none", "none")),
        ("p=reject; sp=; rua=mailto:d@example.com", ("none", "none", "none")),
        ("p=reject; sp=r\u00e9ject; rua=mailto:d@example.com", ("none", "none", "none")),
        ("p=reject; np=x", None),
        ("p=x; rua=x", None),
        ("sp=reject", None),
        ("", None),
        ("p=reject; sp", ("reject", "reject", "reject")),
        ("p=rej ect", None),
    ],
)
def test_policies(tags: str, policies: tuple[Policy, Policy, Policy] | None) -> None:
    read = DmarcRecord(f"v=DMARC1; {tags}".encode()).policies
    assert read == (Policies(*policies) if policies else None)


@pytest.mark.parametrize(
    ("tags", "wrong"),
    [
        ("t=y; psd=U; adkim=s; aspf=R; fo=0", ()),
        ("fo=1:d:s", ()),
        ("fo=s:1:d", ()),
        ("fo=d", ()),
        ("fo=0:1", ("fo",)),
        ("fo=1:1", ("fo",)),
        ("fo=d:d", ("fo",)),
        ("fo=1:", ("fo",)),
        ("fo=x", ("fo",)),
        ("t=yes; psd=; adkim=relaxed; aspf=0", ("t", "psd", "adkim", "aspf")),
        ("pct=500; ri=x; rf=y", ()),
    ],
)
def test_values_that_a_tag_cannot_have(tags: str, wrong: tuple[str, ...]) -> None:
    assert DmarcRecord(f"v=DMARC1; p=none; {tags}".encode()).wrong == wrong


def test_what_is_not_valid_is_the_default() -> None:
    record = DmarcRecord(b"v=DMARC1; p=none; t=1; psd=1; adkim=strict; aspf=strict")
    assert (record.testing, record.psd) == (False, "u")
    assert not record.strict("adkim")
    assert not record.strict("aspf")


def test_names_have_no_case() -> None:
    record = DmarcRecord(b"v=DMARC1; P=reject; T=Y; AsPf=s; p=none")
    assert record.values["p"] == "reject"
    assert record.duplicates == ("p",)
    assert record.testing
    assert record.strict("aspf")


def test_levels() -> None:
    assert [lowered(policy) for policy in POLICIES] == ["none", "none", "quarantine"]
    assert weaker("none", "quarantine")
    assert not weaker("reject", "reject")


_PIECES = st.sampled_from(
    [
        "v=DMARC1",
        "p",
        "sp",
        "np",
        "psd",
        "t",
        "=",
        ";",
        " ",
        "none",
        "reject",
        "y",
        "rua=mailto:d@e.f",
        "é",
    ]
)


@given(st.one_of(st.binary(), st.lists(_PIECES).map(lambda pieces: "".join(pieces).encode())))
def test_any_text_is_read(text: bytes) -> None:
    record = DmarcRecord(b"v=DMARC1;" + text)
    assert is_record(record.text)
    assert record.psd in {"y", "n", "u"}
    assert len(record.rua) >= ("rua" in record.values)
    if record.policies and not record.fallen_back:
        assert record.policies.p == record.values["p"].lower()


@given(st.lists(st.sampled_from(["p=reject", "sp=none", "rua=mailto:d@e.fg", "x=y"]), unique=True))
def test_the_order_of_tags_makes_no_difference(tags: list[str]) -> None:
    one, other = (DmarcRecord("; ".join(["v=DMARC1", *t]).encode()) for t in (tags, tags[::-1]))
    assert one.policies == other.policies
    assert {*tag_list(one.text).tags} == {*tag_list(other.text).tags}
