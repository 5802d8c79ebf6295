"""From any workbook to clean ledger rows and problems. Knows spreadsheets, not scores.

A file goes through ``reading.read_workbook``: ``child`` (bytes to raw sheets, in a process of its own),
``tables`` (which rows are headings, of which ledger), ``clean`` (cells to typed values). A person's mistake
comes back as a ``problems.Problem``; nothing is dropped without being listed.
"""
