"""What pages ask of the actions, read once and kept: keyed by plain values and the version of the data.

Everything kept here is shared between readers and never changed.
"""
