"""The column beside a bundle: what is still to settle, what it contains, what is held back."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStyle, QVBoxLayout, QWidget

from app.models.faces import plural
from app.session import Session
from app.theme import HALF, SPACE
from app.views.dialogs.action_dialog import words
from app.views.dialogs.bundle_options import BundleOptions, size_of
from app.views.dialogs.export_dialog import slug
from index.model import ExportRequest

if TYPE_CHECKING:
    from index.citing.checks import Issue
    from index.export import Preview

LEAST = 200  # pixels
MOST = 8  # things to settle that are named


class Settling(QScrollArea):
    """Shows a preview of the bundle and the choices about it."""

    asked = Signal(object)  # Issue that the user wants to settle
    chosen = Signal(object)  # ExportRequest with other choices

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = session.theme
        self._request = ExportRequest()
        self._showing = False
        self.setWidgetResizable(True)
        self.setProperty("framed", True)  # to see the keyboard on it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("About the bundle")
        self.setMinimumWidth(LEAST)
        self._to_settle = QVBoxLayout()
        self._to_settle.setSpacing(HALF)
        self.options = BundleOptions(session, self._request)
        self.options.changed.connect(self._take)
        # Passphrases belong to one export; they are asked for there and never kept.
        self.options.encrypt.hide()
        self.options.signing.hide()
        self.will_be = words("", dim=True)
        body = QWidget()
        body.setProperty("pane", True)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 2)
        column.setSpacing(HALF)
        column.addLayout(self._to_settle)
        column.addSpacing(SPACE)
        column.addWidget(self.options)
        column.addSpacing(SPACE)
        column.addWidget(words("WILL BE", heading=True))
        column.addWidget(self.will_be)
        column.addStretch(1)
        self.setWidget(body)

    def show_bundle(self, request: ExportRequest, preview: "Preview | None") -> None:
        """Show what is known about a bundle; None: there is nothing in it."""
        self._showing = True
        self._request = request
        self.options.show_request(request)
        self._showing = False
        while (item := self._to_settle.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._to_settle.addWidget(words("TO SETTLE", heading=True))
        if preview is None:
            self._to_settle.addWidget(words("There are no passages in it yet.", dim=True))
            self.will_be.setText("")
            return
        for issue in preview.to_settle[:MOST]:
            self._to_settle.addWidget(self._issue(issue))
        if not preview.to_settle:
            self._to_settle.addWidget(words("✓ Nothing is left to settle.", dim=True))
        kind = f"{slug(request.title)}.zip" if request.zip else f"{slug(request.title)}/"
        held = [part for part in preview.held_back if part != "Original files"]
        rest = f"\nHeld back: {'; '.join(held)}" if held else ""
        self.will_be.setText(
            f"{kind} · about {size_of(preview.bytes)} · BagIt with SHA-512, verifiable without"
            f" Muniment{rest}"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the longest choice, which cannot wrap."""
        body = self.widget()
        if body is not None and watched is body and event.type() == QEvent.Type.LayoutRequest:
            bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
            self.setMinimumWidth(max(LEAST, body.minimumSizeHint().width() + bar))
        return super().eventFilter(watched, event)

    def _issue(self, issue: "Issue") -> QLabel:
        color = self._theme.colors.warning
        link = f'<a href="#" style="color: {color}; text-decoration: none">'
        label = QLabel(f"{link}▲ {escape(issue.sentence)}</a>", wordWrap=True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.setToolTip("Settle it")
        label.linkActivated.connect(lambda link: self.asked.emit(issue))
        return label

    def _take(self) -> None:
        if not self._showing:
            self.chosen.emit(self.options.on(self._request))


def told(preview: "Preview | None") -> str:
    """Return the line under a bundle's title."""
    if preview is None:
        return "No passages yet"
    parts = [f"{plural(preview.passages, 'passage')} from {plural(preview.documents, 'document')}"]
    if preview.footnotes:
        parts.append(f"{plural(preview.footnotes, 'footnote')} carried")
    if preview.to_settle:
        parts.append(f"{plural(len(preview.to_settle), 'thing')} to settle")
    return " · ".join(parts)
