"""The spoken menu: chosen in any words that fit, and then the evening begins."""

from __future__ import annotations

import pytest

from tests.english import lines, menu
from tests.session.sofa import Sofa, program, question
from voice_guide.exercise.flat import Line, Question
from voice_guide.session import effects as fx
from voice_guide.session.command import Command
from voice_guide.session.frame import framed
from voice_guide.session.menu import allowed, picked, suggestion
from voice_guide.session.notes import Offer


def offer(name: str, minutes: int, depth: int = 1, summary: str = "") -> Offer:
    """An exercise of this name."""
    return Offer(
        name=name, title=name.replace("-", " ").title(), summary=summary, minutes=minutes, depth=depth
    )


EYE = offer("eye-level", 12, summary="Each says when they feel above or below.")
TOGETHER = offer("together-and-equal", 10, summary="What felt equal this week.")
AFRAID = offer("what-im-afraid-of", 20, depth=2, summary="A fear that is told in full.")
FIVE = offer("five-and-five", 20, depth=2, summary="Four times five minutes, the listener silent.")
VIBRANT = offer("vibrant", 15, summary="A moment of delight.")
FEW = (EYE, TOGETHER)
MANY = (EYE, TOGETHER, AFRAID, FIVE, VIBRANT)


def at_menu(
    offers: tuple[Offer, ...] = FEW, *, first: bool = False, interrupted: str = "", suggested: Offer = EYE
) -> Sofa:
    """An evening that begins with the menu."""
    own = program(question("one"), question("two"))
    steps = menu(own.partners, offers, suggested, first=first, interrupted=interrupted)
    return Sofa(own, menu=steps, offers=offers)


def chosen(sofa: Sofa, words: str) -> str:
    """What is opened after these words to "which one?"."""
    sofa.until("listening", answer="choice")
    sofa.says(words)
    sofa.until("session_started")
    (choose,) = sofa.done(fx.Choose)
    return str(choose.name)


def test_the_menu_tells_what_there_is() -> None:
    """Hello, each title with its minutes and depth, what is suggested, and the question; nothing is written."""
    sofa = at_menu(MANY)
    assert sofa.until("menu")["offers"][0] == {"title": "Eye Level", "minutes": 12, "depth": 1}
    sofa.until("listening")
    said = " ".join(sofa.prompts())
    assert said.startswith(
        "Hello Ana, hello Ben. This is what I can offer tonight. Eye Level: 12 minutes, gentle."
    )
    assert "What Im Afraid Of: 20 minutes, open." in said
    assert "I would suggest Eye Level." in said
    assert said.endswith("Which one would you like? Or say, more.")
    assert "Vibrant" not in said, "four at a time"
    assert not sofa.done(fx.StartRecord)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Eye level.", "eye-level"), ("The first one, please.", "eye-level"), ("The second.", "together-and-equal"),
        ("Together and equal.", "together-and-equal"), ("Let's do the one with equal.", "together-and-equal"),
        ("The ten minutes.", "together-and-equal"), ("The shortest.", "together-and-equal"),
        ("You choose.", "eye-level"), ("Your suggestion, please.", "eye-level"),
    ],
)  # fmt: skip
def test_any_words_that_fit(words: str, name: str) -> None:
    """Its title, a part of it, its place, its length, or leaving it to the guide."""
    assert chosen(at_menu(), words) == name


def test_more_reads_the_others_and_any_can_be_named_at_once() -> None:
    """Four at a time; what was not read yet can be named as well."""
    sofa = at_menu(MANY)
    sofa.until("listening")
    sofa.says("More.")
    sofa.until("listening")
    assert "Vibrant: 15 minutes, gentle." in sofa.prompts()
    sofa.says("The first one.")
    sofa.until("session_started")
    assert sofa.done(fx.Choose) == [fx.Choose(name="vibrant")]
    assert chosen(at_menu(MANY), "Vibrant.") == "vibrant"


def test_what_was_not_understood_is_asked_once_with_the_titles() -> None:
    """Then the suggestion is offered, and a no to that ends the evening kindly."""
    sofa = at_menu()
    sofa.until("listening")
    sofa.says("The weather is nice.")
    assert sofa.until("prompt")["text"] == "Which one shall it be? Eye Level, or Together And Equal."
    sofa.until("listening")
    sofa.says("Green.")
    assert sofa.until("prompt")["text"] == "Shall we take Eye Level?"
    sofa.until("listening")
    sofa.says("No, thanks.")
    assert sofa.until("finished")["reason"] == "declined"
    assert sofa.prompts()[-1] == lines.MENU_NONE
    assert not sofa.done(fx.Choose)
    assert not sofa.done(fx.CloseRecord)


