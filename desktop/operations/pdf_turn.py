"""The turn at PDFium (``plans.pdf_turn``) for the pages of the window, which take theirs in the same queue."""

from desktop.plans.pdf_turn import PDFIUM

__all__ = ["PDFIUM"]
