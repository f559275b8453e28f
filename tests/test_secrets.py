"""Secrets are named, and never shown."""

from __future__ import annotations

import pytest

from mailcheck.secrets import Secret
from mailcheck.slots import SlotType, show


def test_a_secret_is_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIST_KEY", "s3cret")
    secret = Secret.parse("${env:LIST_KEY}")
    assert secret.name == "LIST_KEY"
    assert show(secret) == "${env:LIST_KEY}"
    assert "s3cret" not in f"{secret!r} {secret}"


@pytest.mark.parametrize(
    "text", ["s3cret", "${LIST_KEY}", "${env:}", "${env:A}b", "${env:A-B}", ""]
)
def test_what_may_be_the_secret_itself_is_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"^a secret is not written in a suite$"):
        Secret.parse(text)


def test_it_may_fill_a_slot() -> None:
    assert isinstance(Secret, SlotType)
