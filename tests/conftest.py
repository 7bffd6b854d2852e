"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No example is failed for being slow: timings are for the bench. On a server the examples are the same at every run,
# so that a change is judged by what it changes; at a desk they are new ones each time.
settings.register_profile("dockmark", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("dockmark")

pytest_plugins = ["tests.cluster"]

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long series too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    long = pytest.mark.skip(reason="a long run: asked for with --long")
    away = pytest.mark.skip(reason="needs the shared folder beside the checkout")
    for item in items:
        if "long" in item.keywords and not config.getoption("--long"):
            item.add_marker(long)
        if "shared" in item.keywords and not SHARED.is_dir():
            item.add_marker(away)


@pytest.fixture
def shared() -> Path:
    """The folder of designs, samples and the simulated depot beside the checkout."""
    return SHARED
