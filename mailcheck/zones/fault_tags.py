"""What each tag of a :class:`~mailcheck.zones.fault.Fault` means, in the form of a check's page.

A tag may stand in both tables: whether such a fault keeps a zone from being loaded depends on where
it is. The words in quotes are what named and named-checkzone say.
"""

REFUSED = """
syntax: a line cannot be read, or a file that it includes cannot.
    Nothing of the zone is loaded, not even the lines that are right. A server that has an old copy
    goes on with it; one that is restarted answers SERVFAIL.
other-zone: the file that seems to be meant for the zone is that of another.
    A server that is told to serve the zone from it says "has 0 SOA records" and serves nothing of it.
    An origin, the SOA record or the name of the file is misspelt, or the wrong file is given.
no-soa: the zone has no SOA record.
    Nothing of the zone is served: "has 0 SOA records".
no-ns: the zone has no NS record of its own.
    Nothing of the zone is served: "has no NS records".
several-soas: the zone has several SOA records that differ.
    Nothing of the zone is served: "multiple RRs of singleton type".
soa-below-apex: a name below the zone's own has an SOA record.
    Nothing of the zone is served: "SOA record not at top of zone". Often an origin is missing, or
    two zones got into one file.
ns-without-address: a name server of the zone lies in the zone and has neither A nor AAAA there.
    Nothing of the zone is served: "has no address records (A or AAAA)". Nobody could reach that
    server by its name.
ns-is-alias: a name server of the zone lies in the zone and is an alias (CNAME, DNAME).
    Nothing of the zone is served: "is a CNAME (illegal)". Resolvers follow no alias on the way to a
    name server (RFC 2181 §10.3).
cname-and-other-data: a name has a CNAME record and others beside it.
    Nothing of the zone is served: "CNAME and other data". With an alias, all that is asked about the
    name is asked about its target, mail too, so the others would never be seen (RFC 1034 §3.6.2).
several-cnames: a name has several CNAME records that differ.
    Nothing of the zone is served: "multiple RRs of singleton type". One name has one alias.
several-dnames: a name has several DNAME records that differ.
    Nothing of the zone is served: "multiple RRs of singleton type" (RFC 6672 §2.4).
wildcard-ns: a wildcard has an NS record.
    Nothing of the zone is served: "invalid NS owner name (wildcard)" (RFC 4592 §4.2).
ds-at-apex: the zone has a DS record of its own name, or one that is read as such.
    Nothing of the zone is served: "DS record at top of zone". It belongs into the zone above.
obsolete-type: a record has a type that was given up long ago (MD, MF).
    Nothing of the zone is served: "obsolete". MX took their place (RFC 973).
meta-type: a record has a type that stands in messages only (ANY, AXFR, OPT).
    Nothing of the zone is served: "invalid use of a meta type".
rrset-too-big: the records of one name and type are more than 64 KiB together.
    Nothing of the zone is served: "ran out of space". No answer could hold them.
bad-nsec3-name: an NSEC3 record has an owner that is no hash.
    Nothing of the zone is served: "bad owner name (check-names)". Sign the zone anew.
unknown-nsec3-hash: NSEC3PARAM asks for a hash that no server knows.
    Nothing of the zone is served: "no supported nsec3 hash algorithm". SHA-1 (1) is the only one.
cds-without-key: CDS or CDNSKEY records name no DNSKEY of the zone, or ask for removal and more.
    Nothing of the zone is served: "CDS/CDNSKEY consistency checks failed". The zone above would
    publish a DS that nothing validates with (RFC 7344 §4.1).
"""
"""Faults for which no server loads the zone."""

