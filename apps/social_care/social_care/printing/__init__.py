"""PDF through Chromium, behind Frappe's `pdf_generator` hook (docs/printing.md)."""
