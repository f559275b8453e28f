"""Names for a hundred thousand questions, and the suites that ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = """\
$TTL 3600
@ IN SOA ns1.test. hostmaster.test. 1 3600 600 86400 300
@ IN NS ns1.test.
"""

ROOT_ZONE = _HEAD
"""The root, so that whoever asks for ``. SOA`` or a name under another top-level domain is told."""

AUDIT = (
    "domain has MX",
    "MX hosts resolve",
    "host mail.{domain} resolves",
    "host www.{domain} resolves",
    "EHLO name mail.{domain} resolves",
    "CNAME of autoconfig.{domain} is mail.{domain}",
    'TXT of {domain} includes "v=spf1"',
    'TXT of _dmarc.{domain} includes "v=DMARC1"',
    'TXT of _smtp._tls.{domain} includes "v=TLSRPTv1"',
    'TXT of mail._domainkey.{domain} includes "v=DKIM1"',
)
"""The ten sentences of an audit."""


def names(count: int) -> Iterator[str]:
    """Return the names of a suite that says one sentence about each."""
    return (f"d{number}.bench.test" for number in range(count))


def domains(count: int) -> Iterator[str]:
    """Return the domains of an audit: registered ones, right below the top-level domain."""
    return (f"a{number}.test" for number in range(count))


def served_zone(name_count: int, domain_count: int) -> str:
    """Return the zone ``test`` with everything the suites ask for."""
    lines = [_HEAD, "ns1 IN A 127.0.0.1\n"]
    for number, name in enumerate(names(name_count)):
        lines.append(f"{name}. MX 10 mail.{name}.\nmail.{name}. A {address(number)}\n")
    for number, domain in enumerate(domains(domain_count)):
        at = address(number)
        lines.append(
            f"{domain}. MX 10 mail.{domain}.\nmail.{domain}. A {at}\nwww.{domain}. A {at}\n"
            f"autoconfig.{domain}. CNAME mail.{domain}.\n"
            f'{domain}. TXT "v=spf1 mx -all"\n_dmarc.{domain}. TXT "v=DMARC1; p=reject"\n'
            f'_smtp._tls.{domain}. TXT "v=TLSRPTv1; rua=mailto:tls@{domain}"\n'
            f'mail._domainkey.{domain}. TXT "v=DKIM1; p="\n'
        )
    return "".join(lines)


def has_mx_suite(count: int) -> str:
    """Return a suite of *count* sentences, each written out."""
    return "mailcheck: 1\nchecks:\n" + "".join(f"- domain {n} has MX\n" for n in names(count))


def optioned_suite(count: int) -> str:
    """Return a suite whose sentences are mappings, with options of every shape."""
    options = (
        "    at_least: 1\n    severity: advised\n    tags: [nightly, dns]\n    note: by hand\n"
    )
    sentences = "".join(f"- domain {name} has MX:\n{options}" for name in names(count))
    return "mailcheck: 1\nchecks:\n" + sentences


def suite(sentences: Iterable[str]) -> str:
    """Return the suite that says *sentences* of each line of ``domains.txt``."""
    lines = "".join(f"  - {sentence}\n" for sentence in sentences)
    return "mailcheck: 1\nfor: {domain: {file: domains.txt}}\nchecks:\n" + lines


def address(number: int) -> str:
    """Return a public address: some sentences take no other."""
    return f"8.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
