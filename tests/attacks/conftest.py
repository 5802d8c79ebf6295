"""One service for all attacks of a module."""

from collections.abc import Iterator

import pytest

from tests.attacks.house import House, opened


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The service as it is started, with people in it."""
    with opened(tmp_path_factory.mktemp("attacked")) as found:
        yield found
