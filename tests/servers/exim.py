"""Exim as receivers of a story, each a daemon with one rule; a second opinion beside Postfix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import server_path

from .identities import Identity, meet, places_of
from .namespace import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mailcheck.names import Address

    from .namespace import Namespace

_USER = "Debian-exim"
_ID = 61_000
"""A number that nobody has: Debian keeps 60000 to 64999 for its packages (policy §9.2.2)."""

_CONFIGURATION = """\
primary_hostname = {name}
local_interfaces = <; {addresses}
daemon_smtp_ports = 25
spool_directory = {folder}/spool
log_file_path = {folder}/%s.log
never_users =
{tls}
{options}
acl_smtp_rcpt = to_recipient
begin acl
to_recipient:
  {condition}
  accept
"""


@dataclass(frozen=True, slots=True)
class EximReceiver:
    """Exim as the host *name*, and its rule.

    That is ``options`` of its main section, or a statement of the ACL that every recipient passes.
    ``certificate`` names a file, with the key too, in the folder of the namespace.
    """

    name: str
    options: str = ""
    condition: str = ""
    certificate: str = ""


def ask_exim(
    space: Namespace, receivers: Sequence[EximReceiver], clients: Iterable[Identity]
) -> dict[tuple[str, Identity], str]:
    """Start *receivers*, and return how each ends what each client says up to a recipient."""
    places = places_of(space, [receiver.name for receiver in receivers])
    start_exim(space, receivers, places)
    return {who: _decisive(replies) for who, replies in meet(space, places, clients).items()}


def start_exim(
    space: Namespace,
    receivers: Sequence[EximReceiver],
    places: Mapping[str, Sequence[Address]],
) -> None:
    """Start a daemon for each of *receivers*, at the addresses that *places* has for its name."""
    found = server_path("exim4")
    assert found is not None, "exim4 is not installed"
    _add_user(space)
    for receiver in receivers:
        folder = space.folder / receiver.name
        folder.mkdir()
        space.run("chown", f"{_ID}:{_ID}", str(folder))
        text = _CONFIGURATION.format(
            name=receiver.name,
            addresses=" ; ".join(map(str, places[receiver.name])),
            folder=PUBLIC / receiver.name,
            tls=_tls(receiver.certificate),
            options=receiver.options,
            condition=receiver.condition,
        )
        configuration = space.folder / f"{receiver.name}.conf"
        configuration.write_text(text)
        _entrust(space, configuration)
        space.keep_log(folder / "main.log")
        space.start(receiver.name, *_with_libraries(found), "-bdf", "-C", str(configuration))


def _tls(certificate: str) -> str:
    if not certificate:
        return "tls_advertise_hosts ="
    file = PUBLIC / certificate
    return f"tls_advertise_hosts = *\ntls_certificate = {file}\ntls_privatekey = {file}"


def _entrust(space: Namespace, configuration: Path) -> None:
    """Make a configuration root's own: Exim reads none that anybody else could have written."""
    configuration.chmod(0o644)
    space.run("chown", "root:root", str(configuration))


def _add_user(space: Namespace) -> None:
    """Give Exim, inside, the user that it asks for before it reads its configuration."""
    for name, line in (
        ("passwd", f"{_USER}:x:{_ID}:{_ID}::/nonexistent:/usr/sbin/nologin"),
        ("group", f"{_USER}:x:{_ID}:"),
    ):
        original = Path("/etc", name)
        others = [o for o in original.read_text().splitlines() if not o.startswith(f"{_USER}:")]
        copy = space.folder / name
        copy.write_text("\n".join([*others, line]) + "\n")
        space.run("mount", "--bind", str(copy), str(original))


def _with_libraries(program: str) -> tuple[str, ...]:
    """Return how to run *program*, which may be unpacked together with libraries that it needs."""
    libraries = Path(program).parents[1].glob("lib/*-linux-gnu*")
    return ("env", f"LD_LIBRARY_PATH={':'.join(map(str, libraries))}", program)


def _decisive(replies: list[list[str]]) -> str:
    """Return the reply to the first step that fails, or to the last one."""
    steps = [reply[-1] for reply in replies[1:]]
    return next((line for line in steps if not line.startswith("2")), steps[-1])
