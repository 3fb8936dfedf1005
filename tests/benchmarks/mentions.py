"""Precision and recall of mentions, on reports marked by hand and on spellings met elsewhere.

Run with `python -m tests.benchmarks.mentions`. The reports themselves are not
part of the project: the marks carry the SHA-256 of the text they belong to,
and the shared folder is looked through for it.
"""

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

from index.entities import Matcher, read_list
from index.model import Entity, Mention
from tests.conftest import shared_folder

DATA = Path(__file__).resolve().parent.parent / "data"
SURE = 0.8
INFLECTED = "~"  # before a spelling that texts have and no list would


def load_list() -> list[Entity]:
    """Return the list of the marked reports, each entity in one spelling."""
    entries = read_list(DATA / "mentions_list.csv").entries
    return [Entity(entry.name, entry.kind, entry.name) for entry in entries]


def load_marks() -> dict[str, list[dict[str, str | int]]]:
    """Return the marks of each report by the SHA-256 of its text."""
    marks: dict[str, list[dict[str, str | int]]] = {}
    for line in (DATA / "mentions.jsonl").read_text(encoding="utf-8").splitlines():
        mark = json.loads(line)
        marks.setdefault(mark["report"], []).append(mark)
    return marks


def load_reports() -> dict[str, str]:
    """Return the shared reports that are texts by their SHA-256."""
    found = {}
    for path in (shared_folder() / "reports").glob("*.txt"):
        data = path.read_bytes()
        found[hashlib.sha256(data).hexdigest()] = data.decode("utf-8")
    return found


def overlaps(mention: Mention, mark: dict[str, str | int]) -> bool:
    """Say whether a mention is the one that a mark means."""
    named = mark["name"] == mention.entity or mark["name"] in mention.others
    return named and mention.start < int(mark["end"]) and int(mark["start"]) < mention.end


class Score:
    """What was found of what is there, and what of it is right."""

    def __init__(self) -> None:
        self.there: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.offered: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.missed: list[str] = []
        self.wrong: list[str] = []

    def add(self, text: str, mentions: list[Mention], marks: list[dict[str, str | int]]) -> None:
        """Count one report."""
        for mark in marks:
            how = str(mark["how"])
            if how == "maybe":
                continue
            self.there[how] += 1
            if any(overlaps(mention, mark) for mention in mentions):
                self.found[how] += 1
            else:
                shown = text[int(mark["start"]) : int(mark["end"])]
                self.missed.append(f"{mark['name']} as “{shown}” at {mark['start']}")
        for mention in mentions:
            right = any(overlaps(mention, mark) for mark in marks)
            for how in (mention.how.value, "above 0.8" if mention.score > SURE else "below 0.8"):
                self.offered[how] += 1
                self.right[how] += right
            if not right:
                self.wrong.append(f"“{mention.text}” for {mention.entity} ({mention.score})")

    def show(self) -> None:
        """Print the score."""
        for how, count in sorted(self.there.items()):
            found = self.found[how]
            print(f"  recall    {how:9} {found:4} of {count:4}  {share(found, count)}")
        for how, count in sorted(self.offered.items()):
            right = self.right[how]
            print(f"  precision {how:9} {right:4} of {count:4}  {share(right, count)}")
        for line in (
            *(f"missed {each}" for each in self.missed),
            *(f"wrong {w}" for w in self.wrong),
        ):
            print(f"    {line}")


def written_passages() -> dict[str, Score]:
    """Score each set of written passages, a list of 21 entities over the texts it belongs to."""
    folder = DATA / "written"
    with (folder / "lists.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lists: dict[str, list[Entity]] = {}
    for row in rows:
        one = Entity(row["name"], row["kind"], row["name"])
        lists.setdefault(row["list"], []).append(one)
    marks = [json.loads(line) for line in (folder / "marks.jsonl").read_text("utf-8").splitlines()]
    matchers = {name: Matcher(entities) for name, entities in lists.items()}
    scores: dict[str, Score] = {}
    for text_name in dict.fromkeys(mark["text"] for mark in marks):
        text = (folder / f"{text_name}.txt").read_text(encoding="utf-8")
        own = [mark for mark in marks if mark["text"] == text_name]
        score = scores.setdefault(own[0]["set"], Score())
        score.add(text, matchers[own[0]["list"]].find("", text), own)
    return scores


def share(part: int, whole: int) -> str:
    """Return a share in per cent."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def marked_reports() -> Score:
    """Score the matcher on the marked reports."""
    matcher, reports, score = Matcher(load_list()), load_reports(), Score()
    for sha256, marks in load_marks().items():
        if sha256 in reports:
            text = reports[sha256]
            score.add(text, matcher.find(sha256, text), marks)
    return score


def other_spellings() -> tuple[Score, int]:
    """List every spelling in turn and look for all the others; count names taken by others."""
    with (DATA / "spellings.csv").open(encoding="utf-8", newline="") as file:
        groups = [(row["kind"], row["spellings"].split("|")) for row in csv.DictReader(file)]
    score, taken = Score(), 0
    everybody = [Entity(names[0], kind, names[0]) for kind, names in groups]
    for kind, names in groups:
        for listed in dict.fromkeys(names):
            if listed.startswith(INFLECTED):
                continue
            matcher = Matcher([Entity(names[0], kind, listed)])
            for written in (name.removeprefix(INFLECTED) for name in names):
                text = f"On that day {written} was named by those who came."
                start = text.index(written)
                mark = {"name": names[0], "start": start, "end": start + len(written), "how": kind}
                found = matcher.find("", text)
                score.add(text, found, [mark])
                if not found:
                    score.missed[-1] += f" listed as {listed}"
    whole = Matcher(everybody)
    for _, names in groups:
        for written in (name.removeprefix(INFLECTED) for name in names):
            found = whole.find("", f"On that day {written} was named.")
            taken += sum(1 for mention in found if mention.entity != names[0])
    return score, taken


def main() -> None:
    score = marked_reports()
    print(f"{sum(score.there.values())} marks in the shared reports, each entity listed once")
    score.show()
    for name, written in written_passages().items():
        print(f"{sum(written.there.values())} marks in the {name} set of written passages")
        written.show()
    spelled, taken = other_spellings()
    print("Spellings of public names, each listed in turn and sought in every other")
    spelled.show()
    print(f"  names taken by another on the list: {taken}")


if __name__ == "__main__":
    main()
