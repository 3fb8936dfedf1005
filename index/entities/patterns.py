"""Names made ready for matching: people as given name and surname, the rest as phrases."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

from index.entities import words
from index.entities.cases import gender, is_child, is_patronymic, is_surname
from index.entities.countries import country_of
from index.entities.lexicon import given_groups, kin
from index.entities.sounds import join, levelled, sounds, unhonoured
from index.entities.wordinfo import given_keys, initial_keys, stem
from index.model import How

FUNCTION_WORDS = frozenset(
    "the a an of for and in on to de la et von der в по и на о об за при для"
    " және мен бен пен үшін туралы жөніндегі бойынша".split()
)
LEGAL_FORMS = frozenset(
    "llc llp ltd inc jsc plc gmbh ag sa bv nv too ao oao ooo zao pao ip ojsc cjsc corp co"
    " ооо оао зао пао ао тоо ип гкп кгу ргп нао оф жшс ақ мкк".split()
)


_DZH = ("j", "dj", "dzh", "дж")  # what Russian writes with two letters, of which д is the initial


@dataclass(frozen=True)
class Unit:
    """A given name or a surname: one word, or several written as one name."""

    parts: tuple[str, ...]  # folded

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every form of the whole, its words joined."""
        return frozenset(
            join(*choice) for choice in product(*(sounds(part)[:3] for part in self.parts))
        )

    @cached_property
    def levelled(self) -> frozenset[str]:
        """The forms without what the East Slavic languages spell each in its own way."""
        return frozenset(map(levelled, self.forms))

    @cached_property
    def unhonoured(self) -> frozenset[str]:
        """The same of those forms that end in -jon or -xon, without it."""
        bare = {form: unhonoured(form) for form in self.forms}
        return frozenset(levelled(short) for form, short in bare.items() if short != form)

    @cached_property
    def groups(self) -> frozenset[int]:
        """The known given names that this may be."""
        return given_groups(tuple(self.forms))

    @cached_property
    def gender(self) -> str:
        """What its ending says of its bearer."""
        return next((found for form in self.forms if (found := gender(form))), "")

    @cached_property
    def declined(self) -> bool:
        """Whether Russian would put it into cases for certain."""
        fixed = ("uli", "kizi", "ogli", "zoda", "zade")
        return bool(self.gender) and not any(form.endswith(fixed) for form in self.forms)

    @cached_property
    def keys(self) -> frozenset[str]:
        """What a word must share with this to be looked at as a given name."""
        forms = {form for part in self.parts for form in sounds(part)} | self.forms
        forms |= kin(self.groups)
        return given_keys(forms) | initial_keys(self.initials)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The first letters of the forms, as initials would give them."""
        found = {form[:1] for form in (*self.forms, *kin(self.groups))}
        if self.parts[0].startswith(_DZH):
            found.add("d")  # Д. Джаманбаева
        return frozenset(found)


@dataclass(frozen=True, eq=False)
class PersonName:
    """One name of a person."""

    entity: int
    how: How
    name: str
    folded: tuple[str, ...]  # all words as the list gives them
    given: tuple[Unit, ...]  # one or more
    patronymic: Unit | None
    surname: Unit
    most: float = 1.0  # the most that a mention by this name may score
    note: str = ""  # why, where that is less than 1

    @cached_property
    def plain(self) -> bool:
        """Whether it is a name on the list, with given names and no initials."""
        return self.most == 1.0 and all(len(p) > 1 for unit in self.given for p in unit.parts)

    @cached_property
    def anchor(self) -> str:
        """The folded word that a text must hold, in some spelling."""
        return self.surname.parts[-1]

    @cached_property
    def surname_end(self) -> int:
        """Which of all words is the surname's last."""
        count = len(self.surname.parts)
        for place in range(len(self.folded) - count + 1):
            if self.folded[place : place + count] == self.surname.parts:
                return place + count - 1
        return len(self.folded) - 1

    @cached_property
    def given_whole(self) -> Unit:
        """All given names as one."""
        return Unit(tuple(part for unit in self.given for part in unit.parts))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What a word beside the surname must share with the given name to be looked at."""
        if len(self.given) == 1:
            return self.given[0].keys
        return self.given_whole.keys.union(*(unit.keys for unit in self.given))


@dataclass(frozen=True)
class PhraseWord:
    """One word of a phrase."""

    folded: str
    optional: bool  # may be left out or stand in another form
    acronym: bool
    capital: bool
    sole: bool = False  # the only word of the name

    @cached_property
    def forms(self) -> frozenset[str]:
        """The forms of the word."""
        return frozenset(sounds(self.folded))

    @cached_property
    def levelled(self) -> frozenset[str]:
        """The forms without what the East Slavic languages spell each in its own way."""
        return frozenset(map(levelled, self.forms))

    @cached_property
    def stem(self) -> str:
        """The stem of the word."""
        return stem(self.folded)

    @cached_property
    def country(self) -> int:
        """The number of the country that the word names, or 0."""
        return 0 if self.optional else country_of(self.folded)


@dataclass(frozen=True, eq=False)
class Phrase:
    """One name of anything but a person, or of a person with one name only."""

    entity: int
    how: How
    name: str
    words: tuple[PhraseWord, ...]
    kind: str
    joined: bool = False  # made by writing the name's words as one
    abridged: bool = False  # made by leaving the country out
    most: float = 1.0  # the most that a mention by this name may score
    stopped: bool = False  # with full stops between its words (Ar.Rukh.Khak)

    @property
    def folded(self) -> tuple[str, ...]:
        """All words, folded."""
        return tuple(word.folded for word in self.words)

    @property
    def content(self) -> tuple[PhraseWord, ...]:
        """The words that a text must hold."""
        return tuple(word for word in self.words if not word.optional)


HYPHENS = ("-", "‐", "‑")


def _units(name: str) -> list[tuple[str, ...]]:
    """Return a name's words, those held together by a hyphen or by kyzy and uulu as one."""
    units: list[tuple[str, ...]] = []
    last_end = -1
    for match in words.words(name):
        part = words.fold(match[0])
        between = name[last_end : match.start()].strip() if last_end >= 0 else ""
        if units and (between in HYPHENS or (not between and is_child(part))):
            units[-1] = (*units[-1], part)
        else:
            units.append((part,))
        last_end = match.end()
    return units


