"""What the laws are about: the source tree and the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck.catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="session")
def package() -> Path:
    return Path(__file__).parents[2] / "mailcheck"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()
