"""The serial scanners of this station: those in use, the ports that were found, how one is set, and what it sends."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from dockmark.devices.lights import DeviceState
from dockmark.devices.serial_ports import FoundPort
from dockmark.devices.serial_profile import Doubt
from dockmark.devices.serial_text import hex_of
from dockmark.record.refusal import Refusal
from dockmark.station.scanners import ScannerSettings, ScannerTried, ScannerView
from dockmark.ui.actions import Work, action
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Field, Headline, Reading, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.meanings import meaning, raw_text
from dockmark.ui.scanner_form import ScannerForm, ending_word
from dockmark.ui.service import Service
from dockmark.ui.theme import Role
from dockmark.ui.words import _, said, seen

_MOST_SHOWN: Final = 256
"""Bytes of one scan that are written out."""
_FACES: Final = {
    DeviceState.READY: (Role.OK, "ok"),
    DeviceState.OPENING: (Role.INFO, "info"),
}


class ScannersPanel(QWidget):
    """Every change holds at once, without a new start. It hears of the scanners by itself."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("scannersPanel")
        self.setAccessibleName(_("Serial scanners"))
        self._bridge = bridge
        self._service: Service | None = None
        self._views: dict[str, ScannerView] = {}
        self._ports: dict[str, FoundPort] = {}
        self._chosen = ""
        self._build_lists()
        self._build_form()
        self._build_trial()
        self._lay_out()
        self._connect()
        self._show_chosen()

    def attend(self, service: Service) -> None:
        """Show the scanners of that station from now on."""
        self._service = service
        self._chosen = ""
        self._show_scanners()

    def begin(self) -> None:
        """Ready to be worked with by keyboard."""
        (self.scanners if self._views else self.port).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: show how things stand, and what is plugged in."""
        super().showEvent(event)
        self._show_scanners()
        self._on_look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more: what is scanned goes to the desk again."""
        super().hideEvent(event)
        self.trial.setChecked(False)
        self._on_trial()

    # -- building -----------------------------------------------------------------------------------------------------

    def _build_lists(self) -> None:
        self.scanners = EntryList("scannersList", _("Scanners in use"))
        self.empty = Sentence("scannersEmpty")
        self.empty.setText(_("No serial scanner yet: plug it in and choose its port below."))
        self.found = EntryList("portsFound", _("Ports found"))
        self.looking = Sentence("portsLooking", 0.95)
        self.port = Field("portField", _("Port"), "COM3, /dev/ttyUSB0")
        self.port.setMaxLength(400)
        self.add = CommandButton("scannerAddButton", _("Add scanner"), "scanner", "Ctrl+Shift+P")
        self.look = CommandButton("portsLookButton", _("Look again"), "find", "Ctrl+Shift+R")

    def _build_form(self) -> None:
        self.state = Sentence("scannerState", 1.0, QFont.Weight.DemiBold)
        self.form = ScannerForm()
        self.trouble = Sentence("scannerTrouble", 1.0, QFont.Weight.DemiBold)
        self.take = CommandButton("scannerTakeButton", _("Take over"), "accept", _("Enter · Ctrl+Shift+K"), main=True)
        self.remove = CommandButton("scannerRemoveButton", _("Remove scanner"), "skip", "Ctrl+Shift+Del")

    def _build_trial(self) -> None:
        self.trial = CommandButton("scannerTryButton", _("Try a scan"), "scanner", "Ctrl+Shift+Y")
        self.trial.setCheckable(True)
        self.trial_words = Sentence("scannerTryWords", 0.95)
        self.trial_bytes = Sentence("scannerTryBytes")
        self.trial_bytes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.trial_bytes.font()
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFamilies(["DejaVu Sans Mono", "Consolas", "Menlo", "monospace"])
        self.trial_bytes.setFont(font)
        self.trial_text = Reading("scannerTryText", _("What came, as text"))
        self.trial_meaning = Reading("scannerTryMeaning", _("What it means"))

    def _lay_out(self) -> None:
        whole = rows(self, spacing=1.2)
        whole.addWidget(Headline(_("Serial scanners")))
        whole.addWidget(self.empty)
        whole.addWidget(self.scanners)
        self.setting = Card("scannerCard")
        inside = rows(self.setting, margin=1.4, spacing=1.2)
        for each in (self.state, self._trial(), self.form, self.trouble, self._buttons()):
            inside.addWidget(each)
        whole.addWidget(self.setting)
        whole.addSpacing(gap(self))
        whole.addWidget(Headline(_("Add a scanner"), 1.0))
        for widget in (self.looking, self.found, self._adding()):
            whole.addWidget(widget)
        whole.addStretch(1)
        self.trouble.hide()

    def _adding(self) -> QWidget:
        line_widget = QWidget()
        line = columns(line_widget)
        line.addWidget(Caption(_("Port"), self.port))
        line.addWidget(self.port, 1)
        line.addWidget(self.add)
        line.addWidget(self.look)
        return line_widget

    def _buttons(self) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line, gap(self))
        for button in (self.take, self.remove):
            flow.addWidget(button)
        return line

    def _trial(self) -> QWidget:
        whole = QWidget()
        body = rows(whole, spacing=0.6)
        head = QWidget()
        line = columns(head, spacing=1.5)
        line.addWidget(self.trial)
        line.addWidget(self.trial_words, 1)
        body.addWidget(head)
        self._came = QWidget()
        came = rows(self._came, spacing=0.2)
        told: tuple[tuple[str, QWidget], ...] = (
            (_("What came, byte by byte"), self.trial_bytes), (_("What came, as text"), self.trial_text),
            (_("What it means"), self.trial_meaning),
        )  # fmt: skip
        for says, each in told:
            came.addWidget(Caption(says, each))
            came.addWidget(each)
        body.addWidget(self._came)
        return whole

    def _connect(self) -> None:
        self._bridge.told.connect(self._on_told)
        self.scanners.chosen.connect(self._on_chosen)
        self.scanners.selectionModel().currentChanged.connect(self._on_moved)
        self.found.chosen.connect(self._on_found)
        self.port.returnPressed.connect(self._on_add)
        self.form.wanted.connect(self._on_take)
        for button, says, key, do in (
            (self.add, _("Add the serial scanner"), "Ctrl+Shift+P", self._on_add),
            (self.look, _("Look for ports again"), "Ctrl+Shift+R", self._on_look),
            (self.take, _("Take over the settings of the scanner"), "Ctrl+Shift+K", self._on_take),
            (self.remove, _("Remove the scanner"), "Ctrl+Shift+Del", self._on_remove),
        ):
            action(self, button, Work(says, key, do))
        # A button that stays down: its own click turns it, so the key presses the button.
        action(self, None, Work(_("Try a scan"), "Ctrl+Shift+Y", self.trial.click))
        self.trial.toggled.connect(self._on_trial)

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show_scanners(self) -> None:
        views = self._service.scanners.views() if self._service is not None else ()
        self._views = {view.settings.id: view for view in views}
        if self._chosen not in self._views:
            self._choose(next(iter(self._views), ""))
        self.scanners.show_entries([_entry(view) for view in views])
        if self.scanners.current_key() != self._chosen and self._chosen in self._views:
            row = list(self._views).index(self._chosen)
            self.scanners.setCurrentIndex(self.scanners.model().index(row, 0))
        self._fit(self.scanners, len(views))
        self.scanners.setVisible(bool(views))
        self.empty.setVisible(not views)
        self._say_state()

    def _fit(self, listed: EntryList, count: int) -> None:
        """As tall as its entries, but for a few of them at most."""
        height = max(1, listed.sizeHintForRow(0)) if count else 1
        listed.setFixedHeight(height * min(count, 4) + gap(self) if count else 0)

    def _choose(self, id: str) -> None:
        if id != self._chosen:
            self._chosen = id
            self.trial.setChecked(False)
        self._show_chosen()

    def _show_chosen(self) -> None:
        view = self._views.get(self._chosen)
        self.setting.setVisible(view is not None)
        for button in (self.take, self.remove, self.trial):
            button.setEnabled(view is not None)
        self._complain("")
        if view is not None:
            self.form.show_settings(view.settings)
            self._clear_trial()
        self._say_state()

    def _say_state(self) -> None:
        view = self._views.get(self._chosen)
        if view is not None:
            self.state.setText(f"{seen(view.settings.name)}: {_state_words(view)}")

    def _complain(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _clear_trial(self) -> None:
        self.trial_bytes.setText("—")
        for field in (self.trial_text, self.trial_meaning):
            field.show_text("—")
        is_on = self.trial.isChecked()
        self._came.setVisible(is_on)
        self.trial_words.setText(
            _("Scan now. What comes is shown here and goes to no desk.")
            if is_on
            else _("Shows what the scanner sends, byte by byte, and what it means.")
        )

    # -- what happens -------------------------------------------------------------------------------------------------

    def _on_told(self, kind: str, content: object) -> None:
        if self._service is None:
            return
        if kind == "devices" and self.isVisible():
            self._show_scanners()
        elif kind == "scanner_tried" and isinstance(content, ScannerTried) and content.id == self._chosen:
            self._show_tried(content)

    def _show_tried(self, tried: ScannerTried) -> None:
        heard = tried.heard
        more = " …" if len(heard.raw) > _MOST_SHOWN else ""
        self.trial_bytes.setText(hex_of(heard.raw[:_MOST_SHOWN]) + more)
        self.trial_text.show_text(
            seen(heard.raw.decode("latin-1")) if heard.scan is None else seen(raw_text(heard.scan))
        )
        self.trial_meaning.show_text(meaning(heard.scan, date.today()) if heard.scan is not None else _("no scan"))
        self.trial_words.setText(said(heard.doubt) if heard.doubt is not Doubt.NOTHING else _("This scan came whole."))

    def _on_moved(self) -> None:
        if (key := self.scanners.current_key()) and key != self._chosen:
            self._choose(key)

    def _on_chosen(self, id: str) -> None:
        self._choose(id)
        self.form.name.setFocus()

    def _on_trial(self) -> None:
        if self._service is not None:
            self._service.scanners.try_out(self._chosen if self.trial.isChecked() else "")
        self._clear_trial()

    def _on_look(self) -> None:
        if self._service is not None:
            self.looking.setText(_("Looking for ports …"))
            self._bridge.ask(self, self._service.scanners.found(), self._show_ports, topic="ports")

    def _show_ports(self, ports: tuple[FoundPort, ...]) -> None:
        self._ports = {port.path: port for port in ports}
        self.found.show_entries(
            [Entry(port.path, seen(port.name), seen(port.path) if port.path != port.name else "") for port in ports]
        )
        self.found.setVisible(bool(ports))
        self._fit(self.found, len(ports))
        words = _("Choose the port that the scanner is plugged into: it is added at once.")
        none = _("No free port was found by itself: plug the scanner in and look again, or type the name of its port.")
        self.looking.setText(words if ports else none)

    def _on_found(self, path: str) -> None:
        if (port := self._ports.get(path)) is not None:
            self._add(ScannerSettings(port=str(port.address)))

    def _on_add(self) -> None:
        from dockmark.devices.serial_url import read_scanner_url

        text = self.port.text().strip()
        if not text.lower().startswith("serial:"):
            self._add(ScannerSettings(port=text))
            return
        try:
            address = read_scanner_url(text)
        except Refusal as no:
            self._on_refused(no)
            return
        self._add(ScannerSettings(port=str(address.port), profile=address.profile, name=address.name))

    def _add(self, settings: ScannerSettings) -> None:
        if self._service is None:
            return
        if not settings.port:
            self.port.setFocus()
            return
        asked = self._service.scanners.add(settings)
        self._bridge.ask(self, asked, self._on_added, failed=self._on_refused)

    def _on_added(self, settings: ScannerSettings) -> None:
        self.port.clear()
        self._chosen = settings.id
        self._show_scanners()
        self._show_chosen()
        self._on_look()

    def _on_take(self) -> None:
        if self._service is not None and self._chosen in self._views:
            asked = self._service.scanners.change(self.form.settings())
            self._bridge.ask(self, asked, self._on_changed, failed=self._on_refused)

    def _on_changed(self, _settings: ScannerSettings) -> None:
        self._show_scanners()
        self._show_chosen()

    def _on_remove(self) -> None:
        if self._service is not None and self._chosen in self._views:
            asked = self._service.scanners.remove(self._chosen)
            self._bridge.ask(self, asked, self._on_removed, failed=self._on_refused)

    def _on_removed(self, _nothing: None) -> None:
        self._show_scanners()
        self._on_look()

    def _on_refused(self, why: BaseException) -> None:
        words = said(why.code.value, why.facts) if isinstance(why, Refusal) else str(why)
        if self.setting.isVisible():
            self._complain(words)
        else:
            self.looking.setText(words)


def _entry(view: ScannerView) -> Entry:
    settings = view.settings
    told = [seen(settings.port)]
    if not settings.address.is_hid:
        told += [str(settings.profile.baud), ending_word(settings.profile.suffix)]
    is_well = view.note.state is DeviceState.READY and not view.note.code
    status = (
        (Role.WARN, "warn") if view.note.state is DeviceState.READY and not is_well else _FACES.get(view.note.state)
    )
    title = f"{seen(settings.name)} · {_state_words(view)}"
    return Entry(settings.id, title, " · ".join(told), lane=settings.lane, status=status or (Role.WARN, "warn"))


def _state_words(view: ScannerView) -> str:
    return said(view.note.code or f"scanner_{view.note.state.value}")
