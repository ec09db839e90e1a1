"""Every exercise with every kind of couple, on paper: it reaches its end, whoever sits there."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.english import COUPLE, unroll
from tests.session.sofa import Sofa
from voice_guide.errors import ExitCode
from voice_guide.exercise.flat import Program, Question, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.library import open_script, scripts
from voice_guide.rehearsal.paper import Paper
from voice_guide.rehearsal.tempers import Temper, tempered
from voice_guide.session.command import Command
from voice_guide.session.effects import Tell
from voice_guide.session.frame import framed
from voice_guide.session.phases import Phase

NAMES = ("Ana", "Ben")
_ROUGHLY = {AnswerKind.OPEN: 60.0, AnswerKind.SHORT: 15.0}


def evening(name: str) -> Program:
    """The whole evening with this exercise."""
    return framed(unroll(open_script(name), NAMES), protected=True)


def played(name: str, temper: Temper) -> tuple[str, list[tuple[float, Tell]]]:
    """Why it ended, and all that was told."""
    told: list[tuple[float, Tell]] = []
    program = evening(name)
    paper = Paper(program, tempered(temper, program, COUPLE), [lambda at, tell: told.append((at, tell))])
    return paper.run(), told


@pytest.mark.parametrize("temper", list(Temper))
@pytest.mark.parametrize("name", scripts())
def test_every_evening_reaches_an_end(name: str, temper: Temper) -> None:
    """Completed, or stopped by those who wanted to stop; never declined, never without end."""
    reason, told = played(name, temper)
    assert reason == ("stopped" if temper is Temper.DISTRESSED else "completed")
    assert told[-1][0] < 3 * 3600


@pytest.mark.parametrize("name", scripts())
def test_the_tempers_differ(name: str) -> None:
    """Else they would show nothing: passing is the shortest evening, and the talkative say the most."""
    words = dict.fromkeys(Temper, 0)
    length = {}
    for temper in Temper:
        _, told = played(name, temper)
        length[temper] = told[-1][0]
        words[temper] = sum(
            len(str(t.fields["text"]).split()) for _, t in told if t.name == "heard" and t.fields["final"]
        )
    assert length[Temper.PASSING] == min(length.values())
    assert words[Temper.TALKATIVE] == max(words.values())


def test_whoever_passes_all_leaves_no_word() -> None:
    """Nothing that was heard, but the two yeses that an evening needs."""
    for name in scripts():
        _, told = played(name, Temper.PASSING)
        assert {str(t.fields["text"]) for _, t in told if t.name == "kept"} == set()


@pytest.mark.parametrize("name", scripts())
def test_both_are_offered_the_same(name: str) -> None:
    """Seconds within 5 %, and as many questions of each kind, counted over every way that the steps can take."""
    seconds: Counter[Who] = Counter()
    asked: Counter[tuple[Who, AnswerKind]] = Counter()
    for step in evening(name).steps:
        if isinstance(step, Question) and step.who is not Who.BOTH:
            asked[step.who, step.answer] += 1
            seconds[step.who] += round(step.seconds or _ROUGHLY.get(step.answer, 5.0))
    assert abs(seconds[Who.FIRST] - seconds[Who.SECOND]) <= 0.05 * max(seconds.values())
    for kind in AnswerKind:
        assert asked[Who.FIRST, kind] == asked[Who.SECOND, kind]


@pytest.mark.parametrize("name", scripts())
def test_from_every_step_passes_alone_reach_the_end(name: str) -> None:
    """Whoever has had enough, wherever it is: p, p, p, and the evening lands."""
    program = evening(name)
    own = [place for place, step in enumerate(program.steps) if isinstance(step, Question)][4:]
    for place in own:
        sofa = Sofa(unroll(open_script(name), NAMES))
        while sofa.session.position < place and sofa.session.phase is not Phase.FINISHED:
            turn = sofa.session.turn
            if (
                sofa.at(Phase.LISTENING)
                and turn is not None
                and turn.question is not None
                and not turn.pieces
            ):
                if turn.question.answer is AnswerKind.YES_NO:
                    sofa.types("Yes.")
                else:
                    sofa.press(Command.PASS)
            sofa.wait(1)
        for _ in range(400):
            if sofa.session.phase is Phase.FINISHED:
                break
            sofa.press(Command.PASS)
            sofa.wait(0.5)
        assert sofa.session.phase is Phase.FINISHED, (name, program.steps[place].id)


def test_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """As an author sees it."""
    from voice_guide.cli.main import run

    assert run(["rehearse", "eye-level", "--text", "--as-couple", "distressed"]) == ExitCode.WELL
    printed = capsys.readouterr().out
    assert "[take a break]" in printed
    assert printed.rstrip().endswith("(the evening is over: stopped)")
