"""The conversation of setup: what holds whatever is typed, and what ends up in the settings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.setup.sitting import CLEAR, QUIET, Sitting, draft
from voice_guide.errors import UsageError
from voice_guide.settings import Settings
from voice_guide.setup.conversation import answer, begin, learn
from voice_guide.setup.countries import country, name_of
from voice_guide.setup.draft import Draft, Facts
from voice_guide.setup.effects import Ask, Say
from voice_guide.setup.findings import Finding, Looked, Played, Reading, Understood, Written
from voice_guide.setup.names import fitting_name
from voice_guide.setup.question import Unfit
from voice_guide.setup.rooms import QUESTIONS

PRINTED = Facts(voice=False, transcriber=False, terminal=False)
"""The shortest sitting: names, devices, patience, captions, country, remember."""


def printed(*typed: str, settings: Settings | None = None, couple: tuple[str, str] | None = None) -> Draft:
    """A sitting without devices or a terminal."""
    facts = replace(PRINTED, couple=couple)
    return Sitting(draft=draft(settings, facts, (), ())).type(typed).run()


def test_all_choices_reach_the_settings() -> None:
    """Each answer is in the settings at the end."""
    typed = ["Zoe", "Max", "", "", "4", "done", "yes", "Austria", "no"]
    assert printed(*typed).settings == Settings(
        first="Zoe",
        second="Max",
        first_patience="x4",
        second_patience="when I say",
        captions=True,
        country="AT",
        remember=False,
    )


def test_enter_keeps_everything() -> None:
    """A second sitting of nothing but Enter changes nothing."""
    before = Settings(first="Zoe", second="Max", first_patience="x2", captions=True, country="AT")
    assert printed(*[""] * 9, settings=before).settings == before


@pytest.mark.parametrize(
    ("typed", "patience"),
    [("1", "x1"), ("x2", "x2"), ("twice", "x2"), ("X 4", "x4"), ("when I say", "when I say"), ("done.", "when I say")],
)  # fmt: skip
def test_patience(typed: str, patience: str) -> None:
    """In whatever words that fit."""
    assert printed("Zoe", "Max", "", "", typed, "", "", "", "").settings.first_patience == patience


def test_names_of_a_record_stay() -> None:
    """Where words are sealed to a couple, no other name is taken; their order may change."""
    couple = ("Zoe", "Max")
    sitting = Sitting(
        draft=draft(Settings(first="Zoe", second="Max"), replace(PRINTED, couple=couple), (), ())
    )
    end = sitting.type(["Ana", "max", "Ben", "", "", "", "", "", "", "", ""]).run()
    assert end.settings.partners == ("max", "Zoe")
    refused = "The record here belongs to Zoe and Max. Please type one of these names."
    assert sitting.lines.count(refused) == 2


def test_a_new_name_loses_its_old_sound() -> None:
    """How one name sounds is not how the next one does."""
    before = Settings(first="Siobhan", second="Ben", first_sounds="Shivawn", second_sounds="Behn")
    end = printed("Ana", *[""] * 8, settings=before).settings
    assert (end.first_sounds, end.second_sounds) == ("", "Behn")


@given(name=st.text(max_size=60))
def test_any_name(name: str) -> None:
    """A name that is not refused holds nothing that a script, a screen or the record cannot."""
    try:
        fits = fitting_name(name)
    except Unfit:
        return
    assert fits.replace("\u200c", "").replace("\u200d", "").isprintable()
    assert not set(",{}") & set(fits)
    assert 0 < len(fits) <= 40
    assert fits == fits.strip()


LINES = st.sampled_from(
    ["", "", "", "yes", "no", "back", "?", "again", "skip", "another", "1", "2", "9", "louder", "slower", "aloud",
     "Ana", "Ben", "none", "done"]
) | st.text(max_size=12)  # fmt: skip
READINGS = st.sampled_from([QUIET, CLEAR, Reading(zero=True), Reading(problem="It is gone."), Reading()])


@hypothesis_settings(deadline=None, max_examples=200)
@given(data=st.data(), facts=st.sampled_from([Facts(), PRINTED, Facts(couple=("Ana", "Ben"))]))
def test_any_conversation(data: st.DataObject, facts: Facts) -> None:
    """Whatever is typed and found, it answers, waits for one thing, and its settings stay such as can be kept."""
    state, effects = begin(draft(facts=facts))
    for _ in range(60):
        if state.over:
            break
        waits = effects[-1]
        assert not isinstance(waits, Say), "nobody would know that something is wanted"
        assert all(isinstance(effect, Say) for effect in effects[:-1])
        if isinstance(waits, Ask):
            state, effects = answer(state, data.draw(LINES))
        else:
            state, effects = learn(state, data.draw(_finding(type(waits).__name__)))
    it = state.draft.settings
    assert not it.first or it.first.casefold() != it.second.casefold() or state.question.id == "name/second"
    assert "lamp" not in repr((state, effects))


def _finding(effect: str) -> st.SearchStrategy[Finding]:
    found: dict[str, st.SearchStrategy[Finding]] = {
        "Look": st.sampled_from([Looked(), Looked(draft().loudspeakers, draft().microphones)]),
        "Play": st.sampled_from([Played(), Played("It cannot be opened.")]),
        "Measure": READINGS,
        "Write": st.sampled_from([Written(), Written("The disk is full.")]),
        "Transcribe": st.sampled_from([Understood("A lamp."), Understood(), Understood(problem="No model.")]),
    }
    return found[effect]


def test_ids_are_unique() -> None:
    """A question is gone to by its id."""
    ids = [question.id for question in QUESTIONS]
    assert len(set(ids)) == len(ids)


def test_a_disk_that_refuses_costs_no_answer() -> None:
    """It is tried again as often as they like, and an answer may be changed in between; all others stay."""
    full = Written("The disk is full.")
    sitting = Sitting(draft=draft(None, PRINTED, (), ()), written=[full, full, Written()])
    typed = ["Zoe", "Max", "", "", "4", "", "yes", "Austria", "yes", "again", "back", "no"]
    end = sitting.type(typed).run()
    assert (end.settings.partners, end.settings.country, end.settings.remember) == (
        ("Zoe", "Max"),
        "AT",
        False,
    )
    assert sitting.lines.count("Shall I try again? [again]") == 2
    assert sitting.lines[-1] == "That is written down. voice-guide start begins an evening."


def test_passphrases_are_not_told() -> None:
    """Neither printed, nor spoken, nor in any `repr`, and taken as they were typed."""
    sitting = Sitting(
        draft=draft(Settings(first="Ana", second="Ben"), Facts(voice=False, transcriber=False), (), ())
    )
    typed = ["", "", "", "", "", "", "", "", "", "yes", " heron  ", " heron  ", "re\u0301ed", "re\u0301ed"]
    end = sitting.type(typed).run()
    assert end.passphrases == (" heron  ", "re\u0301ed")
    assert sitting.secrets[-4:] == [True] * 4
    assert not any(sitting.secrets[:-4])
    assert not [line for line in sitting.lines if "heron" in line and not line.startswith("*")]
    assert "heron" not in repr(end)


def test_a_change_of_mind_drops_passphrases() -> None:
    """Who goes back and wants none has none."""
    sitting = Sitting(
        draft=draft(Settings(first="Ana", second="Ben"), Facts(voice=False, transcriber=False), (), ())
    )
    typed = ["", "", "", "", "", "", "", "", "", "yes", "heron", "heron", "back", "back", "back", "no"]
    assert sitting.type(typed).run().passphrases == ("", "")


def test_typing_silences_the_guide() -> None:
    """Each line that is typed cuts off what is still being said."""
    sitting = Sitting(draft=draft(facts=PRINTED, loudspeakers=(), microphones=()))
    sitting.type(["Ana", "Ben", *[""] * 7]).run()
    assert sitting.hushed == 9


def test_the_end_of_input() -> None:
    """Whoever stops typing gets an error and no settings."""
    with pytest.raises(UsageError, match="ended before setup did"):
        printed("Ana")


@given(text=st.text(max_size=20))
def test_any_country(text: str) -> None:
    """Two letters come out, or nothing; and the letters have a name."""
    code = country(text)
    assert code is None or (len(code) == 2 and code.isupper() and country(name_of(code)) == code)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Germany", "DE"), ("de", "DE"), ("the netherlands", "NL"), ("España", None), ("Scotland", "GB")],
)
def test_countries(typed: str, code: str | None) -> None:
    """By English name or by letters."""
    assert country(typed) == code
