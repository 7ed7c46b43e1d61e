"""The telephone world: a SIP peer with a population of handsets, for demonstrations, tests, trying a script."""
