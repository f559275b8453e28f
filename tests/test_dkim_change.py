"""A change that removes a selector is stopped before anybody's signatures fail."""

from __future__ import annotations

import pytest

from mailcheck.plugin import collect, reports
from tests import dkim_keys as keys

LOADED = (collect, reports)
"""pytester forgets every module that a session inside the process imported."""

ZONE = f"""\
$TTL 3600
@ SOA ns1 hostmaster %d 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.53
s1._domainkey TXT "v=DKIM1; k=ed25519; p={keys.ED25519}"
old._domainkey TXT "v=DKIM1; k=ed25519; p={keys.ED25519}"
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
"""

SUITE = f"""\
mailcheck: 1
title: Signatures of example.com
for: {{domain: example.com}}
checks:
  - DKIM key s1 is valid
  - DKIM key s1 is {keys.ED25519_FINGERPRINT}
  - DKIM key old is revoked
  - TLS-RPT is valid
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with a suite, the lab it is judged in, and the zone as it is to be."""
    zone = (ZONE % 1).replace("\n", "\n        ")
    suites = pytester.mkdir("suites")
    (suites / "mail.yml").write_text(SUITE, "utf-8")
    (suites / "lab.yml").write_text(
        "lab: 1\nservers:\n  ns1.example.com:\n    address: 192.0.2.53\n    zones:\n"
        f"      example.com: |\n        {zone}\n",
        "utf-8",
    )
    pytester.makeini("[pytest]\nmail_lab = auto\n")
    return pytester


def proposed(project: pytest.Pytester, zone: str) -> pytest.LineMatcher:
    """Return what the suite comes to after a change, compared with before."""
    (project.path / "example.com.zone").write_text(zone, "utf-8")
    options = ["--mail-proposed=example.com.zone", "--mail-compare", "-rA", "-p", "no:xdist"]
    return project.runpytest("suites", *options).stdout


def test_a_selector_that_is_removed(project: pytest.Pytester) -> None:
    zone = (ZONE % 2).splitlines()
    gone = proposed(project, "\n".join(line for line in zone if not line.startswith("s1")) + "\n")
    gone.fnmatch_lines(
        [
            "suites/mail.yml:5:5  DKIM key s1 of example.com is valid *unmet: no-record",
            "*proposed*",
            "suites/mail.yml:6:5  DKIM key s1 of example.com is SHA256:*unmet: no-record",
            "PASSED suites/mail.yml::TLS-RPT of example.com is valid",
        ]
    )


def test_a_key_that_is_revoked_and_one_that_is_cut(project: pytest.Pytester) -> None:
    old = f'old._domainkey TXT "v=DKIM1; k=ed25519; p={keys.ED25519}'
    zone = (ZONE % 2).replace(old, 'old._domainkey TXT "v=DKIM1; p=')
    proposed(project, zone.replace(keys.ED25519, keys.ED25519[:20])).fnmatch_lines(
        [
            "suites/mail.yml:5:5  DKIM key s1 of example.com is valid *unmet: invalid-key",
            "suites/mail.yml:6:5  DKIM key s1 of example.com is SHA256:*unmet: unreadable-key",
            "*the change repairs what was unmet: still-published*",
            "PASSED suites/mail.yml::DKIM key old of example.com is revoked",
        ]
    )
