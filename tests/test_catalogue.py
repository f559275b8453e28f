"""The catalogue finds checks where they lie, and says what is wrong with those it cannot use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.catalogue import Catalogue, load_catalogue
from mailcheck.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SOURCE = '''\
"""A check of a project's own.

Requires
    Nothing.

Why
    It is a test.

Met when
    Always.

Unmet when
    TAG: never.

Not judged here
    Anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import check
from mailcheck.finding import Finding, Reason, Remedy, met
from mailcheck.names import Domain
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters."""

    domain: Domain = slot("the domain")


async def judge(_: Parameters) -> Finding:
    """Judge nothing."""
    return met()


def remedy(_: Parameters, reason: Reason) -> Remedy:
    """Tell nothing."""
    return Remedy(instruction=reason.text)


CHECK = check(
    __doc__,
    template="TEMPLATE",
    parameters=Parameters,
    judge=judge,
    remedy=remedy,
    sources=(),
    examples=(),
)
'''


def source(template: str, tag: str = "not-ours") -> str:
    """Return the file of a check."""
    return SOURCE.replace("TEMPLATE", template).replace("TAG", tag)


OURS = source("domain [{domain}] is ours")


@pytest.fixture(autouse=True)
def _modules() -> Iterator[None]:
    """Forget the modules that a test made others import, but for mailcheck's own."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if not name.startswith("mailcheck."):
            del sys.modules[name]


