"""An evening whose kept lines are heard again: what becomes of them, and what of their sound."""

from __future__ import annotations

from typing import Any

import pytest

from tests.english import ENGLISH
from tests.fakes import Evening, FakeSecondPass
from tests.shell.test_runner import STEPS
from voice_guide.errors import StorageError
from voice_guide.inbox import SignalCame
from voice_guide.session.commands import without_tail
from voice_guide.stage import Again

DONE = "I think of the sea, and that's all."


def evening(**more: Any) -> tuple[Evening, FakeSecondPass]:
    """One with a second pass; its first question is answered with an end that is left out."""
    played = Evening(STEPS, {"one": [[(0.7, 2.0, DONE)]]}, **more)
    second = FakeSecondPass(played.house)
    played.again = Again(second, played.memory, lambda text: without_tail(text, ENGLISH))
    return played, second


def test_each_kept_line_is_heard_again() -> None:
    """With its sound, its pre-roll included, once it is on the disk; better words take its place at once."""
    played, second = evening()
    lengths: list[float] = []

    def hear(name: str) -> None:
        if name == "kept":
            lengths.append(second.waiting[len(lengths) + 1])
            second.answer(len(lengths), "It rains.", (90, 80))

    played.after = hear
    assert played.run() == "completed"
    assert lengths[0] == pytest.approx(2.0 + 0.6 + 0.2, abs=0.1)  # the ears opened 0.6 s before
    assert [event["seq"] for event in played.all("improved")] == [2, 3, 4]
    texts = [text for _, text in played.notebook.texts()]
    assert texts == ["I think of the sea", "It rains.", "It rains.", "It rains."]
    assert played.notebook.sure[2] == (90, 80)
    assert played.all("hearing_again") == []  # nothing is left at the end


def test_an_end_that_was_left_out_stays_left_out() -> None:
    """ "That's all" was said to the guide, also where only the better model spells it right."""
    played, second = evening()

    def hear(name: str) -> None:
        if name == "kept" and 1 in second.waiting:
            second.answer(1, "I think of the seal, and that's all.", (9, 8, 7, 6, 5, 4, 3, 2))
        if name == "finished":
            second.clear()

    played.after = hear
    played.run()
    assert played.notebook.texts()[0] == ("Ana", "I think of the seal")
    assert played.notebook.sure[1] == (9, 8, 7, 6, 5)


def test_what_is_left_is_heard_after_the_closing_words() -> None:
    """With microphone and loudspeaker closed, its progress shown; then everything is let go."""
    played, second = evening()

    def hear(name: str) -> None:
        if name == "hearing_again" and second.waiting:
            assert played.house.deliver is None, "the microphone is still open"
            second.answer(min(second.waiting), None)

    played.after = hear
    assert played.run() == "completed"
    assert [event["left"] for event in played.all("hearing_again")] == [4, 3, 2, 1, 0]
    assert played.names().index("finished") < played.names().index("hearing_again")
    assert played.house.order[-4:] == [
        "microphone.stop", "speaker.stop", "notebook.abandon", "second_pass.stop",
    ]  # fmt: skip
    assert played.notebook.texts()[0] == ("Ana", "I think of the sea")
    assert played.notebook.ending == "kept, completed"


def test_ctrl_c_leaves_the_rest_as_it_is() -> None:
    """Nobody has to wait for better words, and the evening is as complete as before."""
    played, second = evening()
    played.after = lambda name: played.house.put(SignalCame("SIGINT")) if name == "hearing_again" else None
    assert played.run() == "completed"
    assert second.stopped
    assert played.notebook.ending == "kept, completed"
    assert played.all("improved") == []


def test_a_power_cut_keeps_the_first_words() -> None:
    """A signal in the middle of the evening: no line waits for a better one."""
    played, second = evening(signal_at="listening", signal_step="two")
    assert played.run() == "interrupted"
    assert played.notebook.texts() == [("Ana", "I think of the sea")]
    assert played.all("hearing_again") == []
    assert second.stopped


def test_struck_words_are_not_heard_again() -> None:
    """Their sound is forgotten with them."""
    played, second = evening()
    played.words["two"] = [[(0.7, 1.0, "Strike that.")]]
    seen: list[set[int]] = []

    def look(name: str) -> None:
        if name == "struck":
            seen.append(set(second.waiting))
        if name == "finished":
            second.clear()

    played.after = look
    played.run()
    assert seen
    assert seen[0] == set()


@pytest.mark.parametrize("keep", ["No.", "I don't know."])
def test_what_is_not_kept(keep: str) -> None:
    """Deleted words are forgotten at once; of those that nobody decided about the better ones are kept."""
    played, second = evening()
    played.words["keep/first"] = [[(0.5, 0.6, keep)]] * 2
    left: list[int] = []

    def hear(name: str) -> None:
        if name == "finished":
            left.append(second.left)
            second.clear()

    played.after = hear
    played.run()
    assert left == ([0] if keep == "No." else [4])


def test_a_disk_that_refuses_better_words_costs_only_these() -> None:
    """Nobody is told: what was kept is there."""
    played, second = evening(errors={"improve": StorageError("The disk is full.", "make room")})

    def hear(name: str) -> None:
        if name == "hearing_again" and second.waiting:
            second.answer(min(second.waiting), "Better.")

    played.after = hear
    assert played.run() == "completed"
    assert played.notebook.texts()[1] == ("Ben", "Rain.")
    assert played.all("failed") == []
    assert played.all("improved") == []
