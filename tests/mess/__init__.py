"""Messy workbooks: known facts, written as clerks write, must come out again or be named by a problem."""
