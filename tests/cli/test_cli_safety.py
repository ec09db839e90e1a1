"""`voice-guide safety` as it is typed and as it is seen, written and heard."""

from __future__ import annotations

import argparse
import io
import re
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.silent_voice import write_silent_voice
from voice_guide import models
from voice_guide.audio import chosen, naming
from voice_guide.audio.naming import Kind, Outlet, Outlets, Route
from voice_guide.cli import safety
from voice_guide.errors import DeviceError, StorageError, UsageError
from voice_guide.home import Home
from voice_guide.safety import HelpLine, blocks, page_for_the_one_asked, safety_text
from voice_guide.settings import Settings, read_settings, write_settings
from voice_guide.sound import Sound, silence
from voice_guide.speaking.prompts import Prompts

RATE = 22_050


def run(*typed: str) -> int:
    """The exit code of a command line."""
    parser = argparse.ArgumentParser()
    safety.add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(["safety", *typed])
    code = args.run(args)
    assert isinstance(code, int)
    return code


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A data folder that nobody has made yet, and a terminal of 60 columns."""
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "60")
    return Home(tmp_path / "home")


def made(home: Home, settings: Settings) -> Home:
    """The folder with these settings."""
    home.root.mkdir()
    write_settings(home.settings, settings)
    return home


def test_the_text_comes_with_the_help_lines_of_the_country(
    capsys: pytest.CaptureFixture[str], home: Home
) -> None:
    """Wrapped, with headings set off and what is typed in quotes; nothing is made on the disk."""
    assert run("--country", "IE") == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "Before you begin\n"
        "\n"
        "Voice Guide reads an exercise aloud to two partners, and\n"
        "listens to each of them. This page says what it is not, what\n"
        "it keeps, and how you stop it. Each of you can read it\n"
        "alone.\n"
        "\n"
        "When to leave it\n"
        "\n"
        "- It is not therapy, and it treats nothing. It gives no\n"
        "  advice, no scores and no verdict.\n"
    )
    assert '\n- "voice-guide forget last" deletes the latest evening.\n' in out
    assert out.endswith(
        "\n"
        "Whom to call\n"
        "\n"
        "Numbers and hours change. Please check them before you rely\n"
        "on them.\n"
        "\n"
        "Ireland\n"
        "- Emergency: 999 or 112 (in danger now)\n"
        "- Women's Aid: 1800 341 900 (violence at home, for women,\n"
        "  day and night)\n"
        "- Men's Aid Ireland: 01 554 3811 (violence at home, for men)\n"
        "- Samaritans: 116 123 (when it is too much to carry, day and\n"
        "  night)\n"
    )
    assert max(map(len, out.splitlines())) <= 60
    assert not home.root.exists()


@pytest.mark.parametrize("typed", [[], ["--for-the-one-asked"]])
def test_no_word_is_lost_in_wrapping(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Of either text, in their order."""
    assert run(*typed) == 0
    out = capsys.readouterr().out.replace('"', "").replace("\n- ", "\n")
    text = page_for_the_one_asked() if typed else safety_text()
    words = " ".join(piece.text for piece in blocks(text)).replace('"', "").split()
    assert out.split()[: len(words)] == words


def test_a_number_is_never_broken() -> None:
    """Nor a command: they are read off the screen and typed."""
    line = HelpLine(country="IE", name="A line", call="1800 341 900")
    out = safety.wrapped(blocks("- say `voice-guide forget last` now", [line]), 20)
    assert out.splitlines()[:3] == ["- say", '  "voice-guide forget last"', "  now"]
    assert out.splitlines()[-2:] == ["- A line:", "  1800 341 900"]


def test_the_country_of_setup_counts_unless_another_is_named(
    capsys: pytest.CaptureFixture[str], home: Home
) -> None:
    """By two letters or by name; without any, all countries come."""
    made(home, Settings(country="DE"))

    def countries(*typed: str) -> list[str]:
        assert run(*typed) == 0
        return re.findall(r"\n\n(.+)\n- Emergency", capsys.readouterr().out)

    assert countries() == ["Germany"]
    assert countries("--country", "uk") == countries("--country", "United Kingdom") == ["United Kingdom"]
    home.settings.unlink()
    assert countries()[:3] == ["Australia", "Austria", "Belgium"]


def test_a_country_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """A usage error that says how to write it."""
    with pytest.raises(SystemExit) as caught:
        run("--country", "Atlantis")
    assert caught.value.code == 2
    assert "a country in two letters, as in DE, or its name in English" in capsys.readouterr().err


