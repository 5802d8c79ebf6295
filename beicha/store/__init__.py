"""The only room that knows SQL: schema, migrations, values in and out.

Open a store once per process and pass it on. What belongs together is done in one ``with store.write() as change``;
the other modules of this room take that transaction as their first argument.
"""

from beicha.store.opening import (
    ConflictError,
    Store,
    StoreError,
    Transaction,
    home,
    open_store,
    part_of,
    url_from_environment,
)

__all__ = [
    "ConflictError",
    "Store",
    "StoreError",
    "Transaction",
    "home",
    "open_store",
    "part_of",
    "url_from_environment",
]
