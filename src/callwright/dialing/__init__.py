"""What to dial next and what an outcome means: pure functions of facts and ``now``."""
