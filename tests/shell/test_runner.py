"""The shell around the machine: a whole evening on fakes that insist on the right order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.english import lines
from tests.fakes import REFUSED, Evening
from tests.session.sofa import Line, Quiet, question
from voice_guide.errors import DeviceError, KeyProblem, ModelError
from voice_guide.exercise.flat import FlatStep, Who
from voice_guide.exercise.steps import AnswerKind
from voice_guide.inbox import DeviceMoved, Item, KeyPressed, LineTyped, SignalCame
from voice_guide.session.command import Command
from voice_guide.sound import FRAME_SECONDS
from voice_guide.voicing import OVERDUE_AFTER

STEPS: tuple[FlatStep, ...] = (question("one"), question("two", AnswerKind.SHORT, Who.SECOND))


def test_an_evening_end_to_end() -> None:
    """Both consent, both answer, both keep: each word is in the record under its speaker's name."""
    evening = Evening(STEPS, {"one": [[(0.7, 2.0, "I think of the sea."), (4.7, 1.0, "It was cold.")]]})
    assert evening.run() == "completed"
    said = [
        ("Ana", "I think of the sea."),
        ("Ana", "It was cold."),
        ("Ben", "Rain."),
        ("Ana", "Rain."),
        ("Ben", "Rain."),
    ]
    assert evening.notebook.texts() == said
    assert evening.notebook.ending == "kept, completed"
    assert [event["seq"] for event in evening.all("kept")] == [1, 2, 3, 4, 5]
    assert evening.house.order == [
        "speaker.start",
        "microphone.start",
        "notebook.open",
        *["notebook.append"] * 5,
        "notebook.close",
        "microphone.stop",
        "speaker.stop",
        "notebook.abandon",
    ]


def test_nothing_is_heard_while_a_prompt_plays() -> None:
    """Whoever speaks over the guide is not heard, however long it goes on after the prompt."""
    evening = Evening((Line(id="line", text="One. Two. Three. Four."), *STEPS))

    def speak_over(name: str) -> None:
        if name == "prompt":
            now = evening.house.now
            evening.house.said.append((now + 0.1, now + 0.4, "Stop."))

    evening.after = speak_over
    assert evening.run() == "completed"
    playing = {round(at / FRAME_SECONDS) for at, _ in evening.house.playing}
    for start, end in evening.transcriber.spans:
        frames = range(round(start / FRAME_SECONDS) + 1, round(end / FRAME_SECONDS) + 1)
        assert not playing & set(frames)
    assert "Stop." not in str(evening.notebook.texts())


def test_speech_that_began_before_the_ears_opened_is_no_answer() -> None:
    """Who talks from before the prompt's end on is heard from their first pause."""
    evening = Evening((Line(id="line", text="One."), *STEPS))

    def begin_early(name: str) -> None:
        if name == "prompt" and evening.all("step")[-1]["id"] == "one":
            now = evening.house.now
            evening.house.said.append((now + 0.3, now + 3.0, "Early words."))

    evening.after = begin_early
    evening.words["one"] = [[(6.0, 1.0, "The answer.")]]
    evening.run()
    assert evening.notebook.texts()[0] == ("Ana", "The answer.")


def test_the_room_s_echo_is_no_answer() -> None:
    """What begins while the room still rings after a prompt is left to the prompt."""
    early = [(0.03, 1.0, "Too early."), (4.0, 1.0, "The answer.")]
    evening = Evening(STEPS, {"one": [early]})
    evening.run()
    assert evening.notebook.texts()[0] == ("Ana", "The answer.")


def test_pre_roll_reaches_back_but_not_before_the_ears_opened() -> None:
    """A span begins 0.8 s before the first frame of speech, or when the ears opened if that is later."""
    late, soon = 2.0, 0.3
    evening = Evening(STEPS, {"one": [[(late, 1.0, "Late.")]], "two": [[(soon, 1.0, "Soon.")]]})
    evening.run()
    opened = {event["turn"]: event["at"] for event in evening.all("listening")}
    starts = [start for start, _ in evening.transcriber.spans]
    before_late = [start for start in starts if opened[5] < start < opened[5] + late]
    assert before_late == [pytest.approx(opened[5] + late - 0.8, abs=2 * FRAME_SECONDS)]
    before_soon = [start for start in starts if opened[6] - 0.5 < start < opened[6] + soon]
    assert before_soon == [pytest.approx(opened[6] + 0.1, abs=2 * FRAME_SECONDS)]
    assert before_soon[0] >= opened[6] + 0.1 - FRAME_SECONDS


