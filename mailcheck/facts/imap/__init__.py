"""What IMAP servers say to a client that does not log in."""
