"""What somebody might do to a ledger, again and again with fixed seeds."""
