"""Collecting by form, without Django: what a form asks, recognising it in an office's workbook, reading it back, joining."""
