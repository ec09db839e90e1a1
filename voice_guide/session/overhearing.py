"""What is said over the guide's voice: a few commands, and its name. Never an answer, and never told.

Two signs before anything happens: somebody besides the guide was heard (hearing.overhearing), and the words are a
command's.
"""

from __future__ import annotations

from dataclasses import replace

from voice_guide.language.tables import Language
from voice_guide.session.command import Command
from voice_guide.session.commands import spoken_command
from voice_guide.session.effects import Hush, PlayTone, Transcribe
from voice_guide.session.events import Event, HeardOver, SpokenOver
from voice_guide.session.notes import Over
from voice_guide.session.phases import Phase
from voice_guide.session.prompting import open_gap
from voice_guide.session.speech import normal
from voice_guide.session.state import Out, Session, tell
from voice_guide.session.tones import Tone
from voice_guide.session.turn_end import NAME_ROOM, OVER_PRE_ROLL, POST_ROLL, SPOT_LONGEST

_COMMANDS = (Command.STOP, Command.PAUSE, Command.REPEAT, Command.PASS)

_ECHOES = 3
"""Prompts whose words may come back before the guide stops to listen while it speaks."""

_ECHO_WORDS = 3
"""In a row; fewer may be said by anybody."""

_MORE_WORDS = 2
"""Words by which a misheard command may be longer than the command."""

_WORDS_A_SECOND = 4.5
"""Nobody says more in so short a time, but for one: a longer reading was invented (tests.bench.over, tuning half)."""

_SHORTEST = 0.3
"""Seconds; in less than that no command is said, whatever was invented."""


def on_spoken(session: Session, out: Out, event: Event) -> Session:
    """Somebody said something short: have it read."""
    assert isinstance(event, SpokenOver)  # by the table
    if session.sound.echoes >= _ECHOES or event.until - event.since > SPOT_LONGEST:
        return session
    revision = session.revisions + 1
    start, end = max(0.0, event.since - OVER_PRE_ROLL), event.until + POST_ROLL
    out.append(Transcribe(turn=0, revision=revision, start=start, end=end, speculative=False, over=True))
    over = Over(revision=revision, seconds=event.until - event.since)
    return replace(session, revisions=revision, over=over)


def on_heard(session: Session, out: Out, event: Event) -> Session:
    """Its text: a command is obeyed, the name makes the guide silent, and all else is nobody's business."""
    assert isinstance(event, HeardOver)  # by the table
    over = session.over
    if over is None or event.revision != over.revision:
        return session
    session = replace(session, over=None)
    said = normal(" ".join(session.said))
    if _in(said, normal(event.text)) and len(normal(event.text).split()) >= _ECHO_WORDS:
        return _echoed(session, out)
    for words in _readings(event, over.seconds):
        if _in(said, normal(words)):
            continue  # it may be the guide's own
        command = spoken_command(words, session.language)
        if command in _COMMANDS:
            return replace(session, todo=command, by=None)
        if _is_name(words, session.language) and session.phase is Phase.SPEAKING:
            return _called(session, out)
    return session


def _readings(event: HeardOver, seconds: float) -> list[str]:
    """The free one, and the likeliest word to the guide, unless the free one is a sentence that was really said."""
    free = len(normal(event.text).split())
    longer = free > len(normal(event.hinted).split()) + _MORE_WORDS
    invented = free > 1 + _WORDS_A_SECOND * seconds and seconds >= _SHORTEST
    return [words for words in (event.text, event.hinted if invented or not longer else "") if words]


def _is_name(words: str, language: Language) -> bool:
    return normal(words) in language.commands.names


def _in(said: str, words: str) -> bool:
    """Whether these words stand in a row in what the guide says."""
    return bool(words) and f" {words} " in f" {said} "


def _echoed(session: Session, out: Out) -> Session:
    """The guide's own words came back: where they do so in several prompts, gaps and keys have to do."""
    if session.sound.echoed == session.prompts:
        return session
    echoes = session.sound.echoes + 1
    if echoes == _ECHOES:
        tell(out, "echo_too_strong")
    return replace(session, sound=replace(session.sound, echoes=echoes, echoed=session.prompts))


def _called(session: Session, out: Out) -> Session:
    """Be silent, and listen for a command; then say the words again that were broken off."""
    out.append(Hush())
    tell(out, "guide_silenced")
    out.append(PlayTone(tone=Tone.LISTENING))
    return open_gap(replace(session, spoke=True), out, NAME_ROOM)
