"""Everything a person can do, one function each: checks rights, calls the rooms below, leaves one audit row."""