def test_broken_settings_keep_nobody_from_reading(capsys: pytest.CaptureFixture[str], home: Home) -> None:
    """It says so on the side, and shows all."""
    made(home, Settings()).settings.write_text("?")
    assert run() == 0
    out, err = capsys.readouterr()
    assert out.startswith("Before you begin\n")
    with pytest.raises(StorageError) as caught:
        read_settings(home.settings)
    assert err == f"voice-guide: {caught.value.message}\n"


def test_a_broken_file_of_help_lines_is_named(home: Home) -> None:
    """With its line, and what to do."""
    made(home, Settings()).help_lines.write_text('[[IE]]\nname = "A"\n')
    with pytest.raises(StorageError) as caught:
        run()
    assert caught.value.message.startswith(f"{home.help_lines}:1: a line needs a name, ")


def test_letters_that_the_terminal_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """They become question marks, not an error."""
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    assert run("--country", "AT") == 0
    assert b"M?nnernotruf" in raw.getvalue()


def test_the_page_is_written_for_its_owner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole, 0600, and again over a page of ours."""
    path = tmp_path / "page.html"
    assert run("--page", str(path), "--country", "FR") == 0
    assert run("--page", str(path), "--for-the-one-asked", "--country", "NZ") == 0
    page = path.read_text("utf-8")
    assert "<title>For the one who was asked (Voice Guide)</title>" in page
    assert "<h3>New Zealand</h3>" in page
    assert "France" not in page
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert capsys.readouterr().out == 2 * f"{path} is written. A browser shows it and prints it.\n"


@pytest.mark.parametrize("there", [lambda path: path.write_bytes(b"<p>\xff mine"), Path.mkdir])
def test_what_is_no_page_of_ours_stays(tmp_path: Path, there: Callable[[Path], object]) -> None:
    """A file of one's own, or a folder."""
    path = tmp_path / "mine.html"
    there(path)
    with pytest.raises(StorageError) as caught:
        run("--page", str(path))
    assert caught.value.message == f"{path} is there already, and is no page of Voice Guide."
    assert caught.value.hint == "choose another name"
    assert path.is_dir() or path.read_bytes() == b"<p>\xff mine"


def test_a_page_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    """No folder is made for it."""
    path = tmp_path / "nowhere" / "page.html"
    with pytest.raises(StorageError) as caught:
        run("--page", str(path))
    assert caught.value.message == f"{path} cannot be written: no such file or directory."


def test_aloud_nothing_is_a_sign() -> None:
    """Commands are said sign by sign, numbers digit by digit; each piece is a sentence."""
    lines = [HelpLine(country="US", name="A line", call="1-800-799-7233", site="a.example", about="fear")]
    said = safety.spoken("# Head\n\n- say `voice-guide forget --all`;\n- `~/.local/a`, *now*", lines)
    assert said == (
        "Head.",
        "say voice-guide forget dash dash all.",
        "tilde slash dot local slash a, now.",
        "Whom to call.",
        "Numbers change.",
        "Please check them before you rely on them.",
        "A line: 1, 8 0 0, 7 9 9, 7 2 3 3, a dot example.",
        "Fear.",
    )


def test_aloud_the_lines_of_all_countries_are_left_out() -> None:
    """It says how to hear some."""
    said = safety.spoken(safety_text(), ())
    assert said[-1] == "To hear help lines, add dash dash country, and the two letters of your country."
    assert not [sentence for sentence in said if re.search(r"[`*#~/]|--", sentence)]


class Loudspeaker:
    """Plays at once what is queued, unless it fails."""

    name = "speakers"
    rate = RATE
    volume = 1.0

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure: Exception | None = None
        self._fails_with = failure
        self._ended: Callable[[int], None] | None = None
        self.order: list[str] = []

    def start(self, ended: Callable[[int], None]) -> None:
        """Open."""
        self.order.append("start")
        self._ended = ended

    def play(self, id: int, sound: Sound) -> None:
        """Play to the end, at once."""
        assert self._ended is not None, "play before start"
        assert sound.seconds > 0
        self.order.append(f"play {id}")
        if self._fails_with is not None:
            self.failure = self._fails_with
        else:
            self._ended(id)

    def fade(self) -> None:
        """Never asked for."""
        raise AssertionError

    def stop(self) -> None:
        """Close."""
        self.order.append("stop")


class Parrot:
    """A voice that remembers what it said."""

    identity = "parrot"

    def __init__(self) -> None:
        self.said: list[str] = []

    def synthesize(self, text: str, speed: float = 1.0) -> Sound:
        """A tenth of a second."""
        del speed
        self.said.append(text)
        return Sound(silence(0.1, RATE), RATE)


