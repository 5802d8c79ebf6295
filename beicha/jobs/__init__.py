"""What a process does outside of any page: one worker thread that takes jobs from the store."""
