"""The sample ledger and the guided tour."""
