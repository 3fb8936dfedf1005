"""One person however spelled, and different people kept apart."""

import pytest

from index.entities import Matcher
from index.model import Alias, Entity, How


def named(name: str, kind: str = "Person", *aliases: str) -> Entity:
    return Entity(name, kind, name, tuple(Alias(each) for each in aliases))


def texts(text: str, *entities: Entity) -> list[str]:
    mentions = Matcher(entities).find("d", text)
    assert all(text[each.start : each.end] == each.text for each in mentions)
    return [each.text for each in mentions]


SAME = [
    ("Maks Bokayev", "Max Bokaev"),
    ("Maks Bokayev", "Макс Бокаев"),
    ("Maks Bokayev", "Мақс Боқаев"),
    ("Maks Bokayev", "Maqs Boqaev"),
    ("Maks Bokayev", "Bokayev Maks"),
    ("Maks Bokayev", "Бокаев Макс Талгатович"),
    ("Maks Bokayev", "Макс Талгатович Бокаев"),
    ("Maks Bokayev", "Макса Бокаева"),
    ("Maks Bokayev", "Максу Бокаеву"),
    ("Maks Bokayev", "Максом Бокаевым"),
    ("Maks Bokayev", "Максе Бокаеве"),
    ("Maks Bokayev", "Мақс Боқаевтың"),
    ("Maks Bokayev", "Мақс Боқаевқа"),
    ("Maks Bokayev", "M. Bokayev"),
    ("Maks Bokayev", "М. Т. Бокаев"),
    ("Maks Bokayev", "Бокаев М."),
    ("Maks Bokayev", "Бокаева М. Т."),
    ("Maks Bokayev", "MAKS BOKAYEV"),
    ("Макс Бокаев", "Maks Bokayev"),
    ("Бокаев Макс Талгатович", "Maks Bokayev"),
    ("Karim Massimov", "Karim Masimov"),
    ("Karim Massimov", "Кәрім Мәсімов"),
    ("Karim Massimov", "Карима Масимова"),
    ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"),
    ("Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев"),
    ("Kassym-Jomart Tokayev", "Qasym-Jomart Toqaev"),
    ("Kassym-Jomart Tokayev", "Kasym Zhomart Tokaev"),
    ("Kassym-Jomart Tokayev", "Касым-Жомарту Токаеву"),
    ("Kassym-Jomart Tokayev", "Касым-Жомарта Кемелевича Токаева"),
    ("Kassym-Jomart Tokayev", "К.-Ж. Токаев"),
    ("Yerzhan Yelshibayev", "Erzhan Elshibaev"),
    ("Yerzhan Yelshibayev", "Ержан Елшібаев"),
    ("Yerzhan Yelshibayev", "Ержана Елшибаева"),
    ("Yerzhan Yelshibayev", "Erjan Elşıbaev"),
    ("Askhat Zheksebayev", "Асхат Жексебаев"),
    ("Askhat Zheksebayev", "Ashat Jeksebaev"),
    ("Aigerim Nurlanova", "Айгерім Нұрланова"),
    ("Aigerim Nurlanova", "Айгерим Нурлановой"),
    ("Aigerim Nurlanova", "Aygerim Nurlanova"),
    ("Elena Shvetsova", "Елену Швецову"),
    ("Elena Shvetsova", "Елены Швецовой"),
    ("Natalia Dauletiyarova", "Наталья Даулетиярова"),
    ("Natalia Dauletiyarova", "Натальи Даулетияровой"),
    ("Gulzipa Dzhauserova", "Гульзипа Жаусерова"),
    ("Yevgeny Zhovtis", "Евгения Жовтиса"),
    ("Yevgeny Zhovtis", "Evgenii Jovtis"),
    ("Bolat Nazarbayev", "Булат Назарбаев"),
    ("Barlyk Mendygazyev", "Baryk Mendygazyev"),
    ("Patokh Chodiyev", "Патох Шодиев"),
    ("Galymzhan Kenzhebayev", "Ғалымжан Кенжебаев"),
    ("Saltanat Kusmankyzy", "Салтанат Құсманқызы"),
    ("Sergei Duvanov", "Сергея Дуванова"),
    ("Aliya Nurgaliyeva", "Алии Нургалиевой"),
    ("Serikzhan Bilash", "Серікжан Біләштің"),
    ("Bakhytzhan Toregozhina", "Бахытжан Торегожина"),
    ("Khadija Ismayilova", "Xədicə İsmayılova"),
    ("Mustafa Dzhemilev", "Mustafa Cemilev"),
    ("Oleh Sentsov", "Олегом Сенцовым"),
    ("Volodymyr Zelenskyy", "Владимира Зеленского"),
    ("Алексей Навальный", "Навальном А. А."),
    ("Leyla Yunus", "Лейлу Юнус"),
    ("Altynbek Sarsenbayuly", "Алтынбека Сарсенбайулы"),
    ("Emomali Rahmon", "Emomali Rahmonov"),
    ("Talgat Ayan", "Talgat Ayanov"),
    ("Talgat Ayan", "Талгат Аянов"),
    ("Кайрат Сатыбалды", "Қайрат Сатыбалдыұлы"),
    ("Lola Karimova-Tillyaeva", "Lola Karimova"),
    ("George Bush", "George H.W. Bush"),
    ("Abdulla Aripov", "Аbdulla Аripov"),  # with Cyrillic capitals
    ("Xi Jinping", "Xi Jinping"),
]


