"""DMARC: policy records, where they are found, and what they say about a sender (RFC 9989, 9990)."""
