"""Short messages by SMPP 3.4 (Short Message Peer to Peer Protocol Specification v3.4, 12-Oct-1999)."""
