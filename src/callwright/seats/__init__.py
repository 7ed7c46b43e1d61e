"""AI seats: how many calls a tenant's AI may hold at once."""
