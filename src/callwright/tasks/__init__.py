"""Call tasks: their customers, their state, and every dialling of theirs."""
