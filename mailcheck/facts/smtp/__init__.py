"""SMTP sessions, and what they show of a host: replies, service, names."""
