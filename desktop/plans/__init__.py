"""Plan documents and spreadsheets in, drafts and findings out; the ledger out as a workbook."""
