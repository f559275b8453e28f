"""Lists of every kind, as rbldnsd publishes them and as a project describes its own."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from .judging import Judged, judge, live
from .rbldnsd import DataSet, start_rbldnsd
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.names import Address

    from .namespace import Namespace

LISTS = ipaddress.IPv4Address("192.0.2.54")
DEAD = ipaddress.IPv4Address("192.0.2.55")
"""The server of one of them, to which there is no way."""

LABELS = ("names", "bits", "ip6", "refusing", "gone", "sold", "expired", "unserved")
"""Lists that are delegated to rbldnsd; the last one it does not have."""

DECLARED = """\
blocklists: 1
lists:
  # Elsewhere in this story: all lists of domains that receivers ask freely, but one.
  dbl.spamhaus.org: &elsewhere {operator: elsewhere, state: 'defunct 2026, in this story'}
  multi.surbl.org: *elsewhere
  multi.uribl.com: *elsewhere
  names.example:
    operator: Ours
    takes: domain
    codes:
      127.0.1.2: abuse, domains of spammers
      127.0.1.100-127.0.1.199: neutral, seen once
    default: yes
  bits.example:
    operator: Ours
    takes: ip4
    base: 127.1.0.0
    bits: {1: 'spam, RBL', 2: 'dynamic, DUL', 128: 'neutral, seen'}
"""

_APEX = "$SOA 300 ns.example. hostmaster.example. 1 600 300 86400 300\n"

SETS = (
    # What the list behind DUL is made of: one set for what an address did, one for what it is.
    DataSet(
        "zen.spamhaus.org",
        "ip4set",
        _APEX + "127.0.0.2 :127.0.0.2:\n203.0.113.29 :127.0.0.2:SBL\n203.0.113.30 :127.0.0.4:XBL\n"
        "203.0.113.31 :127.0.0.5:of old\n203.0.113.42 :127.0.0.3:CSS\n203.0.113.45 :127.0.0.9:DROP\n"
        "203.0.113.67 :127.0.0.2:SBL\n",
    ),
    DataSet(
        "zen.spamhaus.org",
        "ip4set",
        "127.0.0.2 :127.0.0.10:\n203.0.113.27 :127.0.0.10:PBL\n203.0.113.28 :127.0.0.11:PBL\n"
        "203.0.113.30 :127.0.0.10:PBL\n203.0.113.40 :127.0.0.11:PBL\n203.0.113.43-44 :127.0.0.10:PBL\n"
        "203.0.113.66 :127.0.0.10:PBL\n203.0.113.68 :127.0.0.10:PBL\n",
    ),
    DataSet("zen.spamhaus.org", "ip6trie", "::ffff:7f00:2\n2001:db8::29 :127.0.0.11:PBL\n"),
    DataSet(
        "names.example",
        "dnset",
        _APEX + ":127.0.1.2:spammer\ntest\nbad.example.com\n.wide.example.com\n"
        "odd.example.com :127.0.1.7:\n",
    ),
    DataSet("names.example", "dnset", ":127.0.1.150:once\nbad.example.com\nseen.example.com\n"),
    DataSet(
        "bits.example",
        "ip4set",
        _APEX + "127.0.0.2 :127.1.0.2:\n203.0.113.32 :127.1.0.1:\n203.0.113.33 :127.1.0.2:\n"
        "203.0.113.34 :127.1.0.3:\n203.0.113.35 :127.1.0.128:\n203.0.113.36 :127.1.0.4:\n",
    ),
    DataSet(
        "ip6.example",
        "ip6trie",
        _APEX + "::ffff:7f00:2\n2001:db8::bad:0/112 :127.0.0.2:bad\n!2001:db8::bad:27\n",
    ),
    # Lists that say the same of everybody: an error, gone, for sale.
    *(
        DataSet(zone, format_, apex + f"{everybody} :{code}:\n")
        for zone, code in (
            ("refusing.example", "127.255.255.254"),
            ("gone.example", "127.0.0.2"),
            ("sold.example", "203.0.113.99"),
        )
        for format_, apex, everybody in (("ip4trie", _APEX, "0.0.0.0/0"), ("ip6trie", "", "::/0"))
    ),
    DataSet("expired.example", "ip4set", _APEX + "$TIMESTAMP 2001:01:01 2001:01:02\n127.0.0.2\n"),
)


def publish_lists(space: Namespace) -> None:
    """Start the server of the lists."""
    space.add_addresses((LISTS,))
    start_rbldnsd(space, LISTS, SETS)
    wait_for_dns(space, (LISTS,))


def judge_with_lists(
    space: Namespace, resolver: Address, sentences: Iterable[str]
) -> dict[str, Judged]:
    """Judge each sentence in a project that describes the lists."""
    said = list(dict.fromkeys(sentences))
    project = space.folder / "project"
    project.mkdir()
    (project / "pytest.ini").write_text("[pytest]\nmail_blocklists = lists.yml\n")
    (project / "lists.yml").write_text(DECLARED)
    suite = project / "mail.yml"
    checks = "".join(f"  - {sentence}\n" for sentence in said)
    suite.write_text(f"mailcheck: 1\nchecks:\n{checks}")
    return dict(zip(said, judge(space, live([resolver]), str(suite)), strict=True))
