"""PostgreSQL: the only shared store."""
