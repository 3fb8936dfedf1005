"""Time of a large list over a large archive, against folding the same text once.

Run with `python -m tests.benchmarks.matching_speed [entities] [pages]`.
"""

import random
import resource
import sys
import time

from index.entities import Matcher
from index.entities.words import WORD
from index.model import Alias, Entity

SYLLABLES = (
    "ba ka ra sa nur bek gal ym zhan ash er lan dau ren ol zh as kai rat mar at bol sul tan ai ger"
    " im du lat ser ik tal gat zhu ma bai or az ta lip se it abd ul kha lyk me ru ert sham shi"
).split()
COMMON = (
    "the of con ment tion pro re ly est ing com per ted form ver ple ity den cal ous ex in de dis"
    " stra port ance graph press gov ern ti on al cess quest uni lo gi thr ough wh ere"
).split()
ENDINGS = ("ov", "ev", "bayev", "bekov", "uly", "in", "ova", "eva")
PAGE_WORDS = 420


def word(
    random_: random.Random, low: int = 2, high: int = 3, syllables: list[str] = SYLLABLES
) -> str:
    return "".join(random_.choice(syllables) for _ in range(random_.randint(low, high)))


def make_list(random_: random.Random, count: int) -> list[Entity]:
    made = []
    for number in range(count):
        given = word(random_).capitalize()
        surname = (word(random_) + random_.choice(ENDINGS)).capitalize()
        aliases = [f"{given} {surname.replace('zh', 'j')}", f"{surname} {given}"]
        aliases += [f"{given[0]}. {surname}", f"{word(random_).capitalize()} {surname}"]
        name = f"{given} {surname}"
        made.append(Entity(str(number), "Person", name, tuple(map(Alias, aliases))))
    return made


def make_pages(random_: random.Random, entities: list[Entity], count: int) -> list[str]:
    common = [word(random_, 1, 4, COMMON) for _ in range(30_000)]
    unlisted = [word(random_) + random_.choice(["", *ENDINGS]) for _ in range(20_000)]
    weights = [1 / (rank + 3) for rank in range(len(common))]
    pages = []
    for _ in range(count):
        words = random_.choices(common, weights, k=PAGE_WORDS)
        for at in random_.sample(range(PAGE_WORDS), 30):
            words[at] = words[at].capitalize()
        for at in random_.sample(range(PAGE_WORDS), 12):
            words[at] = random_.choice(unlisted).capitalize()
        for at in random_.sample(range(PAGE_WORDS), 4):
            words[at] = random_.choice(random_.choice(entities).names)
        pages.append(" ".join(words))
    return pages


def main() -> None:
    entities_count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    pages_count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    random_ = random.Random(4)
    entities = make_list(random_, entities_count)
    sample = make_pages(random_, entities, min(pages_count, 2000))
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.process_time()
    matcher = Matcher(entities)
    built = time.process_time() - began
    began = time.process_time()
    found = folded = 0.0
    mentions = 0
    repeats = max(1, pages_count // len(sample))
    for repeat in range(repeats):
        for page in sample:
            # New words on every round, so that nothing is answered from memory alone.
            text = page if not repeat else page.replace("gov", random_.choice(COMMON), 9)
            mark = time.process_time()
            mentions += len(matcher.find("d", text))
            found += time.process_time() - mark
            mark = time.process_time()
            [each.casefold() for each in WORD.findall(text)]
            folded += time.process_time() - mark
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{entities_count} entities, {repeats * len(sample)} pages, {mentions} mentions")
    print(f"building {built:.1f} s CPU, finding {found:.1f} s CPU")
    print(f"ratio to cutting the text into folded words: {(built + found) / folded:.1f}")
    print(f"memory: {peak:.0f} MB at most, {peak - base:.0f} MB over what the text and list take")


if __name__ == "__main__":
    main()
