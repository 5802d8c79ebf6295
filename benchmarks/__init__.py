"""Ratios taken side by side in one run: what Beicha does beside the obvious ways to do it."""
