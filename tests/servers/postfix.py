"""Postfix as the SMTP hosts of a story: one instance, a service at each address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .namespace import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mailcheck.names import Address

    from .namespace import Namespace

RECIPIENT = "postmaster@receiver.example"
"""To whom every receiver takes mail."""

_INSIDE = PUBLIC / "postfix"

_MAIN = f"""\
compatibility_level = 3.6
queue_directory = {_INSIDE}/queue
data_directory = {_INSIDE}/data
maillog_file = {_INSIDE}/mail.log
maillog_file_prefixes = {_INSIDE}
mydestination = {RECIPIENT.partition("@")[2]}
virtual_mailbox_domains = %s
mynetworks =
local_recipient_maps =
alias_maps =
smtpd_error_sleep_time = 0
in_flow_delay = 0
"""

_MASTER = """\
postlog    unix-dgram n  -  n  -  1  postlogd
rewrite    unix  -  -  n  -  -  trivial-rewrite
cleanup    unix  n  -  n  -  0  cleanup
tlsmgr     unix  -  -  n  1000? 1  tlsmgr
anvil      unix  -  -  n  -  1  anvil
"""

_OWN = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where Postfix takes mail as the host *name*, and how its ``main.cf`` differs.

    In the log it stands under that name. With ``screen``, settings of postscreen(8), that comes
    first; it does so for one receiver at most.
    """

    name: str
    address: Address
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = 25
    screen: Mapping[str, str] | None = None


def start_postfix(
    space: Namespace, receivers: Sequence[Receiver], domains: Iterable[str] = (), *, more: str = ""
) -> None:
    """Start one instance for all *receivers*, with *more* services.

    Those with mailboxes take mail for *domains* as well.
    """
    folder = space.folder / "postfix"
    _make_queue(space, folder)
    (folder / "main.cf").write_text(_MAIN % ", ".join(domains))
    (folder / "master.cf").write_text(_MASTER + "".join(map(_service, receivers)) + more)
    space.keep_log(folder / "mail.log")
    space.start("postfix", f"{_daemons(space)}/master", "-d", "-c", str(_INSIDE))


def _service(receiver: Receiver) -> str:
    address = receiver.address
    where = f"[{address}]" if address.version == 6 else str(address)
    named = {"myhostname": receiver.name, "syslog_name": receiver.name}
    settings = {**named, **receiver.settings}
    listens = f"{where}:{receiver.port}  inet  n  -  n  -"
    if receiver.screen is None:
        return f"{listens}  -  smtpd\n{_options(settings)}"
    return (
        f"{listens}  1  postscreen\n{_options({**named, **receiver.screen})}"
        f"smtpd  pass  -  -  n  -  -  smtpd\n{_options(settings)}"
    )


def _options(settings: Mapping[str, str]) -> str:
    return "".join(f"  -o {{ {key} = {value} }}\n" for key, value in settings.items())


def _make_queue(space: Namespace, folder: Path) -> None:
    queue = folder / "queue"
    (queue / "pid").mkdir(parents=True)
    (queue / "public").mkdir()
    owned = [*(queue / name for name in _OWN), folder / "data"]
    for place in owned:
        place.mkdir(mode=0o700)
    space.run("chown", "postfix", *map(str, owned))
    space.run("chown", "postfix:postdrop", str(queue / "public"))


def _daemons(space: Namespace) -> str:
    """Return where this distribution keeps Postfix's daemons."""
    return space.run("postconf", "-dh", "daemon_directory").strip()
