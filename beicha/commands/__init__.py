"""Commands of the back door that are a topic of their own, each module one; ``manage.py`` takes them in."""
