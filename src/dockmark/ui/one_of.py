"""Buttons of which one is chosen, each of them reached by Tab."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton


class OneOf(QObject):
    """As Qt's group of buttons; but in that one Tab comes to the chosen button alone, and here to every one."""

    buttonClicked = Signal(object)  # QAbstractButton  # noqa: N815 - the names of the group that this stands for
    idClicked = Signal(int)  # noqa: N815 - as above

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._buttons: dict[int, QAbstractButton] = {}

    def addButton(self, button: QAbstractButton, number: int = -1) -> None:
        """One more to choose from; without a number it gets the next."""
        number = number if number >= 0 else len(self._buttons)
        self._buttons[number] = button
        button.toggled.connect(partial(self._on_toggled, button))
        button.clicked.connect(partial(self._on_clicked, number))

    def button(self, number: int) -> QAbstractButton | None:
        """The button of that number."""
        return self._buttons.get(number)

    def buttons(self) -> list[QAbstractButton]:
        """All of them."""
        return list(self._buttons.values())

    def checkedButton(self) -> QAbstractButton | None:
        """The one that is chosen."""
        return self._buttons.get(self.checkedId())

    def checkedId(self) -> int:
        """The number of the one that is chosen, or -1."""
        return next((number for number, button in self._buttons.items() if button.isChecked()), -1)

    def _on_toggled(self, button: QAbstractButton, on: bool) -> None:
        """Choosing one lets go of the others; the chosen one cannot be let go of alone."""
        if on:
            for other in self.buttons():
                if other is not button:
                    other.setChecked(False)
        elif self.checkedId() < 0:
            button.setChecked(True)

    def _on_clicked(self, number: int, _on: bool = False) -> None:
        self.buttonClicked.emit(self._buttons[number])
        self.idClicked.emit(number)
