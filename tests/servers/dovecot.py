"""Dovecot as the IMAP servers of a story: an instance for each, at an address of its own.

The configuration is that of Dovecot 2.3, which 2.4 does not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from .namespace import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import trustme

    from mailcheck.names import Address

    from .namespace import Namespace

_CONFIGURATION = """\
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = {address}
mail_location = maildir:{folder}/mail
ssl_cert = <{folder}/chain.pem
ssl_key = <{folder}/key.pem
ssl_dh =
auth_mechanisms = plain login
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/mail
}}
{settings}
"""


@dataclass(frozen=True, slots=True)
class ImapServer:
    """A Dovecot that is the host *name*, and how its configuration differs.

    ``files`` replace ``chain.pem`` and ``key.pem``.
    """

    name: str
    address: Address
    settings: Mapping[str, str] = field(default_factory=dict)
    clauses: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


def start_dovecot(space: Namespace, servers: Sequence[ImapServer], authority: trustme.CA) -> None:
    """Start an instance for each of *servers*, and wait until all greet on port 143.

    Where Dovecot is another version, the tests that need it are skipped.
    """
    version = space.run("dovecot", "--version").split()[0]
    if not version.startswith("2.3."):
        pytest.skip(f"the configuration is that of Dovecot 2.3, and this is {version}")
    for server in servers:
        folder = space.folder / f"dovecot-{server.name}"
        folder.mkdir()
        certificate = authority.issue_cert(server.name)
        chain = b"".join(part.bytes() for part in certificate.cert_chain_pems).decode()
        key = certificate.private_key_pem.bytes().decode()
        for name, text in {"chain.pem": chain, "key.pem": key, **server.files}.items():
            (folder / name).write_text(text)
        settings = "".join(f"{name} = {value}\n" for name, value in server.settings.items())
        inside = PUBLIC / folder.name
        text = _CONFIGURATION.format(
            folder=inside, address=server.address, settings=settings + server.clauses
        )
        (folder / "dovecot.conf").write_text(text)
        space.keep_log(folder / "log")
        space.start(folder.name, "dovecot", "-F", "-c", str(inside / "dovecot.conf"))
    _wait(space, servers)


def log_of(space: Namespace, server: ImapServer) -> str:
    """Return what Dovecot wrote about its clients."""
    return (space.folder / f"dovecot-{server.name}" / "log").read_text(errors="replace")


def _wait(space: Namespace, servers: Sequence[ImapServer]) -> None:
    asked = [
        {"server": str(server.address), "port": 143, "lines": [], "tries": 200}
        for server in servers
    ]
    answers = space.ask("ask_smtp.py", asked)
    silent = [one.name for one, said in zip(servers, answers, strict=True) if not said]
    assert not silent, f"nothing greets at {', '.join(silent)}"
