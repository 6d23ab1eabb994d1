"""Word files (docx) to a source."""
