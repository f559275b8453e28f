"""TLS connections of mail servers: handshakes, certificates, trust."""
