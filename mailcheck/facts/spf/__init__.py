"""What the Sender Policy Framework (RFC 7208) says of a domain and of those who send in its name."""
