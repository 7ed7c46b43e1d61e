"""What every room may use: time, identity, phone numbers, secrets, tables of rows, errors."""
