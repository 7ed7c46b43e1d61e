"""The phone network behind a port, with the engines that implement it."""