WARNED = """
other-zone: the file is named after another zone than that of its SOA record, or holds a second.
    A server loads it for the zone that it is told. Whoever looks for the other zone does not find it.
mx-is-alias: a host that an MX record names is an alias (CNAME).
    RFC 5321 §5.1 forbids it. Most senders deliver all the same, some bounce; name the target of the
    alias instead. named: "is a CNAME (illegal)".
mx-without-address: a host that an MX record names lies in the zone and has no address there.
    Senders cannot deliver to it: "Host or domain name not found". Publish an A record for it.
mx-is-literal: an MX record names an address in the place of a host.
    Senders look for a host with that name, and find none. Give the address a name.
ns-without-address: a zone is delegated to a server of this zone, which has no address here.
    Resolvers have a server less, and none once it is the last. Publish an A record for it.
ns-is-alias: a zone is delegated to a server of this zone, which is an alias (CNAME, DNAME).
    Resolvers follow no alias on the way to a name server (RFC 2181 §10.3); name its target instead.
ns-is-literal: an NS record names an address in the place of a server.
    Resolvers look for a server with that name, and find none. Give the address a name.
missing-glue: a zone is delegated to a server that lies in it, and its address is not here.
    Resolvers cannot get there: the address stands behind the delegation. Put the A record of the
    server into this zone, as glue (RFC 1034 §4.2.1).
missing-sibling-glue: a zone is delegated to a server behind another delegation, without address.
    Resolvers ask the other zone for it, which takes longer, and never ends if that one needs the
    first. Put the A record of the server into this zone, as glue.
srv-is-alias: a host that an SRV record names is an alias (CNAME).
    RFC 2782 forbids it; some clients do not connect. Name the target of the alias instead.
srv-without-address: a host that an SRV record names lies in the zone and has no address there.
    Clients find the service and cannot connect. Publish an A record for it.
alias-to-nothing: an alias leads to a name that the zone does not have.
    Whoever asks for the alias is told that there is nothing, mail senders too.
trailing-dot: a name repeats the name of the zone, or ends twice, as when its last dot is missing.
    ``mail.example.com`` without a dot behind it is ``mail.example.com.example.com``. Senders and
    resolvers find nothing there. Put the dot behind the name.
txt-without-quotes: a policy (SPF, DMARC, DKIM) is in pieces or cut, as when its quotes are missing.
    Each word is a text of its own then, which receivers put together without spaces, and a
    semicolon begins a comment: there is no policy for them. Put the whole text in quotes.
hidden-data: records lie below a delegation or a DNAME, and are no glue.
    Nobody ever sees them: servers refer to the other zone, or to the other name.
out-of-zone-data: a record lies outside of the zone.
    Servers leave it out. A $ORIGIN or a trailing dot may be wrong; or it belongs into another file.
inner-wildcard: a name has an asterisk in the middle.
    It stands for itself there; only the first label is a wildcard (RFC 4592 §2.1.1).
ttl-differs: the records of one name and type have different TTLs.
    Servers give one to all, not each the same one (RFC 2181 §5.2).
ttl-too-long: a TTL is longer than 2147483647 seconds.
    Servers take it for 0, so nothing is cached (RFC 2181 §8).
too-many-records: a name has more than 100 records of one type.
    named 9.18.28 and later refuses such a zone unless max-records-per-type says otherwise.
too-many-types: a name has records of more than 100 types.
    named 9.18.28 and later refuses such a zone unless max-types-per-name says otherwise.
spf-without-txt: a name has an SPF record (type 99) and no policy in a TXT record.
    Receivers ask for TXT alone (RFC 7208 §3.1): there is no policy for them.
bad-host-name: a name that should be a host's has other characters than letters, digits and hyphens.
    named-checkzone warns; named refuses such a primary zone, "bad owner name (check-names)", unless
    its check-names says otherwise. Some mail servers do not look for such hosts at all.
bad-mailbox: the mailbox of SOA or RP is no mail address.
    Nobody who has trouble with the zone can write to its keeper. named refuses such a primary zone
    unless its check-names says otherwise.
many-nsec3-iterations: NSEC3PARAM asks for more than 150 iterations.
    Resolvers take the zone for one that is not signed, or fail on it (RFC 9276 §3.2).
unknown-nsec3-hash: NSEC3PARAM asks for a hash that no server knows, beside one that is known.
    Servers pass over it.
old-dnssec: a name has records of the first DNSSEC (NXT, RFC 2535).
    Nobody validates with them any more (RFC 3755): "old style DNSSEC zone detected".
wrong-hash-length: the hash of a TLSA or SMIMEA record is longer or shorter than its type's.
    No certificate matches it. A sender that goes by DANE does not deliver to the host if no other
    TLSA record matches (RFC 7672 §2.2). Something may be missing at its end.
weak-key: an RSA key of the zone has the exponent 3.
    Signatures by it are easier to forge. Make a new key.
"""
"""Faults that a zone is loaded with: most of what they are about does not work all the same."""
