"""One service for all attacks: what an attack changes is somebody or something made for it."""

from collections.abc import Iterator

import pytest

from tests.attacks.house import House, opened
from tests.browser.conftest import browser as browser


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The service as it is started, with people in it."""
    with opened(tmp_path_factory.mktemp("attacked")) as found:
        yield found
