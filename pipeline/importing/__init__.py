"""Reads the edits that people made in a workbook of ``vanthu run`` back as decisions."""
