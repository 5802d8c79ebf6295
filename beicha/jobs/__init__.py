"""What a process does outside of any page: a worker that takes jobs from the store."""
