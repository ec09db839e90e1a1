"""Spanish: its exercises keep the rules of the others, and a yes is one only where nothing turns it round."""

from __future__ import annotations

import re

import pytest

from tests.english import ENGLISH
from voice_guide.exercise.check import MOST_WORDS, lint
from voice_guide.exercise.flat import Question
from voice_guide.exercise.parallel import differences
from voice_guide.exercise.sentences import sentences
from voice_guide.language.phrases import OwnQuestion, Phrase
from voice_guide.languages import invented, language
from voice_guide.library import open_script, program_of, scripts
from voice_guide.rehearsal.paper import Paper
from voice_guide.rehearsal.tempers import Temper, tempered
from voice_guide.session.answers import leave_us
from voice_guide.session.commands import spoken_command, without_tail
from voice_guide.session.consents import consent
from voice_guide.session.effects import Tell
from voice_guide.session.frame import framed
from voice_guide.session.progress import spoken_seconds

SPANISH = language("es")
NAMES = ("Ana", "Luis")


def test_three_exercises_are_there() -> None:
    """Two gentle ones for a first evening, and one that goes deeper."""
    assert scripts("es") == ["eye-level", "together-and-equal", "what-im-afraid-of"]


@pytest.mark.parametrize("name", scripts("es"))
def test_a_translation_has_no_problem(name: str) -> None:
    """It does what its original does, and the linter has nothing to say."""
    translated = open_script(name, "es")
    assert differences(open_script(name), translated) == ()
    assert lint(translated, SPANISH) == ()


@pytest.mark.parametrize("temper", list(Temper))
@pytest.mark.parametrize("name", scripts("es"))
def test_every_evening_reaches_an_end(name: str, temper: Temper) -> None:
    """Whatever the couple is like; only whoever is distressed stops it."""
    told: list[Tell] = []
    program = framed(program_of(open_script(name, "es"), NAMES), protected=True)
    couple = tempered(temper, program, invented("es"))
    ending = Paper(program, couple, [lambda _, tell: told.append(tell)]).run()
    assert ending == ("stopped" if temper is Temper.DISTRESSED else "completed")


@pytest.mark.parametrize("name", scripts("es"))
def test_nothing_of_it_is_english(name: str) -> None:
    """Neither a prompt, nor its other words, nor its help."""
    english = {*ENGLISH.says.values()} | {
        text for words in ENGLISH.asks.values() for text in (words.text, words.help)
    }
    program = framed(program_of(open_script(name, "es"), NAMES), protected=False)
    said = {
        text
        for step in program.steps
        if isinstance(step, Question)
        for text in (step.text, *step.again, step.help)
    }
    assert not said & english
    assert not [text for text in said if re.search(r"\b(the|you|your|and|what)\b", text)]


def test_the_guides_lines_are_short_enough_to_be_heard_once() -> None:
    """The rule that the linter holds for authors; every question of its own ends its help with a way out."""
    lines = [SPANISH.says[phrase] for phrase in Phrase]
    asks = [SPANISH.asks[question] for question in OwnQuestion]
    for text in (*lines, *(text for ask in asks for text in (ask.text, ask.again, ask.help))):
        assert all(len(sentence.split()) <= MOST_WORDS for sentence in sentences(text)), text
    assert all("paso" in ask.help for ask in asks)


@pytest.mark.parametrize(
    "said",
    ["Sí.", "Sí, me gustaría.", "Sí, quiero hacerlo esta noche.", "Claro que sí.", "Vale, sí.", "Sí, anótalo.",
     "Me parece bien, anótalo.", "No hay ningún problema.", "Sí, sin miedo.", "Por supuesto, con gusto."],
)  # fmt: skip
def test_a_free_yes_is_one(said: str) -> None:
    """Plain words, with or without accents."""
    assert consent(said, SPANISH) is True
    assert consent(said.replace("í", "i").replace("ó", "o"), SPANISH) is True


@pytest.mark.parametrize(
    "said",
    ["Si ella quiere.", "Solo si Luis quiere.", "Si puedo parar, sí.", "Sí, si no queda otra.",
     "Bueno, si hay que hacerlo.", "Tengo que decir que sí.", "Sí, porque él quiere.", "Sí, pero me asusta.",
     "Mi mujer dice que sí.", "No diré que sí.", "Vale, si tú lo dices.",
     "No quiero decir que sí.", "Sí, aunque me obligan.", "Si quieres.", "Tal vez.",
     "Quiero que pare.", "No, en realidad, sí."],
)  # fmt: skip
def test_a_condition_or_a_duty_is_no_yes(said: str) -> None:
    """ "Si" is both if and yes without its accent: where it may be a condition, the guide asks once more."""
    assert consent(said, SPANISH) is not True


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Guárdalas.", True), ("Sí, guárdalas, por favor.", True), ("No las borres.", True), ("Consérvalas.", True),
     ("No las guardes.", False), ("Déjalas ir.", False), ("Sí, déjalas ir.", False), ("Que se borren.", False),
     ("No, guárdalas.", None), ("Guárdalas si Luis quiere.", None), ("No lo sé.", None)],
)  # fmt: skip
def test_what_becomes_of_the_words(said: str, kept: bool | None) -> None:
    """An act that is named decides; a no beside it is not overheard."""
    assert consent(said, SPANISH, keeping=True) is kept


def test_the_end_of_an_answer_is_left_out() -> None:
    """Set off by a small word or by punctuation; what is quoted stays."""
    assert without_tail("Tenía miedo de la noche, y eso es todo.", SPANISH) == "Tenía miedo de la noche"
    assert without_tail("Y entonces ella dijo, ya está.", SPANISH) is None


def test_whether_to_go_on_or_to_leave_them_talking() -> None:
    """Both answers in their own words."""
    assert leave_us("Déjanos hablar, por favor.", SPANISH) is True
    assert leave_us("Sí, sigue.", SPANISH) is False


def test_lengths_of_time_are_said_as_people_say_them() -> None:
    """Without a figure for one, and with halves."""
    assert spoken_seconds(150, SPANISH) == "unos 2 minutos y medio"
    assert spoken_seconds(60, SPANISH) == "un minuto, más o menos"
    assert spoken_seconds(20, SPANISH) == "unos 20 segundos"


def test_a_command_counts_only_when_it_stands_alone() -> None:
    """As in English."""
    assert spoken_command("Quiero parar de fingir.", SPANISH) is None
    assert spoken_command("Para, para, para.", SPANISH) is not None
