"""`start` as typed: who, what, and what is asked, kept and refused before the evening begins."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from voice_guide import models, wiring
from voice_guide.cli import start
from voice_guide.cli.main import run
from voice_guide.errors import DeviceError, ExitCode, ModelError
from voice_guide.history import Bookmark, History, read_history, write_history
from voice_guide.home import Home
from voice_guide.journal.vault import create_vault
from voice_guide.language.tables import Language
from voice_guide.library import open_script, script_hash
from voice_guide.one_guide import one_guide
from voice_guide.privacy.seal import Closed
from voice_guide.session.effects import Tell
from voice_guide.settings import Settings, write_settings
from voice_guide.tonight import Repertoire

NAME = "what-im-afraid-of"
SCRIPT = "title: A Walk\nsummary: Around the lake.\nminutes: 4\ndepth: 1\nsteps:\n  - say: Go.\n"


class Evening:
    """What `start` begins, in place of an evening with people."""

    began: list[Evening]
    code = 9

    def __init__(self, **parts: Any) -> None:
        self.parts = SimpleNamespace(**parts)
        self.tonight = self.parts.tonight
        self.menu: Repertoire | None = None

    def run(self, menu: Repertoire | None) -> int:
        """Note it, and end as evenings do."""
        self.menu = menu
        Evening.began.append(self)
        for listener in self.parts.listeners:
            listener(0.0, Tell(name="finished", fields={"reason": "completed"}))
        return self.code


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A data folder that does not exist yet; devices, and models that are all there."""
    Evening.began = []
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VOICE_GUIDE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(wiring, "open_line", lambda settings: SimpleNamespace(settings=settings))
    monkeypatch.setattr(models, "find", lambda *role: role)
    monkeypatch.setattr(wiring, "RealEvening", Evening)
    monkeypatch.setattr(start, "how_closed", lambda: Closed.BY_KERNEL)  # as it is in a process of its own
    return Home(tmp_path / "home")


@pytest.fixture
def set_up(home: Home) -> Home:
    """Ana and Ben have been through setup."""
    home.root.mkdir()
    write_settings(home.settings, Settings(first="Ana", second="Ben"))
    return home


@pytest.fixture
def without_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no microphone."""

    def none(_: Settings) -> None:
        raise DeviceError("There is no microphone.", "plug one in")

    monkeypatch.setattr(wiring, "open_line", none)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str | BaseException]]:
    """Somebody at a terminal, who types these lines; all of them have to be asked for."""
    typed: list[str | BaseException] = []
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))

    def answer(asked: str) -> str:
        print(asked)
        line = typed.pop(0)
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr("builtins.input", answer)
    yield typed
    assert typed == []


def began() -> Evening:
    """The only evening."""
    (evening,) = Evening.began
    return evening


def own(home: Home, name: str, text: str = SCRIPT) -> None:
    """A script of the couple's own."""
    home.scripts.mkdir(parents=True, exist_ok=True)
    (home.scripts / f"{name}.yaml").write_text(text)


def tree(folder: Path) -> list[str]:
    """All that is there."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# --- what is on the disk


def test_without_a_setup_nothing_is_on_the_disk(
    typing: list[str | BaseException], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two names are asked for, that nothing is kept is said before; there is no place for a record."""
    typing += ["Zoe", "Max"]
    before = tree(tmp_path)
    assert run(["start", NAME]) == Evening.code
    assert began().tonight.couple == ("Zoe", "Max")
    assert began().tonight.protected is None
    assert began().parts.shelf is None
    assert tree(tmp_path) == before
    assert capsys.readouterr().out.splitlines()[0] == (
        "Nothing has been set up (voice-guide setup), so nothing of this evening will be kept."
    )


class ItStops(Exception):
    """Far enough."""


