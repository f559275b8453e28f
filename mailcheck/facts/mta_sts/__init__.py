"""MTA-STS: what a domain declares about TLS of its mail exchangers (RFC 8461)."""
