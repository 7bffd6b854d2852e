"""A scan and what it means, on one fixed day."""

from collections.abc import Callable
from datetime import date

import pytest

from dockmark.identifiers import Identifier, Scan, flat, read

TODAY = date(2026, 11, 23)
Means = Callable[..., Identifier]
Tells = Callable[..., dict[str, object]]


@pytest.fixture(scope="session")
def means() -> Means:
    """Reads text or bytes as one scan."""

    def means(raw: str | bytes, *, today: date = TODAY, **about: str | bool) -> Identifier:
        scan = Scan(raw=raw, **about) if isinstance(raw, bytes) else Scan.of_text(raw, **about)
        return read(scan, today=today)

    return means


@pytest.fixture(scope="session")
def tells(means: Means) -> Tells:
    """The flat object of one scan."""
    return lambda raw, **about: flat(means(raw, **about))