@pytest.mark.parametrize(("more", "kept"), [([], False), (["--partners", "Zoe,Max"], True)])
def test_engines_get_a_cache_only_where_something_may_be_kept(
    home: Home, monkeypatch: pytest.MonkeyPatch, more: list[str], kept: bool
) -> None:
    """Prompts hold the names: they are no exception."""
    monkeypatch.undo()
    monkeypatch.setattr(start, "how_closed", lambda: Closed.BY_KERNEL)
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(home.root))
    given: list[object] = []

    def engines(cache: Path | None, rate: int, language: Language, speed: float, sounds: object) -> None:
        given.append((cache, rate, language.code, speed, sounds))
        raise ItStops

    line = SimpleNamespace(lifeline=SimpleNamespace(speaker=SimpleNamespace(rate=48_000)))
    monkeypatch.setattr(wiring, "open_line", lambda _: line)
    monkeypatch.setattr(wiring, "find_engines", engines)
    monkeypatch.setattr(models, "find", lambda *role: role)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda asked: {"T": "Zoe", "A": "Max"}[asked[0]])
    with pytest.raises(ItStops):
        run(["start", NAME, *more])
    cache = home.root / "cache" / "prompts" if kept else None
    assert given == [(cache, 48_000, "en", 1.0, {})]
    assert home.root.exists() is kept


@pytest.mark.parametrize("why", ["partners", "passphrases", "setup", "vault"])
def test_what_makes_a_record_possible(
    why: str, home: Home, tmp_path: Path, typing: list[str | BaseException]
) -> None:
    """Whoever names the couple, has set it up, or has a vault, may keep an evening; nothing is made but the folder."""
    typed = ["start", NAME]
    if why == "partners":
        typed += ["--partners", "Ana,Ben"]
    elif why == "passphrases":
        (tmp_path / "phrases").write_text("heron in the reeds\nlantern on the hill\n")
        typed += ["--passphrase-file", str(tmp_path / "phrases")]
        typing += ["Ana", "Ben"]
    else:
        home.root.mkdir()
        if why == "setup":
            write_settings(home.settings, Settings(first="Ana", second="Ben"))
        else:
            create_vault(home.vault, ("Ana", "Ben"), None)
    assert run(typed) == Evening.code
    assert began().tonight.couple == ("Ana", "Ben")
    assert began().parts.shelf.home == home
    assert began().tonight.protected is (why == "passphrases")
    assert home.sessions.is_dir()
    assert not home.history.exists()


