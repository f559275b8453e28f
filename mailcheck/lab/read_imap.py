"""Reading what hosts of a ``lab.yml`` do on ports of IMAP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.lab.imap_script import STAGES, ImapScript, Words, is_tagged
from mailcheck.lab.smtp_script import CLOSES, SILENT, Step
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from mailcheck.lab.imap_script import ImapBehaviour
    from mailcheck.lab.lab_file import LabFile

_BEHAVIOURS = ("accepts", "refused", "silent", "closes")
_STEPS = {"silent": SILENT, "closes": CLOSES}
_A_RESPONSE = (
    'expected a response such as OK done, a list of its lines ("* CAPABILITY IMAP4rev1", OK), '
    "or one of silent, closes"
)


def read_imap_behaviour(file: LabFile, host: str, node: Node) -> ImapBehaviour | None:
    """Read a word, a greeting, or the stages of a session."""
    if isinstance(node, Mapping):
        keys = file.problems.keys(node, STAGES, f'the script of host "{host}"')
        steps = {stage: _step(file, value, stage) for stage, value in keys.items()}
        return ImapScript(host, {stage: step for stage, step in steps.items() if step is not None})
    if isinstance(node, Sequence) or is_tagged(node.text):
        greeting = _step(file, node, "greeting")
        return ImapScript(host, {"greeting": greeting}) if greeting is not None else None
    word = file.choice(node, f'the behaviour of host "{host}"', _BEHAVIOURS)
    if word == "refused":
        return "refused"
    if word is None:
        return None
    return ImapScript(host, {"greeting": _STEPS[word]} if word in _STEPS else {})


def _step(file: LabFile, node: Node, stage: str) -> Words | Step | None:
    """Read what the host does at a stage: a word, a response, or the octets as they are."""
    if isinstance(node, Mapping):
        keys = file.problems.keys(node, ("raw",), f'stage "{stage}"')
        raw = file.problems.scalar(keys["raw"], '"raw"') if "raw" in keys else None
        return Step(raw.text.encode("latin-1", "replace")) if raw is not None else None
    if isinstance(node, Scalar) and node.text in _STEPS:
        return _STEPS[node.text]
    lines = file.problems.scalars(node, f'stage "{stage}"')
    for line in lines:
        if not is_tagged(line.text) and line.text[:2] not in ("* ", "+ "):
            what = f'"{line.text}" is no line of a response'
            file.problems.add(line.place, what, _A_RESPONSE)
            return None
    return Words(tuple(line.text for line in lines)) if lines else None