@pytest.mark.parametrize("method", ["open", "append", "strike", "close"])
def test_a_record_that_refuses_costs_no_evening(method: str) -> None:
    """What the disk refuses is told once, aloud and as an event; the evening goes on without a record."""
    struck = [(0.5, 1.0, "Rain."), (3.0, 0.6, "Strike that.")]
    evening = Evening(STEPS, {"one": [struck, [(0.5, 0.6, "Snow.")]]}, errors={method: REFUSED})
    assert evening.run() == "completed"
    (failed,) = evening.all("failed")
    assert (failed["what"], failed["hint"]) == ("The disk is full.", "make room")
    told = {"strike": lines.STRIKE_FAILED, "close": lines.KEEP_FAILED}.get(method, lines.RECORD_FAILED)
    said = " ".join(evening.prompts())
    assert said.count(told.split(".")[0]) == 1
    untrue = {"strike": lines.STRUCK, "close": lines.KEPT}.get(method)
    assert untrue is None or untrue not in said
    if method == "open":
        assert evening.house.order.count("notebook.append") == 0
    else:
        assert evening.notebook.ending == "abandoned"
        assert evening.house.order[-3:] == ["notebook.abandon", "microphone.stop", "speaker.stop"]


def test_a_key_that_does_not_fit_costs_no_evening_either() -> None:
    """Making the vault may fail for want of memory; the couple hears that nothing is written."""
    evening = Evening(
        STEPS, errors={"open": KeyProblem("There is not enough memory.", "close other programs")}
    )
    assert evening.run() == "completed"
    assert [event["what"] for event in evening.all("failed")] == ["There is not enough memory."]


def test_discarding_deletes_the_record() -> None:
    """A no at the end discards; nothing is closed or abandoned afterwards."""
    evening = Evening(STEPS, {"keep/first": [[(0.5, 0.6, "Let them go.")]]})
    assert evening.run() == "completed"
    assert evening.notebook.ending == "discarded"
    assert evening.house.order[-3:] == ["notebook.discard", "microphone.stop", "speaker.stop"]


def test_no_record_is_opened_without_two_yeses() -> None:
    """A no to writing by the second one: the notebook is never made."""
    evening = Evening(STEPS, {"write/second": [[(0.5, 0.6, "No.")]]})
    assert evening.run() == "completed"
    assert evening.notebooks == []


@pytest.mark.parametrize(
    ("event", "step"),
    [
        ("session_started", ""),
        ("prompt", "welcome"),
        ("listening", "consent/first"),
        ("prompt_ended", "one"),
        ("listening", "one"),
        ("speech_started", "one"),
        ("pause", "one"),
        ("turn_ended", "one"),
        ("landing", "one"),
        ("kept", "two"),
        ("timer", "landing/breath"),
        ("paused", "two"),
        ("listening", "keep/second"),
    ],
)
def test_sigterm_in_any_phase(event: str, step: str) -> None:
    """The evening ends at once; the record is left as interrupted, and everything stops in order."""
    wait = {"two": [[(0.5, 0.6, "Wait.")]]} if event == "paused" else {}
    evening = Evening(STEPS, wait, signal_at=event, signal_step=step)
    assert evening.run() == "interrupted"
    assert evening.names()[-1] == "finished"
    assert evening.all("finished")[0]["reason"] == "interrupted"
    order = evening.house.order
    left = ["notebook.abandon"] if evening.notebooks else []
    assert order[-2 - len(left) :] == ["microphone.stop", "speaker.stop", *left]
    if evening.notebooks:
        assert evening.notebook.ending == "abandoned"
    assert repr(evening.memory) == "SoundMemory(0.0 s)"


