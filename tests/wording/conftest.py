"""The language is one for the whole program: every test of words leaves English behind."""

from collections.abc import Iterator

import pytest

from dockmark.wording import use


@pytest.fixture(autouse=True)
def _english_before_and_after() -> Iterator[None]:
    use(None)
    yield
    use(None)
