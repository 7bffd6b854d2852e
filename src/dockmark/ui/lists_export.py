"""An export under way: how far it is, and stopping it."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal

from dockmark.lookup.lists.filters import Query
from dockmark.record.refusal import Refusal
from dockmark.station.lists import Exported
from dockmark.ui.bridge import Bridge
from dockmark.ui.lists_frame import ListsFrame
from dockmark.ui.service import Service
from dockmark.ui.words import _, ngettext, number, said, seen


class Exporting(QObject):
    """Writes one file at a time and tells of it in the frame."""

    _progressed = Signal(int, int)  # from the thread that writes

    def __init__(self, frame: ListsFrame, bridge: Bridge) -> None:
        super().__init__(frame)
        self._frame = frame
        self._bridge = bridge
        self._stop = Event()
        self._progressed.connect(frame.show_progress, Qt.ConnectionType.QueuedConnection)

    def start(self, service: Service, query: Query, columns: tuple[str, ...], path: Path) -> None:
        """Write that list there."""
        self._stop = Event()
        self._frame.show_progress(0, 1)
        self._frame.show_exporting(runs=True)
        self._frame.say(_("{file} is written …").format(file=seen(path.name)))
        question = service.lists.export(
            query, columns, path, words=True, progress=self._progressed.emit, cancel=self._stop
        )
        self._bridge.ask(self, question, self._on_done, failed=self._on_failed)

    def stop(self) -> None:
        """Write no more, and leave nothing."""
        self._stop.set()

    def _on_done(self, done: Exported) -> None:
        self._frame.show_exporting(runs=False)
        if not done.is_whole:
            self._frame.say(_("Stopped. No file was written."))
            return
        words = ngettext("{count} row is in {file}", "{count} rows are in {file}", done.rows)
        self._frame.say(words.format(count=number(done.rows), file=seen(str(done.path))))

    def _on_failed(self, trouble: BaseException) -> None:
        self._frame.show_exporting(runs=False)
        if isinstance(trouble, Refusal):
            self._frame.say(said(trouble.code.value, trouble.facts))
        else:
            self._frame.say("")
            self._bridge.troubled.emit(trouble)
