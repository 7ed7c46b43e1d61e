"""Ways to reach somebody outside who is no customer on the phone."""
