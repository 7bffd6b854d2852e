"""The facts of a unit on its card: where it lies, what it is called by and was called before, what it came with."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from dockmark.desks.card_views import EarlierName, Link, PaperView
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import emptied, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Headline, Sentence, Value
from dockmark.ui.words import _, day_text, mark_word, seen, when

DAYS = frozenset({"expiry", "mfg_date", "in_service_since", "made", "promised"})
OWN = ("place", "custody", "condition", "lot", "quantity", "expiry")


class FactGrid(QWidget):
    """Names at the left, values at the right. A value without anything to say is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("unitFacts")
        self._facts: dict[str, Value] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap(self) * 2)
        self._grid.setVerticalSpacing(gap(self) // 2)
        self._grid.setColumnStretch(1, 1)
        for key in OWN:
            self._fact(key)

    def show_fact(self, key: str, text: str) -> None:
        """Show that value under its name; the empty text takes both away."""
        value = self._fact(key)
        value.setText(day_text(text) if key in DAYS else seen(text))
        value.setToolTip("" if len(text) < 24 else seen(text))
        if value.isHidden() == bool(text):  # every change of what is seen lays the card out anew
            value.setVisible(bool(text))
            value.property("caption").setVisible(bool(text))

    def show_marks(self, marks: Iterable[tuple[str, str]]) -> None:
        """Show these marks, and none that stood there before."""
        told = dict(marks)
        for key in set(self._facts) - set(OWN) - set(told):
            self.show_fact(key, "")
        for key, text in told.items():
            self.show_fact(key, text)

    def lines(self) -> list[tuple[str, str]]:
        """What is seen: pairs of name and value."""
        return [
            (value.property("caption").text(), value.text()) for value in self._facts.values() if not value.isHidden()
        ]

    def _fact(self, key: str) -> Value:
        if key not in self._facts:
            value = Value(f"unitFact_{key}")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row = self._grid.rowCount()
            caption = Caption(_name(key))
            self._grid.addWidget(caption, row, 0)
            self._grid.addWidget(value, row, 1)
            caption.setObjectName(f"unitFactName_{key}")
            self._facts[key] = value
            value.setProperty("caption", caption)
        return self._facts[key]


def _name(key: str) -> str:
    return _("Custody") if key == "custody" else mark_word(key)


class CardSection(QWidget):
    """A headline and what belongs under it."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.body = rows(self, spacing=0.7)
        self.body.addWidget(Headline(title, 1.0))


class EarlierNames(CardSection):
    """What the unit was called before somebody corrected it."""

    def __init__(self) -> None:
        super().__init__("unitEarlier", _("Called before"))
        self.words = Sentence("unitEarlierWords", 0.95)
        self.body.addWidget(self.words)
        self.hide()

    def show_names(self, names: Sequence[EarlierName]) -> None:
        """Show these; without any, go."""
        self.words.setText("\n".join(_earlier(each) for each in names))
        self.setVisible(bool(names))


def _earlier(name: EarlierName) -> str:
    told = _("{field}: {value}").format(field=_name(name.field), value=seen(name.value))
    return _("{name}, until {time}").format(name=told, time=when(name.until)) if name.until else told


class CameWith(CardSection):
    """Receipt, order and ASN that the unit came with, and the papers that were made: each leads there."""

    wanted = Signal(str, str)  # kind of thing, its id

    def __init__(self) -> None:
        super().__init__("unitPapers", _("Came with"))
        self.none = Sentence("unitPapersNone", 0.95)
        self.none.setText(_("No receipt of ours: it was taken over from an earlier list."))
        self._links = QWidget()
        self._flow = FlowLayout(self._links, gap(self))
        self.body.addWidget(self.none)
        self.body.addWidget(self._links)
        self._shown: object = None

    def show_papers(self, links: Sequence[Link], papers: Sequence[PaperView]) -> None:
        """Show these."""
        if (tuple(links), tuple(papers)) == self._shown:
            return
        self._shown = (tuple(links), tuple(papers))
        emptied(self._flow)
        for link in links:
            hint = " · ".join(part for part in (link_word(link.kind), seen(link.detail)) if part)
            self._add(f"unitLink_{link.kind}", seen(link.number) or link_word(link.kind), hint, link.kind, link.id)
        for number, paper in enumerate(papers):
            hint = _("{paper}, copy {copy}").format(paper=paper_word(paper.kind), copy=paper.copy)
            self._add(f"unitPaper_{number}", seen(paper.number), hint, f"paper:{paper.kind}", paper.id)
        self.none.setVisible(not links)
        self._links.setVisible(bool(links or papers))

    def _add(self, name: str, says: str, hint: str, kind: str, identity: str) -> None:
        button = CommandButton(name, says, "order", hint)
        button.setProperty("leads", (kind, identity))
        button.clicked.connect(self._on_clicked)
        self._flow.addWidget(button)

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            kind, identity = button.property("leads")
            self.wanted.emit(kind, identity)


def link_word(kind: str) -> str:
    """What a paper is called that the unit came with."""
    return {"receipt": _("Receipt"), "order": _("Order"), "asn": "ASN"}.get(kind, kind)


def paper_word(kind: str) -> str:
    """What a paper is called that was made."""
    words = {"receipt": _("Receipt"), "discrepancy": _("Discrepancy report"), "biography": _("Unit biography")}
    return words.get(kind, kind)


class Tree(CardSection):
    """What the unit is inside of, and what is inside it."""

    def __init__(self) -> None:
        super().__init__("unitTree", _("Inside and around"))
        self.words = Sentence("unitTreeWords", 0.95)
        self.body.addWidget(self.words)

    def show_tree(self, parent: str, contents: Sequence[str]) -> None:
        """Show these, or that it stands alone."""
        lines = [_("Inside of {parent}").format(parent=seen(parent))] if parent else []
        lines += [_("Holds {unit}").format(unit=seen(each)) for each in contents]
        self.words.setText("\n".join(lines) or _("It stands alone: in nothing, and nothing is in it."))


class Identity(QWidget):
    """Serial, part and state in large."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("unitIdentity")
        self.serial = Value("unitSerial", 1.5, QFont.Weight.Bold)
        self.part = Value("unitPart", 1.1)
        self.description = Value("unitDescription", 1.0, QFont.Weight.Normal)
        self.state = Value("unitState", 1.0)
        body = rows(self, spacing=0.5)
        for line in (self.serial, self.part, self.description, self.state):
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            body.addWidget(line)
