"""The file that says what the two say, and who gets which of its entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.english import COUPLE
from tests.session.sofa import program, question
from voice_guide.errors import UsageError
from voice_guide.exercise.flat import Purpose, Question, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.rehearsal.answers import Couple, Entry, Reply, read_answers

NAMES = ("Ana", "Ben")
SHAPE = (
    "it has to be a list of {of: NAME, text: ...} or {of: NAME, sound: FILE}, with step: ID where it matters"
)


def read(tmp_path: Path, text: str) -> list[Entry]:
    """The entries of a file with this text."""
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    return read_answers(path, NAMES)


def test_a_file_of_every_kind_of_entry(tmp_path: Path) -> None:
    """Words or a recording beside the file, for one of them or both, for any ask or for one."""
    (tmp_path / "ana.wav").write_bytes(b"RIFF")
    text = "- {of: Ana, text: The sea.}\n- {of: Ben, sound: ana.wav}\n- {of: both, text: 'Yes', step: wish}\n"
    assert read(tmp_path, text) == [
        Entry(of="Ana", reply=Reply(text="The sea.")),
        Entry(of="Ben", reply=Reply(sound=tmp_path / "ana.wav")),
        Entry(of="both", reply=Reply(text="Yes"), step="wish"),
    ]


def test_a_name_is_known_however_its_letters_are_put_together(tmp_path: Path) -> None:
    """The two are named on the command line, where they are put together."""
    path = tmp_path / "answers.yaml"
    path.write_text("- {of: Zoe\u0308, text: The sea.}\n", encoding="utf-8")
    assert read_answers(path, ("Zo\u00eb", "Max")) == [Entry(of="Zo\u00eb", reply=Reply(text="The sea."))]


@pytest.mark.parametrize(
    "word", ["Yes", "no", "on", "7", "3.5", "null", "~", "2026-11-23", "0x1F", "Yes, please."]
)
def test_words_are_words(tmp_path: Path, word: str) -> None:
    """What YAML takes for truth values, numbers, dates or nothing is still said as it stands."""
    quoted = f"- of: Ana\n  text: {word}\n  step: {'7' if ',' in word else word}\n"
    (entry,) = read(tmp_path, quoted)
    assert entry.reply.text == word


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("- {of: Ana, text: a", ":1:20: this is not YAML.", SHAPE),
        ("of: Ana\ntext: The sea.\n", " is no list.", SHAPE),
        ("", " is no list.", SHAPE),
        ("- The sea.\n", ", entry 1: this is not understood.", SHAPE),
        ("- {of: Ana, text: a}\n- {of: Ana}\n", ", entry 2: this is not understood.", SHAPE),
        ("- {of: Ana, text: a, sound: b.wav}\n", ", entry 1: this is not understood.", SHAPE),
        ("- {of: Ana, text: a, stpe: b}\n", ", entry 1: this is not understood.", SHAPE),
        ("- {of: Ana, text: }\n", ", entry 1: this is not understood.", SHAPE),
        ("- {of: Ana, text: ''}\n", ", entry 1: this is not understood.", SHAPE),
        ("- {of: Ana, text: [a, b]}\n", ", entry 1: this is not understood.", SHAPE),
        ("- {of: Cleo, text: a}\n", ", entry 1: nobody is called 'Cleo'.", "of: Ana, Ben or both"),
        ("- {text: a}\n", ", entry 1: nobody is called ''.", "of: Ana, Ben or both"),
        ("- {of: ana, text: a}\n", ", entry 1: nobody is called 'ana'.", "of: Ana, Ben or both"),
    ],
)
def test_each_mistake_has_its_sentence(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """With the file, the number of the entry, and a hint; exit code 2."""
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert caught.value.message == f"{tmp_path / 'answers.yaml'}{message}"
    assert caught.value.hint == hint
    assert caught.value.exit_code == 2


def test_a_sound_that_is_not_there(tmp_path: Path) -> None:
    """It is looked for beside the answers, before the evening begins."""
    with pytest.raises(UsageError) as caught:
        read(tmp_path, "- {of: Ana, sound: none.wav}\n")
    assert caught.value.message.endswith(f", entry 1: there is no sound {tmp_path / 'none.wav'}.")
    assert caught.value.hint == "name a file beside the answers"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """With the system's reason."""
    with pytest.raises(UsageError) as caught:
        read_answers(tmp_path / "none.yaml", NAMES)
    assert caught.value.message == f"The answers in {tmp_path / 'none.yaml'} cannot be read."
    assert caught.value.hint == "No such file or directory"


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    """A recording given in place of the answers is no YAML, and is not quoted."""
    path = tmp_path / "answers.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError) as caught:
        read_answers(path, NAMES)
    assert caught.value.message == f"{path}: this is not YAML."


def test_words_do_not_show_in_an_entry(tmp_path: Path) -> None:
    """Not even a rehearsal's."""
    assert "heron" not in repr(read(tmp_path, "- {of: Ana, text: heron words}\n"))


