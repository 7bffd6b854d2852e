"""Plain listeners, and a printer's patience cut short so that tests do not wait."""

import contextlib
import socket
from collections.abc import Callable, Iterator

import pytest

from dockmark.devices.zpl_dialogue import Patience

from .sinks import Sink


@pytest.fixture
def sink() -> Iterator[Callable[[Callable[[Sink, socket.socket], None]], Sink]]:
    """Makes sinks and closes them."""
    with contextlib.ExitStack() as stack:
        yield lambda treat: stack.enter_context(Sink(treat))


@pytest.fixture
def hasty() -> Patience:
    """Short waits: the outcome is the same, only sooner."""
    return Patience(
        connect_s=2.0,
        first_answer_s=0.15,
        answer_s=0.3,
        mute_answer_s=0.1,
        stall_s=0.4,
        settle_s=0.8,
        ask_again_s=0.02,
    )
