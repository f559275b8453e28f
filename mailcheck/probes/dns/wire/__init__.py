"""Messages as octets (RFC 1035 §4): what is asked, what matches it, and what it says."""
