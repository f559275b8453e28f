"""Reading the hosts of a ``lab.yml``, which speak SMTP, IMAP and HTTPS."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from mailcheck.lab.certificates import HostCertificate
from mailcheck.lab.description import Host
from mailcheck.lab.read_https import read_https_behaviour
from mailcheck.lab.read_imap import read_imap_behaviour
from mailcheck.lab.read_recipients import read_recipients
from mailcheck.lab.smtp_script import CLOSES, SILENT, STAGES, Script, Step, reply
from mailcheck.names import Port
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.lab.certificates import Signer
    from mailcheck.lab.https_script import HttpsBehaviour
    from mailcheck.lab.imap_script import ImapBehaviour
    from mailcheck.lab.lab_file import LabFile
    from mailcheck.lab.smtp_script import Behaviour

HOST_KEYS = ("address", "smtp", "imap", "https", "certificate", "recipients")

CERTIFICATE_KEYS = ("names", "days", "signed_by")

_BEHAVIOURS = ("accepts", "refused", "silent", "closes")
_STEPS = {"silent": SILENT, "closes": CLOSES}
_DAYS = re.compile(r"-?[0-9]{1,4}", re.ASCII)
_LINE = re.compile(r"([2-5][0-9][0-9])(?:[ -](.*))?")
_A_REPLY = (
    "expected a reply such as 220 mail.example.com ESMTP, a list of its lines, "
    "or one of silent, closes"
)


def read_hosts(file: LabFile, node: Node | None) -> Iterator[Host]:
    """Read ``hosts``."""
    for name, keys in file.entries(node, "host", HOST_KEYS):
        addresses = file.addresses((name, keys), "host", "SMTP")
        ports = dict(_ports(file, name.text, keys["smtp"])) if "smtp" in keys else {}
        if "recipients" in keys:
            ports = _for_recipients(file, name.text, keys, ports)
        taken: dict[int, str] = dict.fromkeys(ports, "SMTP")
        imap = dict(_imap_ports(file, name.text, keys["imap"], taken)) if "imap" in keys else {}
        taken |= dict.fromkeys(imap, "IMAP")
        web = dict(_https_ports(file, name.text, keys["https"], taken)) if "https" in keys else {}
        certificate = None
        if "certificate" in keys:
            certificate = _certificate(file, name.text, keys["certificate"])
        yield Host(name.text, addresses, ports, certificate, imap, web)


def _certificate(file: LabFile, host: str, node: Node) -> HostCertificate | None:
    """Read ``certificate``: the names it is for, or a mapping that says more."""
    if not isinstance(node, Mapping):
        named = file.problems.scalars(node, '"certificate"')
        return HostCertificate(tuple(name.text for name in named)) if named else None
    keys = file.problems.keys(node, CERTIFICATE_KEYS, f'the certificate of host "{host}"')
    names = file.problems.scalars(keys["names"], '"names"') if "names" in keys else None
    made = HostCertificate(tuple(name.text for name in names) if names else (host,))
    if "days" in keys and (days := file.problems.scalar(keys["days"], '"days"')):
        if not _DAYS.fullmatch(days.text):
            file.problems.add(
                days.place,
                f'"{days.text}" is no number of days',
                "expected such as 90, or -3 for one that has ended",
            )
        else:
            made = replace(made, days=int(days.text))
    if "signed_by" in keys:
        signer = file.choice(keys["signed_by"], "the signer", ("lab", "itself", "stranger"))
        made = replace(made, signed_by=cast("Signer", signer or "lab"))
    return made


def _ports(file: LabFile, host: str, node: Node) -> Iterator[tuple[int, Behaviour]]:
    """Read ``smtp``: what the host does on each port."""
    for key, value in _entries(file, host, node, ("smtp", 25)):
        behaviour = _behaviour(file, host, value)
        port = _port(file, key, 25)
        if behaviour is not None and port is not None:
            yield port, behaviour


def _imap_ports(
    file: LabFile, host: str, node: Node, taken: dict[int, str]
) -> Iterator[tuple[int, ImapBehaviour]]:
    """Read ``imap``: what the host does on each port that is not *taken*."""
    for key, value in _entries(file, host, node, ("imap", 993)):
        behaviour = read_imap_behaviour(file, host, value)
        port = _free_port(file, host, key, 993, taken)
        if behaviour is not None and port is not None:
            yield port, behaviour


def _https_ports(
    file: LabFile, host: str, node: Node, taken: dict[int, str]
) -> Iterator[tuple[int, HttpsBehaviour]]:
    """Read ``https``: what the host serves on each port that is not *taken*."""
    for key, value in _entries(file, host, node, ("https", 443)):
        behaviour = read_https_behaviour(file, host, value)
        port = _free_port(file, host, key, 443, taken)
        if behaviour is not None and port is not None:
            yield port, behaviour


def _free_port(
    file: LabFile, host: str, key: Scalar, usual: int, taken: dict[int, str]
) -> int | None:
    port = _port(file, key, usual)
    if port in taken:
        what = f'port {port} of host "{host}" speaks {taken[port]} already'
        file.problems.add(key.place, what, "expected another port")
        return None
    return port


def _for_recipients(
    file: LabFile, host: str, keys: dict[str, Node], ports: dict[int, Behaviour]
) -> dict[int, Behaviour]:
    """Read ``recipients``, and return *ports* with them; some port has to answer RCPT by them."""
    node = keys["recipients"]
    recipients = read_recipients(file, host, node)
    asked = [p for p, how in ports.items() if how != "refused" and "rcpt" not in how.steps]
    if not asked and (ports or "smtp" not in keys):
        what = f'"recipients" of host "{host}" decide nothing: no port takes RCPT by them'
        file.problems.add(node.place, what, "expected smtp: {25: accepts}, or no recipients")
    return {
        port: how if how == "refused" else replace(how, recipients=recipients)
        for port, how in ports.items()
    }


def _entries(
    file: LabFile, host: str, node: Node, usual: tuple[str, int]
) -> tuple[tuple[Scalar, Node], ...]:
    """Return ports and what stands behind them; *usual* are the key and a port of its own."""
    if isinstance(node, Mapping):
        return node.entries
    what = f'"{usual[0]}" of host "{host}" is not a mapping of ports'
    file.problems.add(node.place, what, f"expected {{{usual[1]}: accepts}}")
    return ()


def _port(file: LabFile, key: Scalar, usual: int) -> int | None:
    try:
        return int(Port.parse(key.text))
    except ValueError as error:
        file.problems.add(key.place, str(error), f"expected such as {usual}")
        return None


def _behaviour(file: LabFile, host: str, node: Node) -> Behaviour | None:
    """Read a word, a greeting, or the stages of a session."""
    if isinstance(node, Mapping):
        keys = file.problems.keys(node, STAGES, f'the script of host "{host}"')
        steps = {stage: _step(file, value, stage) for stage, value in keys.items()}
        return Script(host, {stage: step for stage, step in steps.items() if step is not None})
    if isinstance(node, Sequence) or _LINE.fullmatch(node.text):
        greeting = _step(file, node, "greeting")
        return Script(host, {"greeting": greeting}) if greeting is not None else None
    word = file.choice(node, f'the behaviour of host "{host}"', _BEHAVIOURS)
    if word == "refused":
        return "refused"
    if word is None:
        return None
    return Script(host, {"greeting": _STEPS[word]} if word in _STEPS else {})


def _step(file: LabFile, node: Node, stage: str) -> Step | None:
    """Read what the host does at a stage: a word, a reply, or the octets it sends as they are."""
    if isinstance(node, Mapping):
        keys = file.problems.keys(node, ("raw",), f'stage "{stage}"')
        raw = file.problems.scalar(keys["raw"], '"raw"') if "raw" in keys else None
        return Step(raw.text.encode("latin-1", "replace")) if raw is not None else None
    if isinstance(node, Scalar) and node.text in _STEPS:
        return _STEPS[node.text]
    lines = file.problems.scalars(node, f'stage "{stage}"')
    return _reply(file, lines) if lines else None


def _reply(file: LabFile, lines: tuple[Scalar, ...]) -> Step | None:
    """Read the lines of a reply; the code may be left out after the first one."""
    first = _LINE.fullmatch(lines[0].text)
    if first is None:
        file.problems.add(lines[0].place, f'"{lines[0].text}" has no reply code', _A_REPLY)
        return None
    code = first[1]
    texts = [first[2] or ""]
    for line in lines[1:]:
        again = _LINE.fullmatch(line.text)
        texts.append((again[2] or "") if again is not None and again[1] == code else line.text)
    return reply(int(code), *texts)
