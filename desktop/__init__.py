"""督察整改台账: an offline ledger for the rectification of inspection problems."""

__version__ = "0.1.0"
