"""TLS-RPT: the records that ask senders for reports about TLS (RFC 8460)."""
