"""The frame in which papers are looked at: what there is, the pages, the reasons, the buttons."""

from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap, rows
from dockmark.ui.desks.certificate_dialog import CertificateDialog
from dockmark.ui.desks.refusal_panel import ReasonPanel
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Sentence, Value
from dockmark.ui.lists import EntryList
from dockmark.ui.preview_view import PreviewView
from dockmark.ui.words import _

_ROOM_FOR_LIST, _ROOM_FOR_ZOOM = 95, 145
"""Widths in letters."""


class PreviewFrame(QDialog):
    """Widgets at their places; it decides nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("previewDialog")
        self.setWindowTitle(_("Papers – Dockmark"))
        self._has_list = False
        self._build()
        self._lay_out()

    def offer_list(self, offered: bool) -> None:
        """Whether there is more than one thing to choose from."""
        self._has_list = offered
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The list stands beside the pages where there is room for both."""
        room = self.width() // max(self.fontMetrics().averageCharWidth(), 1)
        self._beside.setVisible(self._has_list and room >= _ROOM_FOR_LIST)
        for button in (self.smaller, self.fit, self.larger):
            button.setVisible(room >= _ROOM_FOR_ZOOM)  # their keys work all the same

    def _build(self) -> None:
        self.title = Value("previewTitle", 1.3, QFont.Weight.Bold)
        self.pages = Value("previewPages", 1.0, QFont.Weight.Normal)
        self.status = Sentence("previewStatus")
        self.list = EntryList("previewSheets", _("Papers and files"))
        self.view = PreviewView()
        self.reasons = ReasonPanel("preview")
        self.reasons.title.setText(_("This paper was made before. Why is it made again?"))
        self.reasons.hide()
        self.before = CommandButton("previewBeforeButton", _("Page before"), "", _("Page up"))
        self.after = CommandButton("previewAfterButton", _("Next page"), "", _("Page down"))
        self.smaller = CommandButton("previewSmallerButton", _("Smaller"), "", "Ctrl+-")
        self.larger = CommandButton("previewLargerButton", _("Larger"), "", "Ctrl++")
        self.fit = CommandButton("previewFitButton", _("Fit"), "", "Ctrl+0")
        self.attach = CommandButton("previewAttachButton", _("Attach a file"), "certificate", "F12")
        self.back = CommandButton("previewBackButton", _("Close"), "back", _("Esc"))
        self.save = CommandButton("previewSaveButton", _("Save"), "folder", "Ctrl+S")
        self.print_button = CommandButton("previewPrintButton", _("Print"), "printer", "Ctrl+P", main=True)
        self.attach_dialog = CertificateDialog(self)

    def _lay_out(self) -> None:
        head = QWidget()
        across = columns(head)
        across.addWidget(self.title, 1)
        across.addWidget(self.pages)
        self._beside = QWidget()
        beside = rows(self._beside, spacing=0.5)
        beside.addWidget(Caption(_("Papers and files"), self.list))
        beside.addWidget(self.list, 1)
        self._beside.setFixedWidth(self.fontMetrics().averageCharWidth() * 34)
        middle = QWidget()
        shared = columns(middle)
        shared.addWidget(self._beside)
        shared.addWidget(self.view, 1)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, gap(self))
        for button in (
            self.back, self.attach, self.before, self.after, self.smaller, self.fit, self.larger, self.save,
            self.print_button,
        ):  # fmt: skip
            flow.addWidget(button)
        whole = rows(self, margin=1.6)
        whole.addWidget(head)
        whole.addWidget(middle, 1)
        whole.addWidget(self.reasons)
        whole.addWidget(self.status)
        whole.addWidget(self._buttons)
