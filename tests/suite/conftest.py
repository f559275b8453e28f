"""A catalogue that is small enough to keep in mind, and a folder to write suites into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.check import check
from mailcheck.errors import SourceError
from mailcheck.finding import Finding, Reason, Remedy, met
from mailcheck.names import Address, Domain, HeloName, Port, RecordType
from mailcheck.secrets import Secret
from mailcheck.slots import slot
from mailcheck.suite.load import load_suite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mailcheck.check import Check
    from mailcheck.suite.requirement import Suite

PAGE = """A check for the tests of the language.

Requires
    Nothing.

Why
    Sentences need a check to belong to.

Met when
    Always.

Unmet when
    no-mx: there is none.
        Mail bounces.
    null-mx: there is a null one.
        Mail bounces.

Advises when
    single-mx: there is one only.
        Nothing happens.

Not judged here
    Anything.
"""


@dataclass(frozen=True, slots=True)
class HasMx:
    domain: Domain = slot("the domain")
    at_least: int = slot("how many", default=1)

    def __post_init__(self) -> None:
        if self.at_least < 1:
            raise ValueError("at_least must be 1 or more")


@dataclass(frozen=True, slots=True)
class HasPtr:
    ip: Address = slot("the address")
    matching: bool = slot("whether a PTR name must have the address", default=False)


@dataclass(frozen=True, slots=True)
class NotOn:
    list: str = slot("the blocklist")
    ip: Address = slot("the address")
    key: Secret | None = slot("the key of the list", default=None)


@dataclass(frozen=True, slots=True)
class EhloResolves:
    ehlo: HeloName = slot("the EHLO name")


@dataclass(frozen=True, slots=True)
class SmtpAccepts:
    port: Port = slot("the port")
    host: Domain | None = slot("the host", default=None)
    domain: Domain | None = slot("the domain whose MX hosts are asked", default=None, unless="host")
    families: Literal["any", "all"] = slot("which address families must work", default="any")


@dataclass(frozen=True, slots=True)
class TxtIncludes:
    name: Domain = slot("the name", subjects=("domain",))
    text: str = slot("the text", subjects=())


@dataclass(frozen=True, slots=True)
class ResolversAgree:
    type: RecordType = slot("the record type", subjects=())
    name: Domain = slot("the name", subjects=("host", "domain"))
    resolvers: tuple[Address, ...] = slot("the resolvers", default=())


async def judge(_: object) -> Finding:
    return met()


def remedy(_: object, reason: Reason) -> Remedy:
    return Remedy(instruction=reason.tag)


def a_check(template: str, parameters: type[Any], page: str = PAGE) -> Check[Any]:
    """A check that is always met."""
    return check(
        page,
        template=template,
        parameters=parameters,
        judge=judge,
        remedy=remedy,
        sources=(),
        examples=(),
    )


CATALOGUE = Catalogue(
    {
        "has-mx": a_check("domain [{domain}] has MX", HasMx),
        "has-ptr": a_check("IP [{ip}] has PTR", HasPtr, PAGE.replace("no-mx", "no-ptr")),
        "not-on": a_check("[IP [{ip}] is] not on {list}", NotOn, PAGE.replace("no-mx", "listed")),
        "ehlo-resolves": a_check("EHLO name [{ehlo}] resolves", EhloResolves),
        "smtp-accepts": a_check("SMTP port {port} [of {host}] accepts", SmtpAccepts),
        "txt-includes": a_check("TXT [of {name}] includes {text}", TxtIncludes),
        "resolvers-agree": a_check("resolvers agree on {type} [of {name}]", ResolversAgree),
    }
)


@pytest.fixture
def catalogue() -> Catalogue:
    """Seven sentences."""
    return CATALOGUE


class Load(Protocol):
    """Writes a suite to ``x.yml`` of a folder and loads it."""

    def __call__(self, text: str, secrets: frozenset[str] = ...) -> Suite: ...


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a suite from its text."""

    def loaded(text: str, secrets: frozenset[str] = frozenset()) -> Suite:
        path = tmp_path / "x.yml"
        path.write_text(text, encoding="utf-8")
        return load_suite(path, "x.yml", CATALOGUE, secrets)

    return loaded


@pytest.fixture
def problems_of(load: Load) -> Callable[[str], list[str]]:
    """Load a suite that cannot be read and return what is said about it."""

    def problems(text: str) -> list[str]:
        with pytest.raises(SourceError) as caught:
            load(text)
        return [str(problem) for problem in caught.value.problems]

    return problems


@pytest.fixture
def files(tmp_path: Path) -> None:
    """Two files of subjects beside the suite."""
    (tmp_path / "domains.txt").write_text("a.example\nb.example\n")
    (tmp_path / "senders.csv").write_text("ip,ehlo\n192.0.2.1,a.example\n192.0.2.2,b.example\n")
