"""The resolvers of this machine, from a file that anything may have written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.probes.dns.system import system_resolvers

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resolv.conf")


@pytest.fixture(scope="module")
def resolv_conf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where to write a configuration."""
    return tmp_path_factory.mktemp("etc") / "resolv.conf"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("nameserver 192.0.2.1\n", ["192.0.2.1"], id="one"),
        pytest.param(
            "nameserver 192.0.2.2\nnameserver 192.0.2.1\n",
            ["192.0.2.2", "192.0.2.1"],
            id="in the order of the file",
        ),
        pytest.param("nameserver 2001:DB8::1", ["2001:db8::1"], id="IPv6, no newline at the end"),
        pytest.param("nameserver\t192.0.2.1  # office\n", ["192.0.2.1"], id="tab and comment"),
        pytest.param("nameserver 192.0.2.1\r\n", ["192.0.2.1"], id="written on Windows"),
        pytest.param(
            "nameserver 192.0.2.1\nnameserver 192.0.2.1\n", ["192.0.2.1"], id="one said twice"
        ),
        pytest.param(
            "nameserver fe80::1%eth0\nnameserver 192.0.2.1\n",
            ["fe80::1%eth0", "192.0.2.1"],
            id="one on the link, with its scope",
        ),
        pytest.param("nameserver 127.0.0.53\n", ["127.0.0.53"], id="a stub on loopback"),
        pytest.param("nameserver ::1\n", ["::1"], id="a stub on loopback, IPv6"),
        pytest.param(
            "".join(f"nameserver 192.0.2.{n}\n" for n in range(1, 6)),
            ["192.0.2.1", "192.0.2.2", "192.0.2.3"],
            id="three, as no other program asks more",
        ),
        pytest.param(
            "nameserver resolver.example\nnameserver 192.0.2.1\n",
            ["192.0.2.1"],
            id="one that is no address hides no other",
        ),
        pytest.param(
            "search a..example\ndomain " + "x" * 70 + "\nnameserver 192.0.2.1\n",
            ["192.0.2.1"],
            id="a search list of no use",
        ),
        pytest.param(
            "options ndots:x timeout:\nnameserver 192.0.2.1\n", ["192.0.2.1"], id="broken options"
        ),
        pytest.param(
            "#nameserver 192.0.2.1\n;nameserver 192.0.2.2\n", ["127.0.0.1"], id="commented out"
        ),
        pytest.param("nameserver\n", ["127.0.0.1"], id="a line without address"),
        pytest.param("nameservers 192.0.2.1\n", ["127.0.0.1"], id="another word"),
        pytest.param("", ["127.0.0.1"], id="empty"),
    ],
)
def test_name_servers_are_read(resolv_conf: Path, text: str, expected: list[str]) -> None:
    resolv_conf.write_bytes(text.encode())
    found = system_resolvers(resolv_conf)
    assert [str(server.address) for server in found] == expected
    assert {server.port for server in found} <= {53}


def test_without_a_file_the_machine_itself_is_asked(tmp_path: Path) -> None:
    """As the C library does."""
    for path in (tmp_path / "resolv.conf", tmp_path):
        assert [str(server) for server in system_resolvers(path)] == ["127.0.0.1"]


@given(noise=st.binary(max_size=200).filter(lambda noise: b"nameserver" not in noise))
def test_whatever_stands_around_a_resolver_it_is_found(resolv_conf: Path, noise: bytes) -> None:
    resolv_conf.write_bytes(noise + b"\nnameserver 192.0.2.1\n" + noise)
    assert "192.0.2.1" in [str(server) for server in system_resolvers(resolv_conf)]
