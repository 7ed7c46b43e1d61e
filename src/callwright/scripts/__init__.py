"""Scripts and their versions; the demo's script lies in ``demo/``."""