def _is_initial(unit: tuple[str, ...]) -> bool:
    return len(unit) == 1 and len(unit[0]) == 1


def person_name(number: int, how: How, name: str) -> PersonName | None:
    """Return a person's name taken apart, or None when it is one word."""
    before, comma, after = name.partition(",")
    ordered = f"{after} {before}" if comma and after.strip() and before.strip() else name
    units = _units(ordered)
    if len(units) < 2 or any(part.isdigit() for unit in units for part in unit):
        return None
    made = [Unit(unit) for unit in units]
    surname = len(made) - 1
    if not comma and (_surname_first(made) or _is_chinese(made)):
        surname = 0
    rest = [unit for number, unit in enumerate(made) if number != surname]
    patronymic = None
    if len(rest) > 1 and (_father(rest[-1]) or _is_initial(rest[-1].parts)):
        patronymic = rest.pop()
    return PersonName(
        entity=number,
        how=how,
        name=name,
        folded=tuple(part for unit in _units(name) for part in unit),
        given=tuple(rest),
        patronymic=patronymic,
        surname=made[surname],
    )


def _father(unit: Unit) -> bool:
    return any(is_patronymic(form) for form in unit.forms)


_CHINESE = frozenset(
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang"
    " song zheng xie han tang feng yu dong xiao cheng cao yuan deng xi shen zeng peng lu su jiang"
    " cai jia ding wei xue ye yan pan du dai xia zhong tian fan fang shi yao tan liao zou xiong jin"
    " hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan qian yin"
    " ван ли чжан лю чэнь чен ян чжао хуан чжоу у сюй сунь ху чжу гао линь го ма ло си цай дэн"
    " вэнь цзян".split()
)


def _is_chinese(units: list[Unit]) -> bool:
    """Say whether a name seems to be a Chinese one, which begins with the surname."""
    if len(units) != 2 or units[0].parts[0] not in _CHINESE:
        return False
    return not any(form.endswith(("ov", "ev", "ova", "eva", "ina")) for form in units[1].forms)


def _surname_first(units: list[Unit]) -> bool:
    """Say whether a name seems to be in the order of a Russian register."""
    first, last = units[0], units[-1]
    if _is_initial(last.parts):
        return True
    if len(units) > 2 and _father(last):
        return True

    def surname_like(unit: Unit) -> bool:
        return any(is_surname(form) for form in unit.forms) and not unit.groups

    return surname_like(first) and not surname_like(last) and bool(last.groups)


def phrase(number: int, how: How, name: str, kind: str) -> Phrase | None:
    """Return a name as a phrase, or None when it has no words."""
    made: list[PhraseWord] = []
    matches = list(words.words(name))
    for match in matches:
        raw = match[0]
        cut = words.possessive_length(raw)
        folded = words.fold(raw[: len(raw) - cut])
        made.append(
            PhraseWord(
                folded=folded,
                optional=folded in FUNCTION_WORDS or folded in LEGAL_FORMS,
                acronym=1 < len(raw) <= 6 and raw.isupper(),
                capital=raw[:1].isupper(),
                sole=len(matches) == 1,
            )
        )
    if made and all(word.optional for word in made):
        made = [PhraseWord(word.folded, False, word.acronym, word.capital) for word in made]
    stopped = any(name[one.end() :].startswith(".") for one in matches[:-1])
    return Phrase(number, how, name, tuple(made), kind, stopped=stopped) if made else None
