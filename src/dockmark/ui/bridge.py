"""The one way home to the GUI thread: what other threads finish or tell arrives here as queued signals."""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from dockmark.ui.service import Service

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Returned:
    """A finished question on its way to whoever asked."""

    asker: QObject
    then: Callable[[Any], None]
    failed: Callable[[BaseException], None] | None
    topic: str
    ticket: int
    done: "Future[Any]"


class Bridge(QObject):
    """Asks the station's threads and brings answers and news to the GUI thread, in order.

    A question may name a topic: when a newer question on that topic was asked, the late answer is dropped.
    """

    told = Signal(str, object)  # what kind of news, its content as `service` says
    troubled = Signal(object)  # BaseException: a bug, or a fault nobody asked to hear of
    _home = Signal(object)  # _Returned
    _heard = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets: dict[str, int] = {}
        self._under_way = 0
        self._home.connect(self._on_home, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self.told, Qt.ConnectionType.QueuedConnection)

    @property
    def is_quiet(self) -> bool:
        """Whether every question asked so far has come home."""
        return self._under_way == 0

    def attend(self, service: Service) -> None:
        """Pass on what that station tells, from now on."""
        service.listen(self._on_news)

    def ask(
        self,
        asker: QObject,
        question: "Future[T]",
        then: Callable[[T], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
        topic: str = "",
    ) -> None:
        """Call `then` with the answer on the GUI thread, unless the asker is gone or has asked anew."""
        key = f"{id(asker)}/{topic}" if topic else ""
        ticket = self._tickets.get(key, 0) + 1
        self._tickets[key] = ticket
        self._under_way += 1

        def come_home(done: "Future[T]") -> None:
            if shiboken6.isValid(self):
                self._home.emit(_Returned(asker, then, failed, key, ticket, done))

        question.add_done_callback(come_home)

    def _on_news(self, kind: str, content: object) -> None:
        if shiboken6.isValid(self):
            self._heard.emit(kind, content)

    @Slot(object)
    def _on_home(self, returned: _Returned) -> None:
        self._under_way -= 1
        if not shiboken6.isValid(returned.asker):
            return
        if returned.topic and self._tickets.get(returned.topic) != returned.ticket:
            return
        try:
            answer = returned.done.result()
        except CancelledError:
            return
        except Exception as trouble:
            if returned.failed is not None:
                returned.failed(trouble)
            else:
                log.exception("a question to the station failed")
                self.troubled.emit(trouble)
            return
        returned.then(answer)
