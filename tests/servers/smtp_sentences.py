"""Sentences about mail servers, for the proof that each is judged as the server is."""

ACCEPTS = "SMTP port {port} of {host} accepts"
GREETS = "SMTP port {port} of {host} greets with its own name"
STARTTLS = "SMTP port {port} of {host} offers STARTTLS"
TLS12 = "SMTP port {port} of {host} offers TLS 1.2"
TLS13 = "SMTP port {port} of {host} offers TLS 1.3"
REFUSES_OLDER = "{{SMTP port {port} of {host} offers TLS 1.2: {{refuses_older: true}}}}"
PIPELINING = "SMTP port {port} of {host} offers PIPELINING"
SIZE = "SMTP port {port} of {host} offers SIZE of 10 MB"
BIG = "SMTP port {port} of {host} offers SIZE of 20 MB"
AUTH = "{{SMTP port {port} of {host} offers AUTH only after TLS: {{if_any: true}}}}"
VALID = "certificate of {host} port {port} is valid"
LASTS = "certificate of {host} port {port} lasts 14 days"
NAMES = "certificate of {host} port {port} names host"
THROUGHOUT = "IP {ip} is host {host} throughout"
POSTMASTER = "domain {domain} accepts mail for postmaster"
RELAY = "host {host} is not an open relay"
NOBODY = "domain {domain} accepts mail for nobody@{domain}"
OTHERWISE = "SMTP port {port} of other.{domain} accepts"

IN_NEED_OF_TLS = (STARTTLS, TLS12, TLS13, VALID, LASTS, NAMES)

OF_A_PORT = (ACCEPTS, GREETS, PIPELINING, SIZE, BIG, AUTH, *IN_NEED_OF_TLS)

ALL = (*OF_A_PORT, THROUGHOUT, POSTMASTER, NOBODY)
"""What is said of a server that takes mail on port 25."""
