"""Plans and workbooks on their way into the ledger: read, compared, chosen from, taken in."""
