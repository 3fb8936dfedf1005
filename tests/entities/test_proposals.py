"""Names that texts repeat and the list lacks."""

from index.entities.proposals import new_names

TEXT = (
    "Prime Minister Askar Mamin met German Gref. Later Askar Mamin left. The Prime Minister said"
    " that SBER and the Ministry of Justice agreed. SBER paid. The Ministry of Justice did not."
    " Аскара Мамина видели в Алматы. Аскар Мамин уехал из Алматы. See askar.example.kz/Askar-Mamin."
)


def test_repeated_names_are_counted_over_their_spellings() -> None:
    found = {one.name: one for one in new_names([("d", TEXT), ("e", "Askar Mamin again.")], [])}
    assert (found["Askar Mamin"].count, found["Askar Mamin"].documents) == (5, 2)
    assert found["Askar Mamin"].kind == "Person"
    assert found["Ministry of Justice"].kind == "Organization"
    assert found["SBER"].count == 2
    assert "German Gref" not in found  # named once


def test_what_the_list_has_is_left_out() -> None:
    spans = [(at, at + 11) for at in range(len(TEXT)) if TEXT.startswith("Askar Mamin", at)]
    found = {one.name: one for one in new_names([("d", TEXT)], [("d", spans)])}
    assert "Askar Mamin" not in found
    assert found["SBER"].count == 2


def test_what_a_name_seems_to_be() -> None:
    text = (
        "They cite the Criminal Code all over Central Asia, and others cite the Criminal Code"
        " too, in all of Central Asia."
    )
    kinds = {one.name: one.kind for one in new_names([("d", text)], [])}
    assert (kinds["Criminal Code"], kinds["Central Asia"]) == ("Law", "Place")
