"""Fixtures, one module a matter."""

pytest_plugins = ["tests.fixtures_db", "tests.fixtures_speech"]