def test_the_suggestion_is_taken_with_a_yes() -> None:
    """After an answer that fits none."""
    sofa = at_menu(suggested=TOGETHER)
    sofa.until("listening")
    sofa.press(Command.PASS)
    assert sofa.until("prompt")["text"] == "Shall we take Together And Equal?"
    sofa.until("listening")
    sofa.says("Yes.")
    sofa.until("session_started")
    assert sofa.done(fx.Choose) == [fx.Choose(name="together-and-equal")]


@pytest.mark.parametrize(
    ("words", "name"),
    [("The first one.", "vibrant"), ("The last one.", "vibrant"), ("Number five.", "vibrant"), ("5", "vibrant"),
     ("Number two.", "together-and-equal"), ("Three.", "what-im-afraid-of")],
)  # fmt: skip
def test_on_a_further_page_numbers_are_those_of_the_screen(words: str, name: str) -> None:
    """The screen numbers all of them, in one order; what is said in words of order is meant as it was read."""
    sofa = at_menu(MANY)
    sofa.until("listening", answer="choice")
    sofa.says("More.")
    assert chosen(sofa, words) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [("The deep one.", "shield"), ("Something deeper.", "shield"), ("The one about fears.", "what-im-afraid-of"),
     ("The one with the moments.", "vibrant"), ("The last one.", "shield")],
)  # fmt: skip
def test_by_depth_and_in_other_forms(words: str, name: str) -> None:
    """Where only one goes so deep; in the singular as in the plural."""
    assert chosen(at_menu((AFRAID, VIBRANT, offer("shield", 30, depth=3)), suggested=AFRAID), words) == name


@pytest.mark.parametrize("words", ["No, thank you.", "Not tonight.", "None of them.", "Neither."])
@pytest.mark.parametrize(("offers", "times"), [(FEW, 1), (MANY, 2)])
def test_a_no_is_a_no(words: str, offers: tuple[Offer, ...], times: int) -> None:
    """Once for each page, and nobody is asked again."""
    sofa = at_menu(offers)
    for _ in range(times):
        sofa.until("listening", answer="choice")
        sofa.says(words)
    sofa.until("finished", reason="declined")
    assert sofa.prompts()[-1] == lines.MENU_NONE


def test_one_exercise_is_simply_offered() -> None:
    """There is nothing to choose from."""
    sofa = at_menu((EYE,))
    assert sofa.until("listening")["answer"] == "yes-no"
    assert sofa.prompts()[-1] == "Shall we take Eye Level?"


def test_after_the_choice_the_evening_is_one_like_any_other() -> None:
    """Its title, both consents, the exercise, and the decision; answers to the menu are forgotten."""
    sofa = at_menu()
    chosen(sofa, "The first one.")
    assert sofa.until("prompt")["text"] == "So it is Test. It takes about 5 minutes."
    assert sofa.session.notes.answers == ()
    sofa.answers_all("Yes.")
    assert sofa.all("finished")[-1]["reason"] == "completed"
    assert sofa.done(fx.CloseRecord) == [fx.CloseRecord(kept=True, reason="completed")]


def test_the_interrupted_evening_comes_first() -> None:
    """A yes goes on where it was, with fresh consents; no other exercise is read."""
    sofa = at_menu(interrupted="Eye Level")
    sofa.until("listening", answer="yes-no")
    assert sofa.prompts()[-1] == "Last time, Eye Level was interrupted. Shall we go on where it was?"
    sofa.says("Yes.")
    sofa.until("session_started")
    assert sofa.done(fx.Choose) == [fx.Choose(name="", resume=True)]
    for _ in range(4):
        sofa.until("listening")
        sofa.says("Yes.")
        sofa.until("turn_ended")
    assert sofa.until("step", id="two")
    assert "one" not in [event["id"] for event in sofa.all("step")]


def test_a_no_to_the_interrupted_evening_reads_what_else_there_is() -> None:
    """And what is chosen then begins at its beginning."""
    sofa = at_menu(interrupted="Eye Level")
    sofa.until("listening", answer="yes-no")
    sofa.says("No.")
    assert chosen(sofa, "The second.") == "together-and-equal"


@pytest.mark.parametrize("command", [c for c in Command if c not in (Command.STOP, Command.PASS)])
@pytest.mark.parametrize("event", ["prompt", "listening"])
def test_every_command_works_in_the_menu(command: Command, event: str) -> None:
    """Afterwards an exercise can still be chosen."""
    sofa = at_menu()
    sofa.until(event)
    sofa.press(command)
    sofa.wait(10)
    if sofa.session.waiting:
        sofa.press(Command.CONTINUE)
    assert chosen(sofa, "Eye level.") == "eye-level"


def test_how_long_is_left_before_anything_has_begun() -> None:
    """There is nothing to count yet."""
    sofa = at_menu()
    sofa.until("listening")
    sofa.says("How long is left?")
    assert sofa.until("prompt")["text"] == lines.NOT_BEGUN


