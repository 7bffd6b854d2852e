"""The command line: every desk and every care of the ledger, without a window. Never imports Qt."""
