"""Types of resources that have DNS records and are not read: a change of one is never passed over."""

from __future__ import annotations

import re

_RECORD = re.compile(
    r"(?:^|_)(?:records?|recordset|record_set|rrset|resource_record_set)"
    r"(?:_?v\d+)?$|_dns_\w*record|_record_[a-z]{1,5}$"
)
"""How providers call what has records: ``ns1_record``, ``gandi_livedns_record``,
``openstack_dns_recordset_v2``, ``desec_rrset``, ``infoblox_mx_record``."""

_OTHERS = frozenset(
    {
        "aws_eip_domain_name",
        "aws_route53_traffic_policy_instance",
        "cloudflare_load_balancer",
        "cloudflare_email_routing_dns",
        "cloudflare_email_routing_settings",
        "dnsmadeeasy_record",
        "hcloud_rdns",
        "linode_rdns",
        "namecheap_domain_records",
        "ns1_zone_file",
        "ultradns_rdpool",
        "vultr_reverse_ipv4",
    }
)
"""Types that are called otherwise, and publish or change records."""

_PRIVATE = re.compile(r"^azurerm_private_dns_")
_NO_DNS = re.compile(r"^(?:aws_route53domains_delegation_signer_record$|time_|random_|null_)")
WAY_OUT = (
    "leave it out of the plan (-target), or propose the zone as its provider exports it "
    "(zone:FILE) in the place of the plan"
)


def is_private(rdtype: str) -> bool:
    """Whether resources of the type have records that only some networks see."""
    return bool(_PRIVATE.match(rdtype))


def has_records(rdtype: str) -> bool:
    """Whether resources of the type have records, as far as its name tells."""
    return rdtype in _OTHERS or bool(_RECORD.search(rdtype) and not _NO_DNS.match(rdtype))
