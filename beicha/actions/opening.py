"""The one store of this process, shared by pages, routes, commands and the worker."""

from functools import cache

from beicha.store import Store, StoreError, home, open_store, url_from_environment

__all__ = ["Store", "StoreError", "home", "open_store", "the_store", "url_from_environment"]


def the_store() -> Store:
    """The store that the environment names, opened at the first call; raises StoreError where it cannot be."""
    return _opened(url_from_environment())


@cache
def _opened(url: str) -> Store:
    return open_store(url)