def test_sigterm_before_the_first_sound() -> None:
    """A signal that comes before the microphone has sent anything ends the evening, too."""
    evening = Evening(STEPS)
    evening.house.put(SignalCame("SIGTERM"))
    assert evening.run() == "interrupted"
    assert evening.prompts() == []


def test_sigterm_keeps_the_words_that_are_known() -> None:
    """What has been transcribed but not yet recorded is written before the end."""
    evening = Evening(STEPS, {"one": [[(0.5, 2.0, "Known words.")]]}, signal_at="heard", signal_step="one")
    assert evening.run() == "interrupted"
    assert evening.notebook.texts() == [("Ana", "Known words.")]


def test_a_transcriber_that_fails_loses_no_turn() -> None:
    """The kind of error is told, the answer is kept as unclear, the evening reaches its end."""
    evening = Evening(STEPS)

    def fail_at_one(name: str) -> None:
        if name == "step":
            broken = evening.all("step")[-1]["id"] == "one"
            evening.transcriber.error = ValueError("I heard: secret words") if broken else None

    evening.after = fail_at_one
    assert evening.run() == "completed"
    whats = {event["what"] for event in evening.all("failed")}
    assert whats == {"the transcriber failed (ValueError)"}
    assert evening.notebook.texts()[0] == ("Ana", "[unclear, 1 s]")
    assert "secret" not in repr(evening.told)


def test_a_transcriber_that_cannot_be_loaded_ends_the_evening_before_it_begins() -> None:
    """Nobody's yes could be heard: a model error, its kind named, before anybody is asked; nothing is kept."""
    evening = Evening(STEPS)
    evening.load_error = MemoryError("4 GB")
    expected = (
        "The transcriber cannot be loaded (MemoryError). "
        "(run voice-guide models verify, then voice-guide models fetch)"
    )
    with pytest.raises(ModelError) as raised:
        evening.run()
    assert str(raised.value) == expected
    assert "listening" not in evening.names()
    assert evening.notebooks == []


def test_a_voice_that_never_speaks_ends_the_evening() -> None:
    """A damaged voice is a model error, not an evening in silence."""
    evening = Evening(STEPS)
    evening.renderer.error = OSError("no such voice")
    with pytest.raises(ModelError, match=r"^The guide cannot speak: the voice failed \(OSError\)\."):
        evening.run()


def test_a_voice_that_fails_later_leaves_the_prompts_on_the_screen() -> None:
    """Each prompt that cannot be spoken is told, counts as said, and the ears open after it."""
    evening = Evening(STEPS)

    def fail(name: str) -> None:
        if name == "prompt_ended":
            evening.renderer.error = OSError("no such voice")

    evening.after = fail
    assert evening.run() == "completed"
    assert {event["what"] for event in evening.all("failed")} == {"the voice failed (OSError)"}
    assert evening.notebook.ending == "kept, completed"
    assert {id for _, id in evening.house.playing} == {1}, "only the first one was heard"


def test_a_microphone_that_goes_silent() -> None:
    """After 1.5 s without a block the guide says so, finds it, and goes on with the same turn; no word is lost."""
    evening = Evening(STEPS, {"one": [[(0.2, 0.6, "Rain.")], [(0.5, 0.6, "Snow.")]]})

    def unplug(name: str) -> None:
        if name == "pause" and evening.all("step")[-1]["id"] == "one" and "reopen" not in evening.house.order:
            evening.house.quiet_from = evening.house.now + 0.1

    evening.after = unplug
    assert evening.run() == "completed"
    assert evening.house.order.count("reopen") == 1
    said = evening.prompts()
    assert said.index(lines.MICROPHONE_LOST) + 1 == said.index(lines.MICROPHONE_BACK)
    one = [line.text for line in evening.notebook.lines.values() if line.step == "one"]
    assert one == ["Rain.", "Snow."], "before and after, in one turn"
    assert len({line.turn for line in evening.notebook.lines.values() if line.step == "one"}) == 1


