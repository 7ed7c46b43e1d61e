"""Routes, one module a feature: each opens a transaction, calls a service, shows what it hands out."""