@pytest.mark.parametrize(("listed", "written"), SAME)
def test_one_person_is_found_however_spelled(listed: str, written: str) -> None:
    assert texts(f"then {written} spoke", named(listed)) == [written]


OTHERS = [
    ("Maks Bokayev", "Maks Bokayeva"),
    ("Maks Bokayev", "Айгуль Бокаева"),
    ("Maks Bokayev", "Макс Бокаева"),
    ("Maks Bokayev", "Talgat Bokayev"),
    ("Maks Bokayev", "Т. Бокаев"),
    ("Maks Bokayev", "Бокаев Т. М."),
    ("Marat Kurbanov", "Murat Kurbanov"),
    ("Marat Kurbanov", "Marat Kurmanov"),
    ("Dinara Smailova", "Dinar Smailov"),
    ("Dinara Smailova", "Динар Смаилов"),
    ("Dulat Agadil", "Zhanbolat Agadil"),
    ("Erlan Ospanov", "Ermek Ospanov"),
    ("Бокаев Макс Талгатович", "Макс Ерланович Бокаев"),
    ("Barlyk Mendygazyev", "Bekizhan Mendygazyev"),
    ("Askar Mamin", "Askar Maminov"),
    ("Nurlan Abdirov", "Nurlan Abdirova"),
    ("Maks Bokayev", "Maks Bokayev-Ivanov"),
    ("Karim Massimov", "Kairat Massimov"),
    ("Yerlan Karin", "Yerlan Karimov"),
    ("Aset Matayev", "Seitkazy Matayev"),
    ("Seitkazy Matayev", "Асет Матаев"),
    ("Nurbol Onerkhan", "Nurbolat Onerkhan"),
    ("Serik Sapargali", "Serikbol Sapargali"),
    ("Alim Abdirov", "Alima Abdirova"),
    ("Rinat Batkayev", "Renata Batkayeva"),
    ("John Smith", "Jessica C. Smith"),
    ("Karl Marx", "Karl March"),
]


@pytest.mark.parametrize(("listed", "written"), OTHERS)
def test_different_people_stay_different(listed: str, written: str) -> None:
    assert texts(f"then {written} spoke", named(listed)) == []


