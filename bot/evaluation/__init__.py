"""How well the assistant understands, measured on sentences that it never learned from."""