@pytest.mark.parametrize("device", ["speaker", "microphone"])
def test_a_device_that_goes_away(device: str) -> None:
    """What the driver tells of it has it found again; the evening ends as it would have."""
    evening = Evening(STEPS)
    gone = DeviceError("It is gone.", "look whether it is plugged in")

    def unplug(name: str) -> None:
        if name == "listening" and evening.all("step")[-1]["id"] == "two":
            getattr(evening, device).failure = gone

    evening.after = unplug
    assert evening.run() == "completed"
    assert evening.house.order.count("reopen") == 1
    assert [text for _, text in evening.notebook.texts()] == ["Rain."] * 4
    assert evening.house.order[-3:] == ["microphone.stop", "speaker.stop", "notebook.abandon"]


@pytest.mark.parametrize("device", ["speaker", "microphone"])
def test_a_device_that_cannot_be_opened(device: str) -> None:
    """The error reaches the caller, and what was started is stopped."""
    evening = Evening(STEPS)
    setattr(evening, f"{device}_error", DeviceError("It cannot be opened.", "look"))
    with pytest.raises(DeviceError, match=r"^It cannot be opened\. \(look\)$"):
        evening.run()
    assert evening.house.order[-2:] == ["microphone.stop", "speaker.stop"]


def test_a_microphone_that_takes_long_to_open_is_not_lost() -> None:
    """A loudspeaker may need seconds to open; the microphone's silence counts from its own start."""
    evening = Evening(STEPS, {"consent/first": [[(0.5, 0.6, "No.")]]})
    evening.house.opening_takes = 8.0
    assert evening.run() == "declined"


def test_an_abandon_that_fails_stops_the_devices_all_the_same() -> None:
    """Whatever the record raises at the end, no microphone stays open."""
    evening = Evening(
        STEPS, errors={"abandon": OSError("I/O error")}, signal_at="listening", signal_step="one"
    )
    with pytest.raises(OSError, match="I/O error"):
        evening.run()
    assert evening.house.order[-3:] == ["microphone.stop", "speaker.stop", "notebook.abandon"]


def test_dropped_blocks_keep_the_time_true() -> None:
    """A second that the driver lost is heard as silence: later words keep their time and are found."""
    evening = Evening(STEPS, {"one": [[(3.0, 1.0, "After the gap.")]]})

    def lose(name: str) -> None:
        if name == "listening" and evening.all("step")[-1]["id"] == "one":
            frame = round(evening.house.now / FRAME_SECONDS)
            evening.house.lost = [(frame + 30, frame + 62)]

    evening.after = lose
    assert evening.run() == "completed"
    assert evening.notebook.texts()[0] == ("Ana", "After the gap.")
    said_at = next(start for start, _, text in evening.house.said if text == "After the gap.")
    assert evening.notebook.lines[1].said_at == pytest.approx(said_at, abs=2 * FRAME_SECONDS)


@pytest.mark.parametrize("seconds", [0.4, 2.0])
def test_a_slow_disk_costs_no_word(seconds: float) -> None:
    """While a line is written sound waits in the inbox; nobody has to say anything twice."""
    evening = Evening((*STEPS, Quiet(id="quiet", seconds=3.0)))
    evening.house.disk_takes = seconds
    assert evening.run() == "completed"
    assert [text for _, text in evening.notebook.texts()] == ["Rain."] * 4
    assert "no_input" not in evening.names()


def at_one(evening: Evening, do: Callable[[], object]) -> Callable[[str], None]:
    """Does something when the first question begins."""

    def after(name: str) -> None:
        if name == "step" and evening.all("step")[-1]["id"] == "one":
            do()

    return after


def test_a_slow_handler_is_no_lost_loudspeaker() -> None:
    """A prompt's end that waits in the inbox, behind all the sound of that time, has come in time."""
    evening = Evening(STEPS)
    evening.after = at_one(evening, lambda: setattr(evening.house, "playing_takes", OVERDUE_AFTER + 2.0))
    assert evening.run() == "completed"
    assert evening.house.playing_takes == 0.0, "it was slow"
    assert not evening.all("loudspeaker_lost")
    assert "reopen" not in evening.house.order
    assert [text for _, text in evening.notebook.texts()] == ["Rain."] * 4