PHRASES = [
    ("Place", "Zhanaozen", "Жаңаөзен"),
    ("Place", "Zhanaozen", "Жанаозене"),
    ("Place", "Zhanaozen", "Janaozen"),
    ("Place", "Zhanaozen", "Жаңаөзенде"),
    ("Place", "Жанаозен", "Zhanaozen"),
    ("Place", "Almaty", "Алматыда"),
    ("Place", "Astana", "Астане"),
    ("Place", "Nur-Sultan", "Нур-Султане"),
    ("Place", "Nur-Sultan", "Nursultan"),
    ("Place", "Nursultan", "Nur-Sultan"),
    ("Organization", "Nur Otan", "Nur-Otan"),
    ("Organization", "Nur Otan", "«Нур Отана»"),
    ("Organization", "Nur Otan", "Нұр Отан"),
    ("Organization", "Nur Otan", "Nurotan"),
    ("Organization", "Open Dialogue Foundation", "Open Dialog Foundation"),
    ("Organization", "Adil Soz", "Адил соз"),
    ("Organization", "Adil Soz", "«Әділ сөз»"),
    ("Organization", "BTS Digital LLC", "BTS Digital"),
    ("Organization", "Комитет национальной безопасности", "Комитета национальной безопасности"),
    ("Organization", "Koshe Partiyasy", "Көше партиясы"),
    (
        "Organization",
        "Kazakhstan International Bureau for Human Rights and Rule of Law",
        "Kazakhstan International Bureau for Human Rights and the Rule of Law",
    ),
    ("Organization", "International Organization for Migration",
     "International Organisation for Migration"),
    ("Law", "Article 174", "ст. 174"),
    ("Law", "Article 174", "статьи 174"),
    ("Law", "Article 174", "Art. 174"),
    ("Law", "ст. 174", "Article 174"),
    ("Law", "Article 174", "174-бабы"),
    ("Law", "Article 174 of the Criminal Code", "Article 174 of the Criminal Code of Kazakhstan"),
    ("Law", "Article 174 of the Criminal Code", "ст. 174 УК РК"),
    ("Law", "Article 174 of the Criminal Code", "статье 174 Уголовного кодекса"),
    ("Law", "Law on Public Associations", "Law on public associations"),
    ("Law", "ст. 207.3 УК РФ", "статье 207.3 Уголовного кодекса"),
    ("Place", "Rushan", "Rushon"),
    ("Place", "Ashgabat", "Ашхабаде"),
    ("Organization", "BTA Bank", "БТА банка"),
    ("Organization", "Hizb ut-Tahrir", "Hizbut Tahrir"),
    ("Organization", "Alga Kazakhstan", "Alga, Kazakhstan"),
    ("Organization", "Committee for Children's Rights", "Committee for Children’s Rights"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "listed", "written"), PHRASES)
def test_other_names_are_found_however_spelled(kind: str, listed: str, written: str) -> None:
    found = texts(f"then {written} was meant", named(listed, kind))
    assert [each.strip("«»") for each in found] == [written.strip("«»")]


NOT_PHRASES = [
    ("Place", "Nur-Sultan", "Nursultan Nazarbayev"),
    ("Place", "Almaty", "Almatinsky"),
    ("Law", "Article 174", "Article 1740"),
    ("Law", "Article 174", "Article 175"),
    ("Law", "Article 174", "ст. 174-1"),
    ("Law", "Article 174 of the Criminal Code", "Article 174 of the Constitution"),
    ("Law", "Article 174 of the Criminal Code", "ст. 174 КоАП"),
    ("Law", "Article 174", "page 174"),
    ("Law", "ст. 207.3 УК РФ", "ст. 207 УК РФ"),
    ("Law", "Article 174", "Article 174.2"),
    ("Place", "Almas", "Alma"),
    ("Organization", "WHO", "who"),
    ("Organization", "ERG", "erg"),
    ("Organization", "Nur Otan", "Nur. Otan"),
]


@pytest.mark.parametrize(("kind", "listed", "written"), NOT_PHRASES)
def test_other_things_are_not_taken(kind: str, listed: str, written: str) -> None:
    assert texts(f"then {written} was meant", named(listed, kind)) == []


def test_surnames_count_only_where_the_full_name_stands() -> None:
    bokayev = named("Maks Bokayev")
    assert texts("Bokayev was freed.", bokayev) == []
    mentions = Matcher([bokayev]).find(
        "d", "Макс Бокаев вышел. Адвокат Бокаева рад. President Bokayev’s. Т. Бокаев нет."
    )
    assert [each.text for each in mentions] == ["Макс Бокаев", "Бокаева", "Bokayev"]
    assert [each.how for each in mentions] == [How.VARIANT, How.SURNAME, How.SURNAME]
    assert all(each.score >= 0.8 for each in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "Т. Бокаев и Макс Бокаев. С Бокаевым говорили.",
        "Макс Бокаев. Коллеги Бокаева ушли.",
        "Макс Бокаев. Позже Бокаева видели.",
        "Макс Бокаев. Адвокат Бокаева Сергей молчал.",
    ],
)
def test_a_word_that_begins_a_sentence_is_no_given_name(text: str) -> None:
    assert texts(text, named("Maks Bokayev"))[-1].startswith("Бокаев")


