"""PDFium must not be entered by two threads at once, not even for two documents: each takes its turn here."""

from threading import Lock

PDFIUM = Lock()
