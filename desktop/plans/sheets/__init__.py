"""Workbooks (xlsx, xls) to a source."""
