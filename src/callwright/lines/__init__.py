"""Lines: the ways into the phone network."""
