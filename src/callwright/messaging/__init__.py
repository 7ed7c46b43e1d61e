"""Short messages to customers: templates that the operator approves, and what is sent of them after calls."""
