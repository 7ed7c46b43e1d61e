"""What is said next: scripts as graphs, played by a pure step."""
