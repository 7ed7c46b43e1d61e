"""The embedded phone engine: SIP and RTP in the call node's own process."""