# --- who gets what

SHORT = question("short", AnswerKind.SHORT)
OPEN = question("each@first/open", AnswerKind.OPEN)
TIMED = question("timed", AnswerKind.TIMED, seconds=60.0)
YES = question("yes", AnswerKind.YES_NO)
NUMBER = question("number", AnswerKind.NUMBER)
CHOICE = question("choice", AnswerKind.CHOICE, choices=("sea", "hill"))


def couple(*entries: tuple[str, str] | tuple[str, str, str]) -> Couple:
    """A couple with these entries: of, text, and perhaps the step."""
    made = [
        Entry(of=of, reply=Reply(text=text), step=step[0] if step else None) for of, text, *step in entries
    ]
    return Couple(program(), COUPLE, made)


def test_each_partner_has_an_order_of_their_own() -> None:
    """Short, open and timed asks take the next entry of whoever is asked."""
    both = couple(("Ana", "A1"), ("Ben", "B1"), ("Ana", "A2"), ("both", "X1"), ("Ben", "B2"), ("Ana", "A3"))
    asked = [(OPEN, "Ben"), (SHORT, "Ana"), (OPEN, "Ana"), (TIMED, "Ana"), (SHORT, "both"), (TIMED, "Ben")]
    assert [both.reply(ask, who).text for ask, who in asked] == ["B1", "A1", "A2", "A3", "X1", "B2"]


@pytest.mark.parametrize("ask", [YES, NUMBER, CHOICE])
def test_brief_asks_take_no_entry_without_a_step(ask: Question) -> None:
    """Else a yes-no in between would shift all answers after it."""
    ana = couple(("Ana", "A1"))
    assert ana.reply(ask, "Ana").text != "A1"
    assert ana.reply(OPEN, "Ana").text == "A1"


@pytest.mark.parametrize("step", ["each@first/open", "open"])
def test_a_step_is_named_by_its_id_or_the_last_part_of_it(step: str) -> None:
    """And its entry waits for it, whatever is asked before."""
    ana = couple(("Ana", "A1", step))
    assert ana.reply(SHORT, "Ana").text != "A1"
    assert ana.reply(OPEN, "Ana").text == "A1"


@pytest.mark.parametrize("step", ["pen", "first/open", "each@first", "each@second/open"])
def test_a_step_is_not_named_by_less(step: str) -> None:
    """Part of a word, of a label, the step around it, or another round: these are other names."""
    ana = couple(("Ana", "A1", step))
    assert ana.reply(OPEN, "Ana").text != "A1"


@pytest.mark.parametrize("ask", [YES, NUMBER, CHOICE])
def test_an_entry_with_a_step_answers_any_ask(ask: Question) -> None:
    """Consents, numbers and choices, too."""
    assert couple(("Ana", "A1", ask.id)).reply(ask, "Ana").text == "A1"


def test_of_both_fits_either_where_a_step_is_named() -> None:
    """The two sit on one sofa."""
    assert couple(("both", "X1", "open")).reply(OPEN, "Ana").text == "X1"
    assert couple(("Ben", "B1", "open")).reply(OPEN, "both").text == "B1"
    assert couple(("Ben", "B1", "open")).reply(OPEN, "Ana").text != "B1"


def test_an_entry_is_used_once_and_built_in_answers_go_on() -> None:
    """When the list ends the two still have something to say, each their own."""
    ana = couple(("Ana", "A1"))
    said = [ana.reply(OPEN, "Ana").text for _ in range(4)]
    assert said[0] == "A1"
    assert "A1" not in said[1:]
    assert len(set(said)) == 4
    assert couple().reply(OPEN, "Ana").text != couple().reply(OPEN, "Ben").text


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (YES, "Yes."),
        (NUMBER, "Seven."),
        (question("few", AnswerKind.NUMBER, low=1, high=5), "5."),
        (question("many", AnswerKind.NUMBER, low=10), "10."),
        (CHOICE, "sea"),
        (question("missing", AnswerKind.YES_NO, purpose=Purpose.MISSING), "No, that was all of it."),
        (question("keep", AnswerKind.YES_NO, purpose=Purpose.KEEP), "Yes, keep them."),
    ],
)
def test_built_in_answers_fit_the_question(ask: Question, text: str) -> None:
    """A yes where a yes is wanted, a number in its range."""
    assert couple().reply(ask, "Ana").text == text


@pytest.mark.parametrize("kind", [AnswerKind.SHORT, AnswerKind.OPEN, AnswerKind.TIMED])
@pytest.mark.parametrize("who", ["Ana", "Ben", "both"])
def test_there_is_an_answer_for_any_ask(kind: AnswerKind, who: str) -> None:
    """For both of them, in a mirror and at the landing, too."""
    role = Who.BOTH if who == "both" else Who.FIRST
    for more in ({}, {"mirrors": ("x",)}, {"purpose": Purpose.LANDING}):
        assert couple().reply(question("q", kind, role, **more), who).text