def test_a_loudspeaker_that_never_plays_is_lost() -> None:
    """The sound that comes meanwhile tells how long it has played nothing: it is looked for, and asks again."""
    evening = Evening(STEPS)

    def swallow() -> None:
        evening.house.swallows = not evening.all("loudspeaker_lost")

    evening.after = at_one(evening, swallow)
    assert evening.run() == "completed"
    assert len(evening.all("loudspeaker_lost")) == len(evening.all("loudspeaker_back")) == 1
    assert evening.house.order.count("reopen") == 1
    assert [text for _, text in evening.notebook.texts()] == ["Rain."] * 4


def test_what_is_told_never_runs_backwards() -> None:
    """A microphone that pauses for a second lets the clock run ahead of its sound; events stay in order."""
    evening = Evening(STEPS, {"one": [[(0.5, 1.0, "Rain."), (2.2, 1.0, "Snow.")]]})

    def pause(name: str) -> None:
        if name == "pause":
            evening.house.quiet_for = 1.2

    evening.after = pause
    assert evening.run() == "completed"
    times = [at for at, _, _ in evening.told]
    assert times == sorted(times)


def test_the_guide_never_says_gone_of_words_that_are_still_there() -> None:
    """A deletion that the disk refuses is told as that."""
    evening = Evening(STEPS, {"keep/first": [[(0.5, 0.6, "Let them go.")]]}, errors={"discard": REFUSED})
    assert evening.run() == "completed"
    said = " ".join(evening.prompts())
    assert lines.DISCARDED not in said
    assert lines.DISCARD_FAILED.split(".")[0] in said


def test_a_device_that_goes_away_ends_the_evening_with_its_own_sentence() -> None:
    """No prompt is waited for that nobody can hear; the notebook is let go, and reads as interrupted."""
    gone = DeviceError("The loudspeaker is gone.", "plug it in")
    evening = Evening(STEPS, {}, speaker_failure=gone)
    with pytest.raises(DeviceError, match="loudspeaker is gone"):
        evening.run()
    assert evening.house.order[-1] == "speaker.stop"


def test_a_stream_that_was_moved_is_lost_and_found() -> None:
    """The sound server's word counts like the driver's: the guide says so, and goes on with the same turn."""
    evening = Evening(STEPS, {"one": [[(0.2, 0.6, "Rain.")], [(0.5, 0.6, "Snow.")]]})

    def move(name: str) -> None:
        if name == "pause" and evening.all("step")[-1]["id"] == "one" and "reopen" not in evening.house.order:
            evening.house.put(DeviceMoved("microphone"))

    evening.after = move
    assert evening.run() == "completed"
    assert evening.house.order.count("reopen") == 1
    assert evening.all("microphone_lost") and evening.all("microphone_back")
    assert [line.text for line in evening.notebook.lines.values() if line.step == "one"] == ["Rain.", "Snow."]


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (KeyPressed(Command.PAUSE), "paused"),
        (KeyPressed(), "guide_silenced"),
        (LineTyped("pause"), "paused"),
    ],
)
def test_what_hands_do_reaches_the_machine(item: Item, told: str) -> None:
    """A key, any key, and a typed line, while the guide speaks."""
    evening = Evening(STEPS)
    given: list[str] = []

    def press(name: str) -> None:
        if name == "prompt" and evening.all("step")[-1]["id"] == "one" and not given:
            given.append(name)
            evening.house.put(item)
        if name == "paused":
            evening.house.put(KeyPressed(Command.CONTINUE))

    evening.after = press
    assert evening.run() == "completed"
    assert evening.all(told)


def test_a_louder_voice_stays_louder_when_the_loudspeaker_was_exchanged() -> None:
    """The new one plays as loud as the old one did."""
    evening = Evening(STEPS)
    given: list[str] = []

    def press(name: str) -> None:
        if name == "listening" and evening.all("step")[-1]["id"] == "one" and not given:
            given.append(name)
            evening.house.put(KeyPressed(Command.LOUDER))
        if name == "voice":
            evening.house.put(DeviceMoved("loudspeaker"))

    evening.after = press
    assert evening.run() == "completed"
    assert evening.line.speaker is not evening.speaker
    assert evening.line.speaker.volume == pytest.approx(10 ** (3 / 20))
    assert evening.speeds == [1.0]
