"""Webhooks: what happens, told to addresses that a company names."""
