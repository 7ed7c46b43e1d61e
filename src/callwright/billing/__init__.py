"""Money: what a tenant has, what calls hold and cost. The ledger is only ever added to."""
