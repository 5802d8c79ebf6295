"""Whole views as files: a sheet for each block of the screen, the same as CSV, and its charts as pictures."""
