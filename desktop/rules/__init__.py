"""Pure rules of the ledger: records, life cycle, calendar, figures, checks and ops. No files, no clock."""
