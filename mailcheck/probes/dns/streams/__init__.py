"""Queries over TCP, TLS and HTTPS: who waits for a stream, and what goes over one."""
