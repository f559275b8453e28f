"""Many queries at once over UDP: sockets, timers and windows, a channel for each server."""
