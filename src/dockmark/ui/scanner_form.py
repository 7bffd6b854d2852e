"""How one serial scanner is set: its name and lane, and what station and scanner must agree on."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QWidget

from dockmark.devices.framer import Suffix
from dockmark.devices.serial_profile import BAUDS, LONGEST_PREFIX, PARITIES, Parity, SerialProfile
from dockmark.devices.serial_text import bytes_of, text_of
from dockmark.devices.serial_url import LONGEST_NAME
from dockmark.station.scanner_settings import LANES, ScannerSettings
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Field
from dockmark.ui.lanes import Lane, lane_badge
from dockmark.ui.one_of import OneOf
from dockmark.ui.settings_rows import Choices
from dockmark.ui.words import _

_USUAL: Final = (9600, 19200, 38400, 57600, 115200)


class LaneButton(CommandButton):
    """The letter of a lane on its colour."""

    def __init__(self, lane: int) -> None:
        self._lane = lane
        says = _("Lane {letter}").format(letter=Lane(lane, "").letter)
        super().__init__(f"scannerLane_{lane}", says)
        self.setCheckable(True)

    def _picture_room(self) -> int:
        return self._picture_side() + gap(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._picture_side()
        painter = QPainter(self)
        painter.drawPixmap(round(gap(self) * 1.4), (self.height() - side) // 2, lane_badge(self._lane, side))

    def _paint_words(self, painter: QPainter, left: int, ink: object) -> None:
        super()._paint_words(painter, left + self._picture_room(), ink)  # type: ignore[arg-type]  # a QColor


class LaneChoice(QWidget):
    """Six lanes of which one is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scannerLane")
        self.setAccessibleName(_("Lane"))
        self._group = OneOf(self)
        flow = FlowLayout(self, gap(self))
        for lane in range(1, LANES + 1):
            button = LaneButton(lane)
            self._group.addButton(button, lane)
            flow.addWidget(button)

    @property
    def value(self) -> int:
        """The lane that is chosen, or 0."""
        return max(0, self._group.checkedId())

    def show_value(self, lane: int) -> None:
        """Show that lane as the chosen one."""
        if (button := self._group.button(lane)) is not None:
            button.setChecked(True)


class ScannerForm(QWidget):
    """The settings of one scanner. They hold when they are taken over, not while they are typed."""

    wanted = Signal()  # Enter in a field: take the settings over

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scannerForm")
        self.setAccessibleName(_("Settings of the scanner"))
        self._shown = ScannerSettings(port="")
        self.name = Field("scannerNameField", _("Name"), _("for example LANE-A"))
        self.name.setMaxLength(LONGEST_NAME)
        self.port = Field("scannerPortField", _("Port"), "COM3, /dev/ttyUSB0")
        self.lane = LaneChoice()
        self.baud = Field("scannerBaudField", _("Exactly"), "9600")
        self.baud.setValidator(QRegularExpressionValidator(QRegularExpression("[1-9][0-9]{1,6}"), self.baud))
        self.speeds = Choices("scannerSpeed", _("Speed"), {str(each): str(each) for each in _USUAL})
        self.ending = Choices("scannerEnding", _("Ending"), _endings())
        self.prefix = Field("scannerPrefixField", _("Prefix"), _("none"))
        self.separator = Field("scannerSeparatorField", _("In place of GS"), _("GS as it is"))
        for field in (self.prefix, self.separator):
            field.setMaxLength(LONGEST_PREFIX * 5)
        self.parity = Choices("scannerParity", _("Parity"), _parities())
        self.bits = Choices("scannerBits", _("Data bits"), {"8": "8", "7": "7"})
        self.stops = Choices("scannerStops", _("Stop bits"), {"1": "1", "2": "2"})
        self.aim = Choices(
            "scannerAim", _("Kind of symbol"), {"no": _("as it comes"), "yes": _("sent before each scan")}
        )
        self._lay_out()
        self.speeds.chosen.connect(self.baud.setText)
        self.baud.textChanged.connect(self._on_baud)
        for field in (self.name, self.port, self.baud, self.prefix, self.separator):
            field.returnPressed.connect(self.wanted)

    def show_settings(self, settings: ScannerSettings) -> None:
        """Show how that scanner is set."""
        self._shown, profile = settings, settings.profile
        self.name.setText(settings.name)
        self.port.setText(settings.port)
        self.lane.show_value(settings.lane)
        self.baud.setText(str(profile.baud))
        self.ending.show_value(profile.suffix.name)
        self.prefix.setText(text_of(profile.prefix))
        self.separator.setText(text_of(profile.separator))
        self.parity.show_value(profile.parity)
        self.bits.show_value(str(profile.data_bits))
        self.stops.show_value(str(profile.stop_bits))
        self.aim.show_value("yes" if profile.has_aim else "no")

    def settings(self) -> ScannerSettings:
        """The settings as they stand in the form now."""
        parity: Parity = next((each for each in PARITIES if each == self.parity.value), "N")
        profile = SerialProfile(
            baud=int(self.baud.text() or "0"), data_bits=int(self.bits.value), parity=parity,
            stop_bits=int(self.stops.value), prefix=bytes_of(self.prefix.text()), suffix=Suffix[self.ending.value],
            has_aim=self.aim.value == "yes", separator=bytes_of(self.separator.text()),
        )  # fmt: skip
        return replace(
            self._shown, name=self.name.text(), port=self.port.text().strip(), lane=self.lane.value, profile=profile
        )

    def _on_baud(self, text: str) -> None:
        self.speeds.show_value(text)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(gap(self) * 2)
        grid.setVerticalSpacing(gap(self))
        lines: tuple[tuple[QWidget, ...], ...] = (
            (self.name, self.port), (self.lane,), (self.speeds, self.baud), (self.ending,),
            (self.prefix, self.separator), (self.aim,), (self.parity,), (self.bits, self.stops),
        )  # fmt: skip
        for row, widgets in enumerate(lines):
            if len(widgets) == 1:
                self._place(grid, row, 0, widgets[0], 3)
            else:
                self._place(grid, row, 0, widgets[0], 1)
                self._place(grid, row, 2, widgets[1], 1)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)

    def _place(self, grid: QGridLayout, row: int, column: int, widget: QWidget, span: int) -> None:
        grid.addWidget(Caption(widget.accessibleName(), widget), row, column)
        grid.addWidget(widget, row, column + 1, 1, span)


def ending_word(suffix: Suffix) -> str:
    """What a scan ends with, in a word."""
    return _endings()[suffix.name]


def _endings() -> dict[str, str]:
    return {
        Suffix.ANY.name: _("CR, LF or ETX"), Suffix.CR.name: "CR", Suffix.LF.name: "LF", Suffix.CRLF.name: "CR LF",
        Suffix.TAB.name: "TAB", Suffix.ETX.name: "ETX", Suffix.IDLE.name: _("a pause"),
    }  # fmt: skip


def _parities() -> dict[str, str]:
    return {"N": _("none"), "E": _("even"), "O": _("odd"), "M": _("mark"), "S": _("space")}


assert set(_USUAL) <= set(BAUDS), "speeds that a port can be set to"
