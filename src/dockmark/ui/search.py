"""Search over all units as one types; Ctrl+K comes here from everywhere."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from dockmark.desks.views import Found
from dockmark.ui.bridge import Bridge
from dockmark.ui.cards import Card, rows
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.service import Service
from dockmark.ui.words import _, ngettext, number, seen

MOST: Final = 100
_PAUSE_MS: Final = 90


class SearchPage(Card):
    """A field and what it finds."""

    unit_chosen = Signal(str)  # unit id

    def __init__(self, bridge: Bridge) -> None:
        super().__init__("searchPage")
        self._bridge = bridge
        self._service: Service | None = None
        self._kinds: dict[str, str] = {}
        self.field = Field("searchField", _("Find a unit"), _("serial, part, lot, order …"))
        self.field.setClearButtonEnabled(True)
        # Names may be written with an input method; codes are never scanned into this field.
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.field.installEventFilter(self)
        self.count = Sentence("searchCount")
        self.results = EntryList("searchResults", _("What was found"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self.field.textChanged.connect(self._on_text_changed)
        self.field.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(self._on_pause_over)
        self.results.chosen.connect(self._on_chosen)
        self._say_count("", 0)

    def attend(self, service: Service) -> None:
        """Ask that station from now on."""
        self._service = service

    def begin(self) -> None:
        """Ready to type; what was typed before is replaced by the first key."""
        self.field.setFocus()
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() != Qt.Key.Key_Down or self.results.model().rowCount() == 0:
            return False
        self.results.setFocus()
        self.results.setCurrentIndex(self.results.model().index(0, 0))
        return True

    def _lay_out(self) -> None:
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Find a unit")))
        whole.addWidget(Caption(_("Text or code"), self.field))
        whole.addWidget(self.field)
        whole.addWidget(self.count)
        whole.addWidget(self.results, 1)

    def _on_text_changed(self) -> None:
        self._pause.start()

    def _on_pause_over(self) -> None:
        text = self.field.text().strip()
        if self._service is None or not text:
            self._show([])
            return
        self._bridge.ask(self, self._service.search(text, MOST), self._show, topic="search")

    def _show(self, found: list[Found]) -> None:
        self._kinds = {hit.id: hit.kind for hit in found}
        self.results.show_entries([Entry(hit.id, seen(hit.title), seen(hit.detail)) for hit in found])
        self._say_count(self.field.text().strip(), len(found))

    def _say_count(self, text: str, count: int) -> None:
        if not text:
            self.count.setText(_("Type a part of a serial, a part number, a lot or an order."))
        elif count == 0:
            self.count.setText(_("Nothing is known under this text."))
        elif count >= MOST:
            self.count.setText(_("The first {count}; type more to narrow it down.").format(count=number(count)))
        else:
            self.count.setText(ngettext("{count} found", "{count} found", count).format(count=number(count)))

    def _on_return(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._on_pause_over()
        elif self.results.model().rowCount() > 0:
            self.results.setCurrentIndex(self.results.model().index(0, 0))
            self._on_chosen(self.results.current_key())

    def _on_chosen(self, key: str) -> None:
        if self._kinds.get(key) == "unit":
            self.unit_chosen.emit(key)
