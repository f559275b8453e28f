"""The checks: one file is one check, in folders by subject."""
