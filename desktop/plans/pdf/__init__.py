"""PDF plans: pages as glyphs and ruling lines, then rows, tables and paragraphs."""
