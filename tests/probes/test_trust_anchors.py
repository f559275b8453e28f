"""Where a run finds the authorities that it trusts."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import pytest
import trustme

from mailcheck.errors import UsageError
from mailcheck.probes.trust_anchors import anchors_by, anchors_of, system_anchors

ONE, OTHER, THIRD = (trustme.CA().cert_pem.bytes() for _ in range(3))


def der(*pem: bytes) -> tuple[bytes, ...]:
    return tuple(ssl.PEM_cert_to_DER_cert(one.decode()) for one in pem)


def looked(
    folder: Path,
    environment: dict[str, str] | None = None,
    *,
    file: str = "none.pem",
    directory: str = "none",
    bundles: tuple[str, ...] = (),
) -> tuple[bytes, ...]:
    """What is found with *folder* as the root of the file system."""
    paths = ssl.DefaultVerifyPaths(
        "", "", "SSL_CERT_FILE", str(folder / file), "SSL_CERT_DIR", str(folder / directory)
    )
    named = {key: str(folder / name) for key, name in (environment or {}).items()}
    return anchors_by(named, paths, tuple(str(folder / name) for name in bundles))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.pem").write_bytes(b"# One\n" + ONE)
    (tmp_path / "other.pem").write_bytes(OTHER)
    (tmp_path / "empty.pem").write_bytes(b"# nothing yet\n")
    (tmp_path / "hashed").mkdir()
    (tmp_path / "hashed" / "0a1b2c3d.0").write_bytes(THIRD)
    (tmp_path / "hashed" / "0a1b2c3d.r0").write_bytes(OTHER)  # a revocation list, by its name
    (tmp_path / "hashed" / "README").write_bytes(OTHER)
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "0a1b2c3e.1").write_bytes(ONE)
    return tmp_path


@pytest.mark.parametrize(
    ("said", "found"),
    [
        pytest.param({"file": "one.pem", "bundles": ("other.pem",)}, [ONE], id="OpenSSL's file"),
        pytest.param({"bundles": ("no.pem", "other.pem", "one.pem")}, [OTHER], id="a bundle"),
        pytest.param({"bundles": ("empty.pem", "one.pem")}, [ONE], id="an empty bundle"),
        pytest.param({"directory": "hashed"}, [THIRD], id="OpenSSL's folder"),
        pytest.param({"file": "one.pem", "directory": "hashed"}, [ONE], id="file before folder"),
    ],
)
def test_the_first_place_that_has_some_is_the_systems(
    folder: Path, said: dict[str, str], found: list[bytes]
) -> None:
    assert looked(folder, **said) == der(*found)  # type: ignore[arg-type]  # keywords of one table


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        pytest.param({"SSL_CERT_FILE": "other.pem"}, [OTHER], id="a file"),
        pytest.param({"SSL_CERT_DIR": "hashed"}, [THIRD], id="a folder"),
        pytest.param(
            {"SSL_CERT_FILE": "one.pem", "SSL_CERT_DIR": "hashed"}, [ONE, THIRD], id="two"
        ),
        pytest.param({"SSL_CERT_FILE": "none.pem"}, [], id="one that is not there"),
    ],
)
def test_the_environment_comes_alone(
    folder: Path, environment: dict[str, str], found: list[bytes]
) -> None:
    assert looked(folder, environment, file="one.pem", bundles=("one.pem",)) == der(*found)


def test_several_folders_are_named_as_in_a_path(folder: Path) -> None:
    both = os.pathsep.join(("hashed", str(folder / "again")))
    assert looked(folder, {"SSL_CERT_DIR": both}) == der(THIRD, ONE)


def test_the_system_is_looked_at_once() -> None:
    assert system_anchors() is system_anchors()


def test_a_named_file_is_read_whole(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_bytes(b"Our CA\n" + ONE + b"\nThe one before\n" + OTHER)
    assert anchors_of(bundle) == der(ONE, OTHER)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(None, "No such file", id="not there"),
        pytest.param(b"", "no certificate in PEM", id="empty"),
        pytest.param(der(ONE)[0], "no certificate in PEM", id="DER"),
        pytest.param(
            ONE + b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "certificate 2 cannot be read",
            id="no certificate between the marks",
        ),
        pytest.param(
            b"-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n",
            "no PEM",
            id="not base64",
        ),
    ],
)
def test_a_named_file_that_cannot_be_used_is_named(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    bundle = tmp_path / "ca.pem"
    if content is not None:
        bundle.write_bytes(content)
    with pytest.raises(UsageError, match=rf"--mail-ca-file .*ca\.pem.*{why}"):
        anchors_of(bundle)
