"""Stand-ins for what lies behind the ports, in simulated time."""
