"""IMAP servers, as mail programs meet them."""
