"""``mailcheck lock spf``: what SPF lets pass is listed, compared with the lock there is, written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mailcheck.cli.configuration import as_typed, configured, project
from mailcheck.errors import Place, Problem, SourceError, UsageError
from mailcheck.evidence import visible
from mailcheck.facts.spf.networks.amount import broken
from mailcheck.facts.spf.networks.drift import differences
from mailcheck.facts.spf.networks.lock import SpfLock, told_key
from mailcheck.facts.spf.networks.networks import SpfNetworks
from mailcheck.names import Domain, to_u_labels
from mailcheck.question import Unobserved
from mailcheck.run import Run
from mailcheck.source.documents import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailcheck.facts.spf.networks.authorised import SpfNetworksFact

WRITTEN, NO_RECORD, WRONG, UNKNOWN = range(4)
"""What comes of one domain, as exit statuses say it."""

_BY_WEIGHT = (WRONG, NO_RECORD, UNKNOWN, WRITTEN)


def lock_spf(domains: Sequence[str], output: Path | None, given: Mapping[str, Any]) -> int:
    """Write the locks of *domains* with the options *given*, and return the exit status.

    Raises:
        MailcheckError: if a domain, an option or a lab cannot be used.
    """
    named = list(dict.fromkeys(map(_domain, domains)))
    if output is not None and len(named) > 1:
        raise UsageError("--output names one file, and every domain has its own lock")
    if output is not None and not output.parent.is_dir():
        folder = output.parent.as_posix()
        raise UsageError(f"--output: there is no folder {folder!r}; make it, or name another file")
    here = Path.cwd()
    ini = project(here)
    run = Run(configured(given, ini, here), root=ini.root)
    try:
        found = run.learn([SpfNetworks(domain) for domain in named], here)
    finally:
        run.close()
    results = {
        _lock(domain, fact, output or Path(f"spf-{domain}.lock"))
        for domain, fact in zip(named, found, strict=True)
    }
    return next(result for result in _BY_WEIGHT if result in results)


def _domain(text: str) -> Domain:
    try:
        return Domain.parse(text)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _lock(domain: Domain, fact: SpfNetworksFact | Unobserved, path: Path) -> int:
    """Write the lock of one domain, and say what came of it."""
    unknown = fact if isinstance(fact, Unobserved) else fact.unknown
    if isinstance(fact, Unobserved) or unknown:
        why = ": ".join(filter(None, (unknown.cause, unknown.text))) if unknown else ""
        _complain(f"{to_u_labels(domain)}: could not be found out: {as_typed(why)}")
        return UNKNOWN
    if faults := broken(fact, domain):
        for fault in faults:
            _complain(f"{to_u_labels(domain)}: nothing to lock: {fault.text}")
        return NO_RECORD
    lock = SpfLock.of(domain, fact, path.name)
    try:
        before = _before(path, domain)
    except SourceError as error:
        _complain(str(error))
        _complain(f"{path}: not written, as it would replace a file that is no lock of {domain}")
        return WRONG
    if before is not None and before.lines == lock.lines:
        _say(f"{path}: unchanged, {_amount(lock)}")
        return WRITTEN
    write(path, lock.text())
    _say(f"{path}: {'written' if before is None else 'changed'}, {_amount(lock)}")
    for sign, (key, line) in differences(before, lock) if before else ():
        _say(f"  {sign} {line}  {told_key(key)}")
    if before is None:
        for key, term in lock.terms:
            _say(f"  nobody can list whom this lets pass: {term}  {told_key(key)}")
    return WRITTEN


def _before(path: Path, domain: Domain) -> SpfLock | None:
    """Return the lock that is at *path*; None if nothing is.

    Raises:
        SourceError: if something else is there.
    """
    if not os.path.lexists(path):
        return None
    lock = SpfLock.of_file(path.name, read_text(path, path.as_posix()), path.as_posix())
    if lock.domain != domain:
        what = f"this is the lock of {lock.domain}"
        raise SourceError([Problem(Place(path.as_posix(), 1), what)])
    return lock


def write(path: Path, text: str) -> None:
    """Put *text* into the file at *path*, whole or not at all; it keeps its permissions.

    Raises:
        OSError: if that cannot be done.
    """
    target = path.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _amount(lock: SpfLock) -> str:
    count = len(lock.networks)
    return f"{count} network{'' if count == 1 else 's'}"


def _say(text: str) -> None:
    click.echo(visible(text, 1000))


def _complain(text: str) -> None:
    for line in text.split("\n"):
        click.echo(visible(line, 1000), err=True)
