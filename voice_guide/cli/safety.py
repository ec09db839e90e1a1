"""`voice-guide safety`: what to know before an evening, on the terminal, on paper, or by headphones."""

from __future__ import annotations

import argparse
import queue
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voice_guide.errors import ExitCode, StorageError, UsageError
from voice_guide.home import where_home_is
from voice_guide.safety import (
    MADE_BY,
    Block,
    HelpLine,
    as_html,
    blocks,
    help_lines,
    page_for_the_one_asked,
    safety_text,
)
from voice_guide.settings import Settings, read_settings, replace_file
from voice_guide.setup.countries import country

if TYPE_CHECKING:
    from voice_guide.audio.ports import Speaker
    from voice_guide.speaking.prompts import Prompts

WIDEST = 80
"""Columns of a line that is read without losing the next one."""

_LOOK_AGAIN = 0.5
"""Seconds after which a loudspeaker that tells nothing is asked whether it is still there."""

_HARD_SPACE = "\u00a0"
_SIGNS = {"--": "dash dash ", "~": " tilde ", "/": " slash ", ".": " dot "}
"""How what is typed is said aloud."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command; it sets `run`, which takes the arguments and returns the exit code."""
    parser = subparsers.add_parser("safety", help="what to know before an evening, and whom to call")
    parser.add_argument(
        "--for-the-one-asked", action="store_true", help="the page for the partner who was asked to join"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--page", type=Path, metavar="FILE.html", help="write a page to print, or for a phone")
    how.add_argument("--listen", action="store_true", help="read it aloud, after asking; for headphones")
    parser.add_argument(
        "--country", type=_country, metavar="DE", help="whose help lines (default: as chosen at setup)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the text, write it as a page, or read it aloud. Raises VoiceGuideError."""
    settings = _settings()
    chosen = args.country or settings.country
    text = page_for_the_one_asked() if args.for_the_one_asked else safety_text()
    lines = help_lines(where_home_is(), chosen)
    if args.page is not None:
        title = "For the one who was asked" if args.for_the_one_asked else "Before you begin"
        _write(args.page, as_html(text, f"{title} (Voice Guide)", lines))
        _print(f"{args.page} is written. A browser shows it and prints it.\n")
        return ExitCode.WELL
    if args.listen:
        return _listen(spoken(text, lines if chosen else ()), settings)
    _print(wrapped(blocks(text, lines), min(WIDEST, shutil.get_terminal_size().columns)))
    return ExitCode.WELL


def wrapped(pieces: Iterable[Block], width: int) -> str:
    """The text in lines of at most `width` columns (a longer word keeps its own), headings set off."""
    found: list[str] = []
    before = ""
    for piece in pieces:
        if found and not (piece.tag == "li" and before in ("li", "h3")):
            found.append("")
        first, next_ = ("- ", "  ") if piece.tag == "li" else ("", "")
        found += textwrap.wrap(
            "".join(_typed(*span) for span in piece.spans),
            max(width, 20),
            initial_indent=first,
            subsequent_indent=next_,
            break_long_words=False,
            break_on_hyphens=False,
        )
        before = piece.tag
    return "\n".join(found).replace(_HARD_SPACE, " ") + "\n"


def spoken(text: str, lines: Sequence[HelpLine]) -> tuple[str, ...]:
    """The sentences as they are read aloud: numbers digit by digit, what is typed sign by sign.

    Without lines it says how to hear some: those of all countries would take many minutes.
    """
    from voice_guide.exercise.sentences import sentences

    said = ["".join(_aloud(*span) for span in piece.spans) for piece in blocks(text)]
    if lines:
        said += ["Whom to call. Numbers change. Please check them before you rely on them."]
        said += [_line_aloud(line) for line in lines]
    else:
        said += ["To hear help lines, add dash dash country, and the two letters of your country."]
    ended = (one if one[-1] in ".?!" else one.rstrip(";:,") + "." for one in said)
    return tuple(sentence for one in ended for sentence in sentences(one))


def read_aloud(said: Iterable[str], prompts: Prompts, speaker: Speaker) -> None:
    """Play one sentence after the other, to the end of the last one. Raises DeviceError, ModelError."""
    from voice_guide.exercise.sentences import PAUSE
    from voice_guide.sound import Sound, silence

    heard: queue.SimpleQueue[int] = queue.SimpleQueue()
    speaker.start(heard.put)
    try:
        waiting = 0
        for number, sentence in enumerate(said, 1):
            sound = prompts.render((sentence,), keep=False)  # while the one before is heard
            _await(waiting, heard, speaker)
            speaker.play(number, sound)
            speaker.play(0, Sound(silence(PAUSE, sound.rate), sound.rate))
            waiting = number
        _await(waiting, heard, speaker)
    finally:
        speaker.stop()


def _await(number: int, heard: queue.SimpleQueue[int], speaker: Speaker) -> None:
    while number:
        try:
            if heard.get(timeout=_LOOK_AGAIN) == number:
                return
        except queue.Empty:
            if speaker.failure is not None:
                raise speaker.failure from None


def _listen(said: Sequence[str], settings: Settings) -> int:
    """Name the loudspeaker, wait until somebody is ready, and read."""
    from voice_guide import models
    from voice_guide.audio.chosen import chosen_speaker
    from voice_guide.audio.naming import prepare
    from voice_guide.speaking.piper import PiperVoice
    from voice_guide.speaking.prompts import Prompts
    from voice_guide.voicing import gain

    if not sys.stdin.isatty():
        raise UsageError("Nobody is there to say when to begin.", "run it in a terminal, without a pipe")
    voice = PiperVoice(models.find("voice").folder)
    speaker = chosen_speaker(prepare(settings).loudspeaker or "", gain(settings.loudness))()
    _print(f"I read it aloud through: {_name(settings, speaker.name)}.\n")
    _print("Put on headphones, if nobody else shall hear it.\n")
    try:
        input("Enter begins, Ctrl-C ends. ")
        read_aloud(said, Prompts(voice, None, speaker.rate, settings.speed), speaker)
    except (EOFError, KeyboardInterrupt):
        _print("\nEnded.\n")
        return ExitCode.INTERRUPTED
    return ExitCode.WELL


def _name(settings: Settings, otherwise: str) -> str:
    """The loudspeaker for people, and what is worth knowing of it."""
    from voice_guide.audio.naming import Kind, outlets

    known = {Kind.BLUETOOTH: "Bluetooth: it goes through the air", Kind.NETWORK: "it is on the network"}
    for outlet in outlets().loudspeakers:
        if outlet.id == settings.loudspeaker:
            remark = known.get(outlet.kind)
            return f"{outlet.name} ({remark})" if remark else outlet.name
    return otherwise


def _country(text: str) -> str:
    code = country(text)
    if code is None:
        raise argparse.ArgumentTypeError("a country in two letters, as in DE, or its name in English")
    return code


def _settings() -> Settings:
    """What was chosen at setup; whatever is wrong with it must keep nobody from reading about safety."""
    try:
        return read_settings(where_home_is().settings) or Settings()
    except StorageError as error:
        print(f"voice-guide: {error.message}", file=sys.stderr)
        return Settings()


def _write(path: Path, page: str) -> None:
    """Write the page; only a page of ours is written over. Raises StorageError."""
    try:
        ours = MADE_BY in path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        ours = True
    except OSError:  # a folder, or a file that may not be read
        ours = False
    if not ours:
        raise StorageError(f"{path} is there already, and is no page of Voice Guide.", "choose another name")
    replace_file(path, page)


def _typed(tag: str, text: str) -> str:
    if tag == "code":
        return f'"{text}"'.replace(" ", _HARD_SPACE)
    return text.replace(" ", _HARD_SPACE) if tag == "strong" and re.search(r"\d", text) else text


def _aloud(tag: str, text: str) -> str:
    if tag != "code":
        return text
    for sign, words in _SIGNS.items():
        text = text.replace(sign, words)
    return " ".join(text.split())


def _line_aloud(line: HelpLine) -> str:
    said = f"{line.name}: {', '.join(part for part in (line.call, _aloud('code', line.site)) if part)}."
    said = re.sub(r"(?<=\d)[ -](?=\d)", ", ", said)
    remark = f" {line.remark[0].upper()}{line.remark[1:]}." if line.remark else ""
    return re.sub(r"(?<=\d)(?=\d)", " ", said) + remark


def _print(text: str) -> None:
    # The terminal may not know the letters of every name.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
