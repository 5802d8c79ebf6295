"""Cells as blobs: a fixed number of bytes per community and month, so that many are read as one array.

The layout follows from the edition alone: K states, the mark whether reported, K fractions, B bonuses, V vetoes.
Self-reported fractions, which only verified criteria have, lie apart.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring.cells import Cells
from scoring.edition import Edition


def layout(edition: Edition) -> np.dtype[np.void]:
    """The record of one community's cells under the edition."""
    criteria, bonuses, vetoes = len(edition.criteria), len(edition.bonuses), len(edition.vetoes)
    return np.dtype(
        [
            ("state", "i1", (criteria,)),
            ("reported", "?"),
            ("fraction", "<f8", (criteria,)),
            ("bonus", "<f8", (bonuses,)),
            ("veto", "?", (vetoes,)),
        ]
    )


def encode(edition: Edition, cells: Cells) -> list[tuple[bytes, bytes | None]]:
    """Per community the cells, and the self-reported fractions where it has any."""
    records = np.zeros(len(cells.communities), layout(edition))
    records["state"], records["reported"] = cells.state, cells.reported
    records["fraction"], records["bonus"], records["veto"] = cells.fraction, cells.bonus, cells.veto
    selves = cells.self_fraction.astype("<f8", copy=False)
    verified = ~np.isnan(selves).all(axis=1)
    return [
        (record.tobytes(), selves[number].tobytes() if verified[number] else None)
        for number, record in enumerate(records)
    ]


def decode(
    edition: Edition, communities: Sequence[str], blobs: Sequence[bytes], selves: Sequence[bytes | None]
) -> Cells:
    """The cells of these communities, in their order; the arrays are read-only."""
    records = np.frombuffer(b"".join(blobs), layout(edition))
    return Cells(
        tuple(communities),
        records["state"],
        records["fraction"],
        _self_fractions(selves, len(edition.criteria)),
        records["bonus"],
        records["veto"],
        records["reported"],
    )


def _self_fractions(selves: Sequence[bytes | None], criteria: int) -> NDArray[np.float64]:
    if not any(selves):
        return np.broadcast_to(np.float64(np.nan), (len(selves), criteria))
    blank = np.full(criteria, np.nan).tobytes()
    return np.frombuffer(b"".join(blob or blank for blob in selves), "<f8").reshape(len(selves), criteria)
