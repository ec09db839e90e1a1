"""`start`: an evening with two people, at this machine's microphone and loudspeaker."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from voice_guide import models
from voice_guide.audio.elsewhere import refuse_elsewhere
from voice_guide.cli import rehearse
from voice_guide.cli.common import add_common, logging_to, shelf_of
from voice_guide.cli.speaking import chosen_language
from voice_guide.errors import DeviceError, ModelError, UsageError
from voice_guide.history import History, forget_history, read_history
from voice_guide.home import is_there, where_home_is
from voice_guide.journal.listing import expire_undecided
from voice_guide.library import open_script
from voice_guide.names import folded
from voice_guide.one_guide import one_guide
from voice_guide.privacy.seal import Closed, SealError, how_closed, network_streams, why_open
from voice_guide.settings import Settings, read_settings
from voice_guide.setup.names import fitting_name
from voice_guide.setup.question import Unfit
from voice_guide.tonight import Part, Repertoire, Tonight, gentlest, repertoire

if TYPE_CHECKING:
    from voice_guide.notebook import Shelf

_NOTHING_KEPT = "Nothing has been set up (voice-guide setup), so nothing of this evening will be kept."


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    start = subparsers.add_parser("start", help="begin an evening")
    start.add_argument(
        "name", nargs="?", metavar="NAME or FILE.yaml", help="which exercise; without, you are asked"
    )
    start.add_argument(
        "--or-rehearse",
        action="store_true",
        help="without a microphone or loudspeaker, show a rehearsal instead",
    )
    start.add_argument(
        "--unsealed", action="store_true", help="begin also where the network cannot be closed to the program"
    )
    add_common(start)
    start.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Lead through an evening; its exit code. Raises VoiceGuideError."""
    if not args.unsealed and how_closed() is Closed.NOT:
        raise why_open()
    if network_streams() and not args.unsealed:
        raise SealError(
            "What I print, or read, goes through a network connection.", "begin the evening in a terminal"
        )
    refuse_elsewhere()
    with one_guide(where_home_is().root):
        return _evening(args)


def _evening(args: argparse.Namespace) -> int:
    settings = read_settings(where_home_is().settings)
    spoken = chosen_language(args)
    chosen = open_script(args.name, spoken) if args.name else None
    from voice_guide import wiring  # loads the engines' libraries: a slip of the finger is told before

    try:
        line = wiring.open_line(settings or Settings())
    except DeviceError as error:
        if not args.or_rehearse:
            raise
        print(f"{error.message} So here is a rehearsal, with the real models and two voices:\n")
        return rehearse.aloud(chosen or gentlest(spoken), args)
    for role in models.NEEDED:
        models.find(
            role, chosen.language if chosen is not None else spoken
        )  # nobody is asked for anything before all is there
    shelf = shelf_of(args) if settings is not None or _keeps(args) else None
    # Who was never asked at setup whether to remember anything is not remembered.
    settings = replace(settings or Settings(remember=_has_vault()), language=spoken)
    tonight = _tonight(args, settings, shelf)
    part, menu = _program(args.name, tonight)
    with logging_to(args.events) as log:
        from voice_guide.cli.viewing import Viewing

        view = Viewing(plain=args.plain, captions=tonight.settings.captions)
        evening = wiring.RealEvening(
            tonight=tonight,
            line=line,
            shelf=shelf,
            listeners=[*log, view],
            hands=view.hands,
            on_level=view.on_level,
            part=part,
        )
        return evening.run(menu)


def _keeps(args: argparse.Namespace) -> bool:
    """Without a setup nothing is kept, unless the couple is named, or a vault is there or asked for."""
    return bool(args.partners or args.passphrase_file) or _has_vault()


def _has_vault() -> bool:
    return is_there(where_home_is().vault)


def _tonight(args: argparse.Namespace, settings: Settings, shelf: Shelf | None) -> Tonight:
    if shelf is None:
        return Tonight(couple=_ask_names(_NOTHING_KEPT), settings=settings, voices=_tells_voices())
    expire_undecided(shelf.home, datetime.now())  # as the guide has said: seven days
    if not settings.remember:
        forget_history(shelf.home.history)
    history = read_history(shelf.home.history) if settings.remember else History()
    couple = _couple(args.partners, settings.partners, shelf.partners())
    return Tonight(
        couple=couple,
        settings=settings,
        history=history,
        protected=shelf.protected,
        voices=_tells_voices(),
    )


def _tells_voices() -> bool:
    """Whether there is a model that can learn voices; an evening does without it, and does not speak of it then."""
    try:
        models.find(models.Role.SPEAKER)
    except ModelError:
        return False
    return True


def _couple(
    given: tuple[str, str] | None, set_up: tuple[str, str] | None, sealed_for: tuple[str, str] | None
) -> tuple[str, str]:
    """The two names; whose words are sealed for somebody else is not left to chance."""
    known = sealed_for or set_up
    if given and known and _unordered(given) != _unordered(known):
        raise UsageError(
            f"The record here belongs to {known[0]} and {known[1]}.",
            "leave out --partners, or keep another couple's evenings in another VOICE_GUIDE_HOME",
        )
    if set_up and sealed_for and _unordered(set_up) != _unordered(sealed_for):
        raise UsageError(
            f"The record here belongs to {sealed_for[0]} and {sealed_for[1]}, and setup names somebody else.",
            "run voice-guide setup again, or keep another couple's evenings in another VOICE_GUIDE_HOME",
        )
    written = {folded(name): name for name in set_up or sealed_for or ()}
    if given:
        first, second = (written.get(folded(name), name) for name in given)
        return first, second
    return set_up or sealed_for or _ask_names()


def _unordered(names: tuple[str, str]) -> set[str]:
    return {folded(name) for name in names}


def _program(name: str | None, tonight: Tonight) -> tuple[Part | None, Repertoire | None]:
    """The exercise that was named, or the menu."""
    if name:
        return tonight.part(name), None
    menu = repertoire(tonight)
    for left_out in menu.left_out:
        print(
            f"voice-guide: {left_out} cannot be used (voice-guide check {left_out} says why).",
            file=sys.stderr,
        )
    return None, menu


def _ask_names(before: str = "") -> tuple[str, str]:
    """Ask for the two names on the terminal, each until it can be used. Raises UsageError if nobody answers."""
    if not sys.stdin.isatty():
        raise _nobody()
    if before:
        print(before)
    try:
        first = _ask_name("The name of one of you: ")
        return first, _ask_name("And the name of the other: ", first)
    except (EOFError, OSError):
        print()
        raise _nobody() from None
    except KeyboardInterrupt:
        print()  # what comes next on the terminal begins a line
        raise


def _ask_name(question: str, other: str = "") -> str:
    while True:
        try:
            name = fitting_name(input(question))
        except Unfit as why:
            print(why)
        except UnicodeDecodeError:
            print("There is a key in this name that I cannot read. Please type it once more.")
        else:
            if folded(name) != folded(other):
                return name
            print("That is the same name, and I could not tell you apart. A nickname will do.")


def _nobody() -> UsageError:
    return UsageError("Who are you?", "name the two partners with --partners Ana,Ben")
