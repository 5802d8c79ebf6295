"""The steps of the set-up page: what is done, what comes next."""