def test_what_nobody_decided_about_goes(set_up: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the evening, as the guide has said; without a place for records there is nothing to go."""
    asked: list[tuple[Home, datetime]] = []
    monkeypatch.setattr(start, "expire_undecided", lambda home, now: asked.append((home, now)))
    run(["start", NAME])
    ((folder, now),) = asked
    assert folder == set_up
    assert datetime.now() - now < timedelta(minutes=1)


# --- who


def test_setup_s_choices_reach_the_evening(home: Home) -> None:
    """Names, devices, manners and captions; and what is remembered."""
    home.root.mkdir()
    settings = Settings(first="Ana", second="Ben", microphone="Table", first_patience="x2", speed=1.2)
    write_settings(home.settings, settings)
    write_history(home.history, History(begins="Ben", done=("eye-level",)))
    assert run(["start", NAME]) == Evening.code
    assert began().tonight.settings == settings
    assert began().parts.line.settings == settings
    assert began().tonight.order == ("Ben", "Ana")
    assert began().parts.part.program.partners == ("Ben", "Ana")


def test_what_shall_not_be_remembered_is_forgotten(home: Home) -> None:
    """What was noted before that was chosen is not used, and does not stay."""
    home.root.mkdir()
    write_settings(home.settings, Settings(first="Ana", second="Ben", remember=False))
    write_history(home.history, History(begins="Ben", done=("eye-level",)))
    assert run(["start", NAME]) == Evening.code
    assert began().tonight.history == History()
    assert not home.history.exists()


@pytest.mark.usefixtures("set_up")
def test_names_are_written_as_they_were_at_setup() -> None:
    """In the order in which they are given; a capital makes nobody a stranger."""
    assert run(["start", NAME, "--partners", "ben,ANA"]) == Evening.code
    assert began().tonight.couple == ("Ben", "Ana")


@pytest.mark.parametrize("by", ["setup", "vault"])
def test_a_record_is_not_given_to_somebody_else(
    by: str, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whose words are sealed for whom is not left to chance."""
    home.root.mkdir()
    if by == "setup":
        write_settings(home.settings, Settings(first="Ana", second="Ben"))
    else:
        create_vault(home.vault, ("Ana", "Ben"), None)
    assert run(["start", NAME, "--partners", "Ana,Max"]) == 2
    assert capsys.readouterr().err == (
        "voice-guide: The record here belongs to Ana and Ben.\n"
        "  leave out --partners, or keep another couple's evenings in another VOICE_GUIDE_HOME\n"
    )
    assert Evening.began == []


def test_a_setup_for_somebody_else_is_told(set_up: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """The vault is older than the settings."""
    create_vault(set_up.vault, ("Ana", "Max"), None)
    assert run(["start", NAME]) == 2
    assert capsys.readouterr().err == (
        "voice-guide: The record here belongs to Ana and Max, and setup names somebody else.\n"
        "  run voice-guide setup again, or keep another couple's evenings in another VOICE_GUIDE_HOME\n"
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["Zoe", "Max"], []),
        ([" Zoe ", "Max"], []),
        (["", "Zoe", "Max"], ["I need a name here. Any name that you like will do."]),
        (
            ["Zoe", "zoe", "ZOE", "Max"],
            ["That is the same name, and I could not tell you apart. A nickname will do."] * 2,
        ),
        (["Zoe", "A,B", "Max"], ["A name cannot hold a comma or a brace. Please leave it out."]),
        (
            ["\x1b[A", "Zoe", "Max"],
            ["There is a key in this name that I cannot read. Please type it once more."],
        ),
        (["Zoe", "both", "Max"], ["The record calls the two of you both. Please type another name."]),
        (
            [UnicodeDecodeError("utf-8", b"\xff", 0, 1, "heron"), "Zoe", "Max"],
            ["There is a key in this name that I cannot read. Please type it once more."],
        ),
    ],
)
def test_names_are_asked_for_until_there_are_two(
    typing: list[str | BaseException], capsys: pytest.CaptureFixture[str],
    typed: list[str | BaseException], told: list[str],
) -> None:  # fmt: skip
    """Each by itself: whoever has typed one right need not type it again."""
    typing += typed
    assert run(["start", NAME]) == Evening.code
    assert began().tonight.couple == ("Zoe", "Max")
    out, err = capsys.readouterr()
    asked = ["The name of one of you: ", "And the name of the other: "]
    assert [line for line in out.splitlines()[1:] if line not in asked and "over" not in line] == told
    assert err == ""


def test_a_name_is_the_same_however_its_letters_are_put_together(home: Home) -> None:
    """The record of Zo\u00eb is hers, from whatever keyboard she names herself; it is written as setup has it."""
    home.root.mkdir()
    write_settings(home.settings, Settings(first="Zo\u00eb", second="Max"))
    assert run(["start", NAME, "--partners", "max,Zoe\u0308"]) == Evening.code
    assert began().tonight.couple == ("Max", "Zo\u00eb")


