"""The customer book, and reading customers from a spreadsheet."""
