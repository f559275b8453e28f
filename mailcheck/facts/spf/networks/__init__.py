"""Which addresses a record lets pass at all, how many they are, and how they drift."""
