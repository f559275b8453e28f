"""An SPF record as text: its grammar (RFC 7208 §4.6, §5 to 7, §12), and how one is written."""
