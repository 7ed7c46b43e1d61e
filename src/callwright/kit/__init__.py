"""What every room may use: time, identity, phone numbers, tables of rows, audio arithmetic, errors."""