@pytest.fixture
def checks(tmp_path: Path) -> Callable[..., Path]:
    """Write files into a folder for ``mail_checks`` and return it."""

    def write(files: dict[str, str]) -> Path:
        folder = tmp_path / "checks"
        for name, text in files.items():
            path = folder / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return folder

    return write


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Install a distribution with a package of checks, named under the entry point group."""

    def install(files: dict[str, str], target: str = "acme_checks") -> None:
        site = tmp_path / "site-packages"
        package = site / "acme_checks"
        package.mkdir(parents=True)
        for name, text in {"__init__": "", **files}.items():
            path = package / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        info = site / "acme_checks-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-checks\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[mailcheck.checks]\nacme = {target}\n")
        monkeypatch.syspath_prepend(site)

    return install


BUILT_IN = load_catalogue()


def test_the_checks_of_the_package_are_found_by_walking() -> None:
    assert "has-mx" in BUILT_IN.checks
    assert "smtp-port-accepts" in BUILT_IN.checks
    assert list(BUILT_IN.checks) == sorted(BUILT_IN.checks)


def test_a_catalogue_gives_its_checks_with_their_ids() -> None:
    assert dict(BUILT_IN) == BUILT_IN.checks


def test_a_tag_leads_to_every_check_that_gives_it() -> None:
    ids = [check_id for check_id, _ in BUILT_IN.tagged("null-mx")]
    assert "has-mx" in ids
    assert all("null-mx" in {*c.unmet_tags, *c.advice_tags} for _, c in BUILT_IN.tagged("null-mx"))
    assert BUILT_IN.tagged("nothing-of-the-kind") == []


def test_a_check_is_read_once() -> None:
    assert BUILT_IN.check("has-mx") is BUILT_IN.check("has-mx") is BUILT_IN.checks["has-mx"]


def test_the_templates_are_those_of_the_checks() -> None:
    assert BUILT_IN.templates == {name: check.template for name, check in BUILT_IN}


# ── a folder of the project's own ────────────────────────────────────────────────────────────


def test_a_folder_adds_its_checks(checks: Callable[..., Path]) -> None:
    folder = checks({"is_ours": OURS, "deeper/is_theirs": source("domain {domain} is theirs")})
    found = set(load_catalogue(folder).checks) - set(BUILT_IN.checks)
    assert found == {"is-ours", "is-theirs"}


def test_a_file_without_a_check_is_left_alone(checks: Callable[..., Path]) -> None:
    folder = checks({"is_ours": OURS, "shared": "LIMIT = 5\n"})
    assert set(load_catalogue(folder).checks) - set(BUILT_IN.checks) == {"is-ours"}


def test_a_folder_can_be_loaded_again(checks: Callable[..., Path]) -> None:
    folder = checks({"is_ours": OURS})
    assert set(load_catalogue(folder).checks) == set(load_catalogue(folder).checks)


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"mail_checks: .*nowhere is not a directory"):
        load_catalogue(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("import nothing_like_it\n", r"is_ours\.py cannot be imported: .*nothing_like"),
        pytest.param("def (:\n", r"is_ours\.py cannot be imported: SyntaxError"),
        pytest.param("1 / 0\n", r"is_ours\.py cannot be imported: ZeroDivisionError"),
        pytest.param("CHECK = 5\n", r"CHECK of .*is_ours\.py is not made by mailcheck\.check"),
        pytest.param(
            OURS.replace("Met when", "When"),
            r"is_ours\.py: the docstring of a check lacks Met when",
        ),
        pytest.param(
            source("domain {host} is ours"), r"is_ours\.py: .*'host', which is no parameter"
        ),
    ],
    ids=["import", "syntax", "crash", "no check", "page", "template"],
)
def test_a_file_that_cannot_be_used_is_named(
    checks: Callable[..., Path], text: str, why: str
) -> None:
    before = set(sys.modules)
    with pytest.raises(CatalogueError, match=why):
        load_catalogue(checks({"is_ours": text}))
    if "CHECK" not in why:
        assert {name for name in set(sys.modules) - before if "is_ours" in name} == set()


# ── checks that get in each other's way ──────────────────────────────────────────────────────


def test_an_id_belongs_to_one_check(checks: Callable[..., Path]) -> None:
    with pytest.raises(CatalogueError, match=r"check 'has-mx' of .*checks has the id of one"):
        load_catalogue(checks({"has_mx": OURS}))


def test_an_id_belongs_to_one_check_of_a_folder_too(checks: Callable[..., Path]) -> None:
    folder = checks({"a/is_ours": OURS, "b/is_ours": source("domain {domain} is theirs")})
    with pytest.raises(CatalogueError, match="check 'is-ours'"):
        load_catalogue(folder)


@pytest.mark.parametrize(
    ("template", "other"),
    [
        pytest.param("domain [{domain}] has MX", "has-mx", id="the same"),
        pytest.param("domain {domain} HAS mx", "has-mx", id="in other letters"),
        pytest.param("domain has [{domain}] MX", "has-mx", id="with the slot left out"),
    ],
)
def test_a_sentence_is_read_by_one_check(
    checks: Callable[..., Path], template: str, other: str
) -> None:
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(checks({"is_ours": source(template)}))
    assert other in str(raised.value)
    assert "is-ours" in str(raised.value)
    assert repr(template) in str(raised.value)


# ── checks of an installed distribution ──────────────────────────────────────────────────────


def added() -> set[str]:
    """Return the ids that are not built in."""
    return set(load_catalogue().checks) - set(BUILT_IN.checks)


def test_an_entry_point_names_a_package_of_checks(installed: Callable[..., Any]) -> None:
    theirs = source("domain {domain} is theirs")
    installed({"is_ours": OURS, "deeper/__init__": "", "deeper/is_theirs": theirs})
    assert added() == {"is-ours", "is-theirs"}


def test_an_entry_point_may_name_one_module(installed: Callable[..., Any]) -> None:
    installed({"is_ours": OURS}, target="acme_checks.is_ours")
    assert added() == {"is-ours"}


@pytest.mark.parametrize(
    ("target", "files"),
    [
        pytest.param("acme_checks", {"is_ours": "import nothing_like_it\n"}, id="a broken module"),
        pytest.param("acme_checks", {"__init__": "1 / 0\n"}, id="a broken package"),
        pytest.param(
            "acme_checks",
            {"deeper/__init__": "import nothing_like_it\n", "deeper/is_ours": OURS},
            id="a broken package inside",
        ),
        pytest.param("nowhere_at_all", {}, id="no such module"),
        pytest.param("acme_checks:nothing", {}, id="no such attribute"),
        pytest.param("acme_checks:FIVE", {"__init__": "FIVE = 5\n"}, id="no module"),
    ],
)
def test_a_distribution_that_cannot_be_loaded_is_named(
    installed: Callable[..., Any], target: str, files: dict[str, str]
) -> None:
    """Its checks must not be missing in silence."""
    installed(files, target)
    with pytest.raises(CatalogueError, match="entry point 'acme' cannot be loaded"):
        load_catalogue()


def test_a_distribution_and_a_folder_may_not_share_an_id(
    installed: Callable[..., Any], checks: Callable[..., Path]
) -> None:
    installed({"is_ours": OURS})
    with pytest.raises(CatalogueError, match=r"check 'is-ours' of .*checks has the id"):
        load_catalogue(checks({"is_ours": source("domain {domain} is theirs")}))


def test_a_catalogue_made_by_hand_is_what_it_is_given() -> None:
    one = BUILT_IN.checks["has-mx"]
    assert list(Catalogue({"has-mx": one})) == [("has-mx", one)]
