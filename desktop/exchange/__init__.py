"""USB packages: pack, sign, verify, read. Bytes and ops, no database (exchange.md)."""