def test_it_is_read_sentence_by_sentence() -> None:
    """Each with a gap behind it, the loudspeaker opened and closed once."""
    voice, speaker = Parrot(), Loudspeaker()
    safety.read_aloud(["One.", "Two."], Prompts(voice, None, RATE), speaker)
    assert voice.said == ["One.", "Two."]
    assert speaker.order == ["start", "play 1", "play 0", "play 2", "play 0", "stop"]


def test_a_loudspeaker_that_goes_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is closed, and its own error comes."""
    monkeypatch.setattr(safety, "_LOOK_AGAIN", 0.001)
    speaker = Loudspeaker(DeviceError("The loudspeaker is gone.", "look"))
    with pytest.raises(DeviceError, match=r"The loudspeaker is gone\."):
        safety.read_aloud(["One.", "Two."], Prompts(Parrot(), None, RATE), speaker)
    assert speaker.order == ["start", "play 1", "play 0", "stop"]


class Terminal(io.StringIO):
    """A terminal on which somebody types."""

    def isatty(self) -> bool:
        """Yes."""
        return True


class Booth:
    """All that `--listen` needs besides a person."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.speaker = Loudspeaker()
        self.asked: list[tuple[str, float]] = []
        self.found = Outlets((Outlet("", "Buds", Kind.BLUETOOTH), Outlet("usb", "USB headset")))
        voice = SimpleNamespace(folder=write_silent_voice(folder))
        monkeypatch.setattr(models, "find", lambda _: voice)
        monkeypatch.setattr(naming, "prepare", lambda settings: Route(None, settings.loudspeaker or None))
        monkeypatch.setattr(naming, "outlets", lambda: self.found)
        monkeypatch.setattr(chosen, "chosen_speaker", self._choose)

    def _choose(self, name: str, volume: float) -> Callable[[], Loudspeaker]:
        self.asked.append((name, round(volume, 2)))
        return lambda: self.speaker


@pytest.fixture
def booth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Booth:
    """With a voice that only whispers."""
    return Booth(tmp_path / "voice", monkeypatch)


def test_it_asks_before_it_reads(
    booth: Booth, home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the chosen loudspeaker, is as loud as chosen, and leaves nothing on the disk."""
    made(home, Settings(loudspeaker="usb", loudness=6.0))
    monkeypatch.setattr("sys.stdin", Terminal("\n"))
    assert run("--listen", "--for-the-one-asked", "--country", "IE") == 0
    assert capsys.readouterr().out == (
        "I read it aloud through: USB headset.\n"
        "Put on headphones, if nobody else shall hear it.\n"
        "Enter begins, Ctrl-C ends. "
    )
    assert booth.asked == [("usb", 2.0)]
    assert booth.speaker.order[0] == "start"
    assert booth.speaker.order[-1] == "stop"
    assert len(booth.speaker.order) > 60
    assert [path.name for path in home.root.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (Kind.PLAIN, "Buds"),
        (Kind.BLUETOOTH, "Buds (Bluetooth: it goes through the air)"),
        (Kind.NETWORK, "Buds (it is on the network)"),
    ],
)
def test_nothing_is_heard_before_enter(
    kind: Kind, named: str, booth: Booth, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal that is closed instead: it says where the sound would have gone, and ends."""
    booth.found = Outlets((Outlet("", "Buds", kind),))
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert run("--listen") == 130
    out = capsys.readouterr().out
    assert out.startswith(f"I read it aloud through: {named}.\n")
    assert out.endswith("\nEnded.\n")
    assert booth.speaker.order == []


def test_ctrl_c_ends_the_reading(
    booth: Booth, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of a sentence; the loudspeaker is closed."""

    def interrupt(id: int, sound: Sound) -> None:
        del id, sound
        raise KeyboardInterrupt

    monkeypatch.setattr(booth.speaker, "play", interrupt)
    monkeypatch.setattr("sys.stdin", Terminal("\n"))
    assert run("--listen") == 130
    assert booth.speaker.order == ["start", "stop"]
    assert capsys.readouterr().out.endswith("\nEnded.\n")


def test_it_is_never_read_unasked(booth: Booth, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a person at a terminal no loudspeaker is even looked for."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    with pytest.raises(UsageError) as caught:
        run("--listen")
    assert caught.value.message == "Nobody is there to say when to begin."
    assert booth.asked == []


def test_a_page_is_not_read_aloud_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    """One way at a time."""
    with pytest.raises(SystemExit):
        run("--listen", "--page", "x.html")
    assert "not allowed with argument" in capsys.readouterr().err
