"""What a receiver makes of a record for one client: ``check_host()`` (RFC 7208 §4)."""
