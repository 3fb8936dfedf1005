"""What is known about an entity, at the right of the entity list's work area."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.languages import language_name
from app.models.faces import plural
from app.models.seeing import Companion, Entry, years
from app.session import Session
from app.theme import HALF, SPACE
from app.views.entity_dossier import Seen
from app.widgets.year_bars import YearBars
from index.entities.corroborating import Corroboration
from index.model import Alias, Entity

CLOSEST = 6  # companions that are named
NAMED = 30  # names that are shown


class EntityFacts(QScrollArea):
    """Names, years, companions, description and notes of one entity."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWidgetResizable(True)
        self.setProperty("framed", True)  # to see the keyboard on it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What is known")
        self.setMinimumWidth(180)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._begin()
        self._end()

    def show_entity(self, entity: Entity, seen: Seen, others: Sequence[Companion] = ()) -> None:
        """Show what is known about an entity."""
        self._begin()
        self._heading("NAMES", first=True)
        self._text(entity.name)
        for alias in entity.aliases[:NAMED]:
            self._text(alias_words(alias), dim=alias.weak)
        if len(entity.aliases) > NAMED:
            self._text(f"and {len(entity.aliases) - NAMED} more", dim=True)
        met = [one for one in seen.spellings if not one.listed][:CLOSEST]
        if met:
            self._heading("ALSO WRITTEN")
            for one in met:
                self._text(f"{one.text}  {one.count}", dim=True)
        self._seen(seen.entries)
        if seen.corroboration is not None:
            self._stands_on(seen.corroboration)
        close = [other for other in others if other.passages][:CLOSEST]
        if close:
            self._heading("TOGETHER WITH")
            for other in close:
                self._text(f"{other.entity.name}  {plural(len(other.passages), 'passage')}")
        if entity.description or entity.external:
            self._heading("DESCRIPTION")
            if entity.description:
                self._text(entity.description, dim=True)
            for name, value in entity.external.items():
                self._text(f"{name.capitalize()} {value}", dim=True)
        above = self._session.catalog.entities.get(entity.parent or "")
        if above is not None:
            self._heading("UNDER")
            self._text(above.name, dim=True)
        if entity.notes:
            self._heading("NOTES")
            self._text(entity.notes, dim=True)
        self._end()

    def _stands_on(self, found: Corroboration) -> None:
        if found.documents < 2:
            return
        self._heading("STANDS ON")
        self._text(stands_on(found))
        titles = {key: one.title for key, one in self._session.catalog.documents.items()}
        for source in found.sources:
            title = titles.get(source.document, "")
            if source.same in titles:
                self._text(f"“{title}” has the text of “{titles[source.same]}”", dim=True)
            cited = [titles[each] for each in source.cites if each in titles]
            if cited:
                names = "; ".join(f"“{each}”" for each in cited[:3])
                self._text(f"“{title}” cites {names}", dim=True)

    def _seen(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        documents = {entry.document.id for entry in entries}
        found = years(entries)
        span = ""
        if found:
            first, last = found[0][0], found[-1][0]
            span = f", {first}" if first == last else f", {first}–{last}"
        self._heading("SEEN IN")
        passages = plural(len(entries), "passage")
        self._text(f"{passages} in {plural(len(documents), 'document')}{span}", dim=True)
        bars = YearBars(self._session.theme, self._body)
        bars.show_years(found)
        self._column.addWidget(bars)
        codes = {entry.document.language for entry in entries if entry.document.language}
        if len(codes) > 1:
            self._text(f"in {', '.join(sorted(map(language_name, codes)))}", dim=True)

    def _begin(self) -> None:
        self._body = QWidget()
        self._body.setProperty("pane", True)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 2)
        self._column.setSpacing(HALF)

    def _end(self) -> None:
        self._column.addStretch(1)
        self.setWidget(self._body)

    def _heading(self, text: str, *, first: bool = False) -> None:
        if not first:
            self._column.addSpacing(SPACE + HALF)
        label = QLabel(text)
        label.setProperty("heading", True)
        self._column.addWidget(label)

    def _text(self, text: str, *, dim: bool = False) -> None:
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setMinimumWidth(1)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if dim:
            label.setProperty("dim", True)
        self._column.addWidget(label)


def alias_words(alias: Alias) -> str:
    """Return an alias with its language, and whether it is uncertain."""
    extra = [part for part in (alias.language, "uncertain" if alias.weak else "") if part]
    return f"{alias.name}  {', '.join(extra)}" if extra else alias.name


def stands_on(found: Corroboration) -> str:
    """Return in words how many documents there are and how many of them stand by themselves."""
    count = plural(found.documents, "document")
    if found.texts == 1:
        return f"{count} of one and the same text"
    if found.texts < found.documents:
        count += f", {found.texts} different texts"
    if found.independent == found.texts:
        return f"{count}; none cites another"
    if not found.independent:
        return f"{count}; each cites another"
    verb = "cites" if found.independent == 1 else "cite"
    return f"{count}; {found.independent} of them {verb} none of the others"
