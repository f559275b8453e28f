"""Reading whom hosts of a ``lab.yml`` take mail for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.lab.recipients import Recipients
from mailcheck.mailboxes import Mailbox
from mailcheck.names import Domain
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence, describe

if TYPE_CHECKING:
    from mailcheck.lab.lab_file import LabFile


def read_recipients(file: LabFile, host: str, node: Node) -> Recipients | None:
    """Read ``recipients``: mailboxes, and ``@domain`` for everybody in a domain; ``[]`` is nobody."""
    if isinstance(node, Sequence) and not node.items:
        return Recipients()
    subject = f'"recipients" of host "{host}"'
    if isinstance(node, Mapping) or (isinstance(node, Scalar) and node.empty):
        expected = "expected [postmaster@example.com], or [] for a host that only sends"
        file.problems.add(node.place, f"{subject} is {describe(node)}", expected)
        return None
    written = file.problems.scalars(node, subject)
    read = [_recipient(file, one) for one in written]
    known = [name for name in read if name is not None]
    return Recipients(
        frozenset(name for name in known if name[0] != "@"),
        frozenset(name[1:] for name in known if name[0] == "@"),
    )


def _recipient(file: LabFile, written: Scalar) -> str | None:
    """Return a mailbox, or a domain behind its @, in small letters."""
    text = written.text
    try:
        if text.startswith("@"):
            return f"@{Domain.parse(text[1:])}"
        mailbox = Mailbox.parse(text)
    except ValueError as error:
        file.problems.add(written.place, str(error), _expected("example.com"))
        return None
    if not mailbox.domain:
        meant = mailbox if "." in mailbox else "example.com"
        file.problems.add(written.place, f'"{text}" has no @', _expected(meant))
        return None
    return mailbox.lower()


def _expected(domain: str) -> str:
    return f'expected such as postmaster@{domain}, or "@{domain}" (in quotes) for everybody there'
