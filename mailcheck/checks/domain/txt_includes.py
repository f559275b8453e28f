r"""A text is published at the name.

Requires
    One TXT record of the name holds the text: anywhere in it, or with ``whole`` from its first
    character to its last.

Why
    Providers (Google, Microsoft, Yahoo) believe that a domain is yours as long as they find their
    text in it, and policies are texts too. A zone that was copied by hand loses them first.

Met when
    The text occurs in one record. The strings of a record are put together with nothing between
    them, upper and lower case differ, and records are never read across. A text may be quoted the
    way zone files quote it: in ``TXT includes "v=spf1 " "-all"`` the strings are put together as
    those of a record are.

Unmet when
    no-such-domain: the name does not exist (NXDOMAIN).
        The provider finds nothing: ownership is not proven, the policy does not hold.
    no-txt: the name exists and has no TXT record.
        The provider finds nothing: ownership is not proven, the policy does not hold.
    text-missing: there are TXT records and the text is in none of them.
        The provider keeps the domain unverified, or withdraws what it verified before.
    refused-by-authority: all name servers of the name's zone refuse to answer for it.
        Resolvers say SERVFAIL; the text is as good as gone.

Advises when
    literal-quotes: the record that holds the text begins and ends with a quotation mark of its own.
        A control panel quoted what was quoted already; most readers then do not know the text.

Not judged here
    Whether a policy says what it should, or is published twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.existence import absence, remedy_of_absence
from mailcheck.facts.txt import Texts, as_published, txt_record
from mailcheck.finding import Advice, Finding, Reason, Remedy, any_holds, met, unmet
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot

POLICIES = ("v=spf1", "v=DMARC1", "v=STSv1", "v=TLSRPTv1")
"""What the policies begin with of which a name may publish one: two are as good as none."""

POLICY_NAMES = ("_dmarc.", "_mta-sts.", "_smtp._tls.")
"""What the names begin with that hold such a policy and nothing else."""

SHOWN = 80
"""Characters of the text that a reason repeats."""


@dataclass(frozen=True, slots=True)
class TxtIncludes:
    """The parameters of the sentence."""

    name: Domain = slot("the name whose TXT records are read", subjects=("domain",))
    text: str = slot("the text one of them must hold", subjects=())
    whole: bool = slot("whether the record must hold the text and nothing more", default=False)

    def __post_init__(self) -> None:
        if not as_published(self.text):
            raise ValueError("the text is empty, and so in every record; name what must be there")


async def judge(wanted: TxtIncludes) -> Finding:
    """Look for the text in each record."""
    found = await Texts(wanted.name)
    if gone := absence(found.answer):
        return Finding((gone,))
    if not found.texts:
        return unmet("no-txt", f"{to_u_labels(wanted.name)} has no TXT record")
    text = as_published(wanted.text)
    holding = [t for t in found.texts if (t == text if wanted.whole else text in t)]
    if not holding:
        missing = unmet("text-missing", _missing(wanted, text, found.texts))
        return any_holds((missing, *found.answer.unread))
    if all(t[:1] == t[-1:] == b'"' for t in holding):
        about = "the record begins and ends with a quotation mark that is part of the text"
        return met(Advice("literal-quotes", about))
    return met()


def _missing(wanted: TxtIncludes, text: bytes, texts: tuple[bytes, ...]) -> str:
    """Say how many records lack *text*, and what comes closest to it."""
    shown = visible(text.decode("utf-8", "replace"), SHOWN)
    count = "the TXT record" if len(texts) == 1 else f"each of the {len(texts)} TXT records"
    said = f"{count} of {to_u_labels(wanted.name)} lacks {shown}"
    if any(text in t for t in texts):
        return f"{said} as its whole text; one holds it and more"
    if any(text.lower() in t.lower() for t in texts):
        return f"{said}; one holds it in other upper and lower case"
    return said


def remedy(wanted: TxtIncludes, reason: Reason) -> Remedy:
    """The record to publish."""
    text = as_published(wanted.text)
    record = txt_record(wanted.name, text)
    if absent := remedy_of_absence(reason, wanted.name, record):
        return absent
    if policy := next((p for p in POLICIES if text.startswith(p.encode())), ""):
        one = f"Complete, and in place of any other record that begins with {policy}:"
        return Remedy((record,), one)
    if reason.tag == "text-missing" and wanted.name.startswith(POLICY_NAMES):
        shown = visible(text.decode("utf-8", "replace"), SHOWN)
        where = "the record that is there: two are as good as none"
        return Remedy(instruction=f"Put {shown} into {where}.")
    beside = "Beside the other TXT records; complete it if it is part of a policy:"
    return Remedy((record,), beside)


CHECK = check(
    __doc__,
    template="TXT [of {name}] includes {text}",
    parameters=TxtIncludes,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1035 §3.3.14", "RFC 7208 §3.3"),
    examples=(
        Example(
            "one of several records proves ownership",
            "TXT of example.com includes google-site-verification=abc123",
            (told("example.com TXT", '"v=spf1 -all" | "google-site-verification=abc123"'),),
            ends="met",
        ),
        Example(
            "a long text, published in two strings",
            'TXT of _dmarc.example.com includes "p=reject; rua="',
            (told("_dmarc.example.com TXT", '"v=DMARC1; p=rej" "ect; rua=mailto:d@example.com"'),),
            ends="met",
        ),
        Example(
            "the old zone's text was not copied",
            "TXT of example.com includes MS=ms12345678",
            (told("example.com TXT", '"v=spf1 -all"'),),
            ends="text-missing",
        ),
        Example(
            "a resolver that does not answer",
            "TXT of example.com includes MS=ms12345678",
            (told("example.com TXT", "TIMEOUT"),),
            ends="inconclusive: timeout",
        ),
    ),
)