@pytest.mark.parametrize("end", [EOFError(), OSError(5, "Input/output error")])
def test_a_terminal_that_goes_ends_the_question(
    typing: list[str | BaseException], end: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence and a hint, on a line of their own."""
    typing += ["Zoe", end]
    assert run(["start", NAME]) == 2
    out, err = capsys.readouterr()
    assert out.endswith("And the name of the other: \n\n")
    assert err == "voice-guide: Who are you?\n  name the two partners with --partners Ana,Ben\n"


def test_ctrl_c_ends_the_question(
    typing: list[str | BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 130, and what comes next on the terminal begins a line."""
    typing.append(KeyboardInterrupt())
    assert run(["start", NAME]) == 130
    out, err = capsys.readouterr()
    assert out.endswith("The name of one of you: \n\n")
    assert err == ""


def test_names_are_asked_for_only_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Elsewhere they have to be typed; nobody waits for an answer that cannot come."""
    monkeypatch.setattr("sys.stdin", io.StringIO("Zoe\nMax\n"))
    assert run(["start", NAME]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "voice-guide: Who are you?\n  name the two partners with --partners Ana,Ben\n"


# --- what


@pytest.mark.usefixtures("set_up")
def test_an_exercise_that_was_named_is_led_at_once() -> None:
    """No menu, and the greeting is its own."""
    assert run(["start", NAME]) == Evening.code
    assert began().menu is None
    assert began().parts.part.name == NAME


@pytest.mark.usefixtures("set_up")
def test_a_file_is_led_as_well(tmp_path: Path) -> None:
    """One's own, or a therapist's."""
    path = tmp_path / "walk.yaml"
    path.write_text(SCRIPT)
    assert run(["start", str(path)]) == Evening.code
    assert began().parts.part.exercise.title == "A Walk"


def test_without_a_name_there_is_a_menu(set_up: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Of all scripts, one's own too; one that is broken is left out, and named on the error output."""
    own(set_up, "walk")
    own(set_up, "broken", "title: Broken\n")
    assert run(["start"]) == Evening.code
    menu = began().menu
    assert menu is not None
    gentle = ["eye-level", "first-taste", "say-it-back", "together-and-equal", "vibrant"]
    assert [offer.name for offer in menu.offers] == ["walk", *gentle]
    assert began().parts.part is None
    err = capsys.readouterr().err
    assert err == "voice-guide: broken cannot be used (voice-guide check broken says why).\n"


def test_an_interrupted_evening_is_in_the_menu(set_up: Home) -> None:
    """It is asked about first."""
    mark = Bookmark(
        exercise="eye-level",
        script_hash=script_hash(open_script("eye-level")),
        step="breathing",
        starter="Ben",
    )
    write_history(set_up.history, History(begins="Ana", interrupted=mark))
    assert run(["start"]) == Evening.code
    menu = began().menu
    assert menu is not None
    assert menu.program.steps[1].id == "menu/resume"
    assert read_history(set_up.history).interrupted == mark


def test_a_broken_script_tells_each_problem_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any device is opened."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delattr(wiring, "open_line")
    Path("walk.yaml").write_text(SCRIPT.replace("say", "sai").replace("minutes: 4", "minutes: no"))
    assert run(["start", "walk.yaml"]) == 1
    assert capsys.readouterr().err == (
        "voice-guide: 2 problems in the script:\n"
        '  walk.yaml:3:10: "minutes" cannot be "no" (a whole number from 1 to 120)\n'
        '  walk.yaml:6:5: a step cannot begin with "sai" (did you mean say?)\n'
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zzz", 'There is no exercise named "zzz".\n  voice-guide list shows those there are\n'),
        ("eye-levle", 'There is no exercise named "eye-levle".\n  did you mean eye-level?\n'),
        ("./eye-level", "There is no file ./eye-level.\n  did you mean eye-level?\n"),
    ],
)
def test_an_exercise_that_there_is_not(typed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest name, or where the names are."""
    assert run(["start", typed]) == 2
    assert capsys.readouterr().err == f"voice-guide: {said}"


# --- what is missing


@pytest.mark.usefixtures("without_devices")
def test_without_a_microphone(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """`start` says so with exit code 3, asks nobody for a name, and makes nothing."""
    for typed in (["start"], ["start", NAME, "--partners", "Zoe,Max"]):
        assert run(typed) == 3
        out, err = capsys.readouterr()
        assert (out, err) == ("", "voice-guide: There is no microphone.\n  plug one in\n")
    assert not home.root.exists()


def test_without_a_model(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 4; nobody is asked for a name, and nothing is made."""

    def missing(*role: str) -> None:
        raise ModelError(f"A {role[0]} is not installed.", "Run: voice-guide models fetch")

    monkeypatch.setattr(models, "find", missing)
    assert run(["start", "--partners", "Zoe,Max"]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "voice-guide: A transcriber is not installed.\n  Run: voice-guide models fetch\n"
    assert not home.root.exists()


@pytest.mark.usefixtures("without_devices")
@pytest.mark.parametrize("named", [True, False])
def test_without_a_microphone_but_or_rehearse(
    named: bool, home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says why, and a rehearsal follows, with the code that comes of it; a broken script is not the first."""
    own(home, "aaa", "title: Broken\n")
    played: list[tuple[str, tuple[str, str], str]] = []

    def rehearsed(exercise: Any, partners: tuple[str, str], *more: Any) -> int:
        played.append((exercise.name, partners, more[2]))
        return 143

    monkeypatch.setattr(wiring, "rehearsed_evening", rehearsed)
    assert run(["start", *([NAME] if named else []), "--or-rehearse"]) == 143
    assert capsys.readouterr().out == (
        "There is no microphone. So here is a rehearsal, with the real models and two voices:\n\n"
    )
    assert played == [(NAME if named else "first-taste", ("Ana", "Ben"), "fast")]


def test_a_passphrase_file_that_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the evening begins, and without a word of it."""
    phrases = tmp_path / "phrases"
    phrases.write_text("heron in the reeds\n")
    assert run(["start", NAME, "--partners", "Zoe,Max", "--passphrase-file", str(phrases)]) == 2
    err = capsys.readouterr().err
    assert err == (
        "voice-guide: Each partner needs a passphrase.\n  one line for each, in the order of --partners\n"
    )
    assert Evening.began == []


def test_settings_that_are_wrong(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """They are not passed over: somebody's patience stands there."""
    home.root.mkdir()
    home.settings.write_text("speed = 9.0")
    assert run(["start", NAME]) == 5
    assert capsys.readouterr().err == (
        f"voice-guide: {home.settings} is not right: speed lies between 0.75 and 1.4.\n"
        "  voice-guide setup writes it anew\n"
    )


def test_one_guide_at_a_time(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """The second one does not begin, and does not look at anything else."""
    with one_guide(home.root):
        assert run(["start", "no-such-exercise"]) == 2
    assert capsys.readouterr().err.startswith("voice-guide: A guide is already running here.\n")
    assert run(["start", NAME, "--partners", "Zoe,Max"]) == Evening.code


def test_events_are_announced_and_reach_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It will hold words in the clear."""
    events = tmp_path / "events"
    assert run(["start", NAME, "--partners", "Zoe,Max", "--events", str(events)]) == Evening.code
    assert capsys.readouterr().err == (
        f"voice-guide: {events} will hold your words in the clear, for this user alone.\n"
    )
    assert '"event": "finished"' in events.read_text()


def test_an_event_file_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Before anybody has said a word."""
    assert run(["start", NAME, "--partners", "Zoe,Max", "--events", "/nowhere/events"]) == 5
    assert capsys.readouterr().err.startswith(
        "voice-guide: The event file /nowhere/events cannot be written.\n"
    )
    assert Evening.began == []


@pytest.mark.parametrize(
    ("closed", "more", "code"),
    [
        (Closed.NOT, [], ExitCode.SEAL),
        (Closed.NOT, ["--unsealed"], Evening.code),
        (Closed.BY_PYTHON, [], Evening.code),
        (Closed.BY_KERNEL, [], Evening.code),
    ],
)
def test_an_open_network_is_no_evening(
    monkeypatch: pytest.MonkeyPatch, set_up: Home, closed: Closed, more: list[str], code: int
) -> None:
    """Unless the couple says so in as many words; where Python has closed it, that is all that can be had."""
    assert set_up.root.is_dir()
    monkeypatch.setattr(start, "how_closed", lambda: closed)
    assert run(["start", NAME, *more]) == code
    assert len(Evening.began) == (code == Evening.code)


@pytest.mark.parametrize(("more", "code"), [([], ExitCode.SEAL), (["--unsealed"], Evening.code)])
def test_a_stream_that_goes_through_a_network_is_no_evening(
    monkeypatch: pytest.MonkeyPatch, set_up: Home, more: list[str], code: int
) -> None:
    """Whoever is at its other end would read along."""
    assert set_up.root.is_dir()
    monkeypatch.setattr(start, "network_streams", lambda: (1,))
    assert run(["start", NAME, *more]) == code
    assert len(Evening.began) == (code == Evening.code)


def test_a_sound_server_elsewhere_is_no_evening(monkeypatch: pytest.MonkeyPatch, set_up: Home) -> None:
    """Not even unsealed: what is said would leave the machine as sound."""
    assert set_up.root.is_dir()
    monkeypatch.setenv("PULSE_SERVER", "tcp:living-room")
    assert run(["start", NAME, "--unsealed"]) == ExitCode.DEVICE
    assert Evening.began == []
