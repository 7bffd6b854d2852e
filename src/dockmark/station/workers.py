"""The threads of a station. Once they are sent home, a late question is called off instead of failing its asker."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Workers(ThreadPoolExecutor):
    """A pool that answers what comes after its end with a cancelled future.

    A timer of a window that closes may fire once more; what it asks for nobody waits for any longer.
    """

    _is_over = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The work, under way or called off."""
        try:
            return super().submit(fn, *args, **kwargs)
        except RuntimeError:
            if not self._is_over:
                raise
            return called_off()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Sends the threads home, after what they have under way."""
        self._is_over = True
        super().shutdown(wait=wait, cancel_futures=cancel_futures)


def called_off() -> Future[Any]:
    """A future that was cancelled before it began."""
    future: Future[Any] = Future()
    future.cancel()
    future.set_running_or_notify_cancel()
    return future
