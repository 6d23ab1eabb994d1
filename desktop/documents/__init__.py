"""Paper: frozen records and a template in, PDF out. The only room that knows reportlab."""
