"""Scans: a picture of a page in, its words with their places and how sure the recognition is of each."""