@pytest.mark.parametrize(
    "text",
    [
        "Bolot Temirov left. The site Temirov Live went on.",
        "Bolot Temirov left. Abdirash Temirov did not.",
    ],
)
def test_a_surname_in_a_longer_name_is_doubtful(text: str) -> None:
    mentions = Matcher([named("Bolot Temirov")]).find("d", text)
    assert mentions[0].score == 1.0
    assert all(each.score < 0.8 for each in mentions[1:])


@pytest.mark.parametrize(
    "other",
    [
        "Dariga Nazarbayeva",
        "Bolat Nazarbayev",
        "B. Nazarbayev",
        "Nazarbayev University",
        "проспект Назарбаева",
        "Nazarbayev-Kulibayev",
        "Дарига Назарбаева",
    ],
)
def test_another_bearer_of_the_surname_is_not_taken(other: str) -> None:
    text = f"Nursultan Nazarbayev resigned. Then {other} came."
    assert texts(text, named("Nursultan Nazarbayev")) == ["Nursultan Nazarbayev"]


def test_an_ambiguous_surname_names_both() -> None:
    brothers = [named("Barlyk Mendygazyev"), named("Bekizhan Mendygazyev")]
    text = "Barlyk Mendygazyev fled. Bekizhan Mendygazyev did not. Mendygazyev was held."
    last = Matcher(brothers).find("d", text)[-1]
    assert (last.entity, last.others) == ("Bekizhan Mendygazyev", ("Barlyk Mendygazyev",))
    assert last.score < 0.8


def test_a_surname_after_another_unlisted_bearer_is_doubtful() -> None:
    text = "Bolat Nazarbayev left. Nursultan Nazarbayev did. Bolat Nazarbayev sold. Nazarbayev won."
    mentions = Matcher([named("Nursultan Nazarbayev")]).find("d", text)
    assert [each.text for each in mentions] == ["Nursultan Nazarbayev", "Nazarbayev"]
    assert mentions[1].score < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Open Dialogue Foundation (ODF) wrote. ODF said.",
        "“Open Dialogue Foundation” (hereinafter – “ODF”) wrote. ODF said.",
        "ODF (Open Dialogue Foundation) wrote. The ODF’s report.",
        "Open Dialog Foundation, also known as ODF, wrote. ODF said.",
    ],
)
def test_an_acronym_counts_where_the_report_defines_it(text: str) -> None:
    found = texts(text, named("Open Dialogue Foundation", "Organization"))
    assert found.count("ODF") == 2


def test_an_undefined_acronym_and_a_place_in_brackets_count_for_nothing() -> None:
    entity = named("Open Dialogue Foundation", "Organization")
    assert texts("Open Dialogue Foundation (Brussels) and ODF.", entity) == [
        "Open Dialogue Foundation"
    ]


def test_an_acronym_in_the_other_script_has_all_its_letters() -> None:
    listed = [Entity("1", "Organization", "United Nations", (Alias("ООН"), Alias("ШОС")))]
    text = "THE LAW ON ASSEMBLIES. OON and SHOS met, SOS was sent."
    found = [text[each.start : each.end] for each in Matcher(listed).find("d", text)]
    assert found == ["OON", "SHOS"]


def test_a_russian_acronym() -> None:
    entity = named("Демократический выбор Казахстана", "Organization")
    text = "движение «Демократический выбор Казахстана» (далее – ДВК) запрещено. Сторонники ДВК."
    assert texts(text, entity) == ["Демократический выбор Казахстана", "ДВК", "ДВК"]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.kz/news/maks-bokayev-freed",
        "https://example.kz/news/\r\nmaks-bokayev-freed",
        "www.bokayev.kz/Maks Bokayeva",
        "maks.bokayev@example.org",
        "Bokayev.kz",
    ],
)
def test_nothing_is_found_in_an_address(address: str) -> None:
    bokayev = named("Maks Bokayev")
    assert texts(f"Maks Bokayev: see {address} there", bokayev) == ["Maks Bokayev"]


def test_a_reason_says_what_differs() -> None:
    mention = Matcher([named("Karim Massimov")]).find("d", "Karim Masimov")[0]
    assert mention.reason == "one letter from Karim Massimov"
    assert mention.how is How.VARIANT
