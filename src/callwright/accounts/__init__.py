"""Tenants, the people who work for them, what their role may do, and who is signed in."""