def test_a_stop_in_the_menu_can_be_undone() -> None:
    """As anywhere; a final one ends the evening, and nothing was ever written."""
    for undone in (True, False):
        sofa = at_menu()
        sofa.until("listening")
        sofa.says("Stop.")
        sofa.until("stopping")
        if undone:
            sofa.wait(10)
            sofa.says("Continue.")
            assert chosen(sofa, "Eye level.") == "eye-level"
        else:
            assert sofa.until("finished")["reason"] == "stopped"
            assert not sofa.done(fx.CloseRecord)


def test_they_may_talk_about_what_to_take() -> None:
    """The guide keeps out of it, and asks again."""
    sofa = at_menu()
    sofa.until("listening")
    sofa.says("What do you feel like doing tonight, my love?", seconds=7)
    sofa.until("prompt", text=lines.SHALL_I_GO_ON)
    sofa.says("Yes.", after=4)
    assert sofa.until("prompt")["text"] == "Which one would you like?"
    assert chosen(sofa, "Eye level.") == "eye-level"


def test_what_the_shell_opens_is_not_disturbed_by_the_menu() -> None:
    """Nothing is asked for after `Choose`: what the exercise wants, it has asked for itself."""
    sofa = at_menu()
    sofa.until("listening", answer="choice")
    sofa.types("eye level")
    place = next(n for n, (_, effect) in enumerate(sofa.effects) if isinstance(effect, fx.Choose))
    assert fx.WakeAt(at=None) not in [effect for _, effect in sofa.effects[place:]]
    sofa.wait(60)
    assert not sofa.stuck()


# --- what is offered


def test_the_first_evening_offers_what_is_gentle() -> None:
    """Later ones offer everything."""
    assert allowed(MANY, ()) == (EYE, TOGETHER, VIBRANT)
    assert allowed(MANY, ("eye-level",)) == MANY


def test_what_is_suggested_next() -> None:
    """The gentlest and shortest that is new and prepared for; when all is done, what was done longest ago."""
    after: dict[str, tuple[str, ...]] = {"what-im-afraid-of": ("eye-level",)}
    assert suggestion(MANY, (), after) == TOGETHER
    assert suggestion(MANY, ("together-and-equal",), after) == EYE
    done = ("together-and-equal", "vibrant", "eye-level")
    assert suggestion((*FEW, AFRAID, VIBRANT), done, after) == AFRAID
    assert (
        suggestion((*FEW, AFRAID), ("together-and-equal",), {**after, "eye-level": ("vibrant",)}) == TOGETHER
    )
    assert suggestion(FEW, ("eye-level", "together-and-equal", "eye-level"), after) == TOGETHER


def test_the_suggestion_is_read_first() -> None:
    """So that "the first one" is it."""
    steps = menu(("Ana", "Ben"), MANY, VIBRANT, first=False).steps
    page = next(step for step in steps if isinstance(step, Line) and step.id == "menu/page/1")
    assert page.text.startswith("Vibrant: 15 minutes, gentle.")


def test_a_first_evening_is_told_so() -> None:
    """Gentle ones, and why."""
    sofa = at_menu(first=True)
    sofa.until("listening")
    assert lines.MENU_FIRST in " ".join(sofa.prompts())


def test_only_a_known_answer_picks() -> None:
    """A no, a pass and "more" open nothing."""
    shall, pick = (
        next(step for step in menu(("Ana", "Ben"), MANY, EYE, first=True).steps if step.id == id)
        for id in ("menu/shall", "menu/pick/1")
    )
    assert isinstance(shall, Question)
    assert isinstance(pick, Question)
    assert [picked(MANY, shall, answer) for answer in (True, False, None)] == [EYE, None, None]
    assert [picked(MANY, pick, answer) for answer in ("Vibrant", "more", None)] == [VIBRANT, None, None]


# --- the frame around what was chosen


def test_without_a_record_nobody_is_asked_about_keeping() -> None:
    """And the guide says why, once."""
    steps = framed(program(question("one")), protected=None).steps
    ids = [step.id for step in steps]
    assert not [id for id in ids if id.startswith(("write", "keep"))]
    assert ids.count("nothing-kept") == 1
    own = program(question("one"))
    sofa = Sofa(own, menu=framed(own, protected=None))
    sofa.answers_all("Yes.")
    assert lines.NOTHING_KEPT in sofa.prompts()
    assert sofa.all("finished")[-1]["reason"] == "completed"
    assert not [effect for effect in (fx.StartRecord, fx.Record, fx.CloseRecord) if sofa.done(effect)]


def test_an_interrupted_evening_begins_at_its_step() -> None:
    """After the consents; a step that is not there any more means the beginning."""
    own = program(question("one"), question("two"))
    for start, first in (("two", "two"), ("", "one"), ("gone", "one")):
        ids = [step.id for step in framed(own, protected=True, start=start).steps]
        assert ids[ids.index("write/second") + 1] == first
    assert framed(own, protected=True, greeted=True).steps[0].id == "welcome"
