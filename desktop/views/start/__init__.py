"""开始: before a ledger is open."""
