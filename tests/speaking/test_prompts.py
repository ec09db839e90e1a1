"""Prompts are rendered once, kept without a trace of their words, and a bad disk never stops them."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voice_guide.sound import Sound
from voice_guide.speaking import cache
from voice_guide.speaking.cache import SentenceCache
from voice_guide.speaking.prompts import Prompts

RATE = 16_000
WAIT = 5.0
HELLO = ("Hello, Ana.", "Hello, Ben.")


class CountingVoice:
    """Half a second of a constant for each sentence; counts what it was asked to say."""

    def __init__(self, identity: str = "constant", level: float = 0.5) -> None:
        self.identity = identity
        self.level = level
        self.said: list[str] = []

    def synthesize(self, text: str, speed: float = 1.0) -> Sound:
        """A constant, shorter at speed."""
        self.said.append(text)
        return Sound(np.full(round(RATE / 2 / speed), self.level, np.float32), RATE)


@pytest.fixture
def voice() -> CountingVoice:
    """A voice that counts."""
    return CountingVoice()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the cache is to be; not yet there."""
    return tmp_path / "cache" / "prompts"


def is_ready(prompts: Prompts, sentences: tuple[str, ...]) -> bool:
    """Is this prompt sound already?"""
    return prompts.ready(sentences) is not None


def test_sentences_with_a_pause_between(voice: CountingVoice) -> None:
    """Two half seconds with 0.6 s of silence between them, none around."""
    sound = Prompts(voice, None, RATE).render(HELLO)
    assert sound.seconds == pytest.approx(1.6)
    speech = np.abs(sound.samples) > 0
    assert speech[: RATE // 2].all()
    assert not speech[RATE // 2 : RATE // 2 + round(0.6 * RATE)].any()
    assert speech[-RATE // 2 :].all()


def test_at_the_asked_rate(voice: CountingVoice) -> None:
    """The prompt comes at the rate asked for."""
    sound = Prompts(voice, None, 48_000).render(HELLO)
    assert sound.rate == 48_000
    assert sound.seconds == pytest.approx(1.6, abs=0.01)


def test_nothing_to_say(voice: CountingVoice) -> None:
    """No sentence is no sound."""
    assert Prompts(voice, None, RATE).render(()).seconds == 0


def test_each_sentence_once(voice: CountingVoice, folder: Path) -> None:
    """A sentence in several prompts, or on a later evening, is synthesized once."""
    first = Prompts(voice, folder, RATE)
    first.render(HELLO)
    first.render(HELLO[:1])
    assert voice.said == list(HELLO)
    again = Prompts(voice, folder, RATE).render(HELLO)
    assert voice.said == list(HELLO)
    assert np.array_equal(again.samples, first.render(HELLO).samples)


def test_ready_when_rendered(voice: CountingVoice, folder: Path) -> None:
    """Ready are those whose every sentence is in memory or on disk; they sound as if they were rendered."""
    prompts = Prompts(voice, folder, RATE)
    rendered = prompts.render(HELLO[:1])
    ready = prompts.ready(HELLO[:1])
    assert ready is not None and np.array_equal(ready.samples, rendered.samples)
    assert prompts.ready(HELLO) is None
    assert is_ready(Prompts(voice, folder, RATE), HELLO[:1])
    assert is_ready(prompts, ())
    assert voice.said == list(HELLO[:1])


@pytest.mark.parametrize(
    ("other", "speed"), [(CountingVoice(identity="another"), 1.0), (CountingVoice(), 1.25)]
)
def test_another_voice_or_speed_is_another_sound(
    voice: CountingVoice, folder: Path, other: CountingVoice, speed: float
) -> None:
    """What was rendered by another voice, or at another speed, is not taken."""
    Prompts(voice, folder, RATE).render(HELLO)
    assert not is_ready(Prompts(other, folder, RATE, speed), HELLO)


def test_what_a_partner_said_stays_off_the_disk(voice: CountingVoice, folder: Path) -> None:
    """`keep=False` leaves nothing in the folder, and is still rendered once."""
    prompts = Prompts(voice, folder, RATE)
    prompts.render(("You said marmalade.",), keep=False)
    assert is_ready(prompts, ("You said marmalade.",))
    assert list(folder.iterdir()) == []


def test_private_and_wordless(voice: CountingVoice, folder: Path) -> None:
    """The folder is 0700, files 0600, and no word is in a name."""
    Prompts(voice, folder, RATE).render(HELLO)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.iterdir())
    assert len(files) == 2
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert set(file.name) <= set("0123456789abcdef")


@pytest.mark.parametrize("damage", ["flip", "cut", "empty"])
def test_a_damaged_file_is_rendered_anew(voice: CountingVoice, folder: Path, damage: str) -> None:
    """One flipped bit, a torn end or an empty file: the sentence is spoken anew, and kept well."""
    expected = Prompts(voice, folder, RATE).render(HELLO[:1])
    (file,) = folder.iterdir()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes({"flip": bytes(content), "cut": file.read_bytes()[:-7], "empty": b""}[damage])
    sound = Prompts(voice, folder, RATE).render(HELLO[:1])
    assert np.array_equal(sound.samples, expected.samples)
    assert len(voice.said) == 2
    Prompts(voice, folder, RATE).render(HELLO[:1])
    assert len(voice.said) == 2


def test_a_damaged_file_is_not_ready(voice: CountingVoice, folder: Path) -> None:
    """Whoever must not wait is not kept waiting by it, and what is prepared anew is ready again."""
    Prompts(voice, folder, RATE).render(HELLO)
    file = next(folder.iterdir())
    file.write_bytes(file.read_bytes()[:-2])
    prompts = Prompts(voice, folder, RATE)
    assert prompts.ready(HELLO) is None
    assert voice.said == list(HELLO)
    prompts.prepare(HELLO)
    assert len(voice.said) == 3
    assert is_ready(prompts, HELLO)
    assert is_ready(Prompts(voice, folder, RATE), HELLO)


def test_what_is_prepared_is_rendered_once(voice: CountingVoice, folder: Path) -> None:
    """Nothing that is known already is spoken anew; what lies on disk is left there until it is needed."""
    Prompts(voice, folder, RATE).prepare(HELLO[:1])
    prompts = Prompts(voice, folder, RATE)
    prompts.prepare(HELLO)
    prompts.prepare(HELLO)
    assert voice.said == list(HELLO)
    assert [prompts.in_memory(sentence) for sentence in HELLO] == [False, True]


class Elsewhere(CountingVoice):
    """While it speaks a long sentence, another thread wants what is known already."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], object] = str
        self.waited = False

    def synthesize(self, text: str, speed: float = 1.0) -> Sound:
        """Not done before the other thread is, or has waited in vain."""
        other = threading.Thread(target=self.meanwhile, daemon=True)
        other.start()
        other.join(WAIT)
        self.waited = other.is_alive()
        return super().synthesize(text, speed)


@pytest.mark.parametrize("how", [Prompts.ready, Prompts.render, Prompts.prepare])
@pytest.mark.parametrize("kept", [False, True])
def test_what_is_sound_waits_for_no_rendering(
    folder: Path, how: Callable[[Prompts, tuple[str, ...]], object], kept: bool
) -> None:
    """From memory or from disk it comes at once, whatever is being synthesized."""
    voice = Elsewhere()
    prompts = Prompts(voice, folder, RATE)
    prompts.render(HELLO[:1])
    if kept:
        prompts = Prompts(voice, folder, RATE)
    voice.meanwhile = lambda: how(prompts, HELLO[:1])
    prompts.render(HELLO[1:])
    assert not voice.waited
    assert voice.said == list(HELLO)


def test_what_two_want_at_once_is_rendered_once(folder: Path) -> None:
    """The second one waits for the first, and takes what that has made."""
    voice = CountingVoice()
    prompts = Prompts(voice, folder, RATE)
    key = prompts._key(HELLO[0], 1.0)

    class Lock:
        def __enter__(self) -> None:
            prompts._memory[key] = cache.to_pcm(Sound(np.zeros(8, np.float32), RATE)), RATE

        def __exit__(self, *_: object) -> None:
            """Free."""

    prompts._lock = Lock()  # type: ignore[assignment]  # the other one was done while this one waited
    assert len(prompts.render(HELLO[:1]).samples) == 8
    assert voice.said == []


def test_full_disk(voice: CountingVoice, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told once, leaves no half file, and the evening goes on from memory."""
    prompts = Prompts(voice, folder, RATE)
    assert prompts.cache_problem is None

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    assert prompts.render(HELLO).seconds == pytest.approx(1.6)
    assert prompts.cache_problem == (
        "Spoken prompts cannot be kept on disk: No space left on device. They are rendered anew each evening."
    )
    assert is_ready(prompts, HELLO)
    assert list(folder.iterdir()) == []


def test_read_only_disk(voice: CountingVoice, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there can be read, what is not goes to memory."""
    Prompts(voice, folder, RATE).render(HELLO[:1])

    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "mkstemp", read_only)
    monkeypatch.setattr(os, "utime", read_only)
    prompts = Prompts(voice, folder, RATE)
    prompts.render(HELLO)
    assert voice.said == list(HELLO)
    assert prompts.cache_problem is not None
    assert "Read-only file system" in prompts.cache_problem


def test_no_folder_possible(voice: CountingVoice, tmp_path: Path) -> None:
    """A file where the folder should be is a problem to tell, not an error."""
    (tmp_path / "file").write_text("here")
    prompts = Prompts(voice, tmp_path / "file" / "prompts", RATE)
    assert prompts.cache_problem is not None
    assert prompts.render(HELLO).seconds == pytest.approx(1.6)


def test_the_longest_unused_go_first(folder: Path) -> None:
    """The folder stays below its size; what was read lately stays."""
    sound = np.zeros(500, np.int16)
    one = len(sound) * 2 + cache._HEADER.size
    small = SentenceCache(folder, largest=4 * one)
    for at, key in enumerate(("a", "b", "c", "d")):
        small.write(key, sound, RATE)
        os.utime(folder / key, (at, at))
    assert small.read("a") is not None
    small.write("e", sound, RATE)
    assert sorted(path.name for path in folder.iterdir()) == ["a", "d", "e"]


def test_what_a_crash_left_counts(folder: Path) -> None:
    """Temporary files of a crash are bounded like all others."""
    folder.mkdir(parents=True)
    (folder / "tmp-left-behind").write_bytes(bytes(5000))
    SentenceCache(folder, largest=4000)
    assert list(folder.iterdir()) == []


def test_names_are_said_as_they_were_spelled(voice: CountingVoice) -> None:
    """Wherever they stand alone in a sentence, and nowhere else."""
    prompts = Prompts(voice, None, RATE, sounds={"Ana": "Anna", "Siobhan": "Shivawn"})
    prompts.render(("Hello Ana, hello Siobhan.", "Ana's turn; (Ana), Anastasia and Diana listen, ana."))
    assert voice.said == [
        "Hello Anna, hello Shivawn.",
        "Anna's turn; (Anna), Anastasia and Diana listen, ana.",
    ]


def test_a_name_within_another_is_left_alone(voice: CountingVoice) -> None:
    """The longer one comes first; what one becomes is not read again; signs in a name are no pattern."""
    sounds = {"Ana": "Anna", "Ana Lu": "Anna Loo", "Jo.": "Joe", "Anna": "Ahna"}
    prompts = Prompts(voice, None, RATE, sounds=sounds)
    prompts.render(("Ana Lu and Ana.", "Jox, Anna and (Jo.)"))
    assert voice.said == ["Anna Loo and Anna.", "Jox, Ahna and (Joe)"]


def test_without_spellings_nothing_is_changed(voice: CountingVoice) -> None:
    """The usual case."""
    Prompts(voice, None, RATE, sounds={}).render(("Hello Ana.",))
    assert voice.said == ["Hello Ana."]


def test_another_spelling_is_another_sound(voice: CountingVoice, folder: Path) -> None:
    """Kept sounds are found by how they are said, not by how they are written."""
    Prompts(voice, folder, RATE, sounds={"Ana": "Anna"}).render(HELLO)
    again = Prompts(voice, folder, RATE, sounds={"Ana": "Ahna"})
    assert not is_ready(again, HELLO[:1])
    assert is_ready(again, HELLO[1:])
    assert is_ready(Prompts(voice, folder, RATE), ("Hello, Anna.",))


def test_another_pace_counts_from_then_on(voice: CountingVoice, folder: Path) -> None:
    """What was rendered before is not ready any more, and is ready again if they change their minds."""
    prompts = Prompts(voice, folder, RATE)
    slow = prompts.render(HELLO[:1])
    prompts.speed = 1.25
    assert not is_ready(prompts, HELLO[:1])
    fast = prompts.render(HELLO[:1])
    assert slow.seconds == pytest.approx(0.5)
    assert fast.seconds == pytest.approx(0.4)
    prompts.speed = 1.0
    assert prompts.render(HELLO[:1]).seconds == pytest.approx(0.5)
    assert voice.said == [HELLO[0]] * 2


def test_a_pace_that_changes_meanwhile_is_kept_under_its_own_key(folder: Path) -> None:
    """The worker renders while somebody says "faster": no sound is kept under the key of another pace."""

    class Lock:
        def __enter__(self) -> None:
            prompts.speed = 1.25

        def __exit__(self, *_: object) -> None:
            """Free."""

    prompts = Prompts(CountingVoice(), folder, RATE)
    prompts._lock = Lock()  # type: ignore[assignment]  # the main thread comes in while this one waits
    prompts.render(HELLO[:1])
    later = Prompts(CountingVoice(), folder, RATE)
    assert later.render(HELLO[:1]).seconds == pytest.approx(0.5)


def test_a_pace_is_a_speed_of_its_own(tmp_path: Path) -> None:
    """Slower, and neither taken for the calm one nor the other way round."""
    voice = CountingVoice()
    prompts = Prompts(voice, tmp_path, RATE)
    prompts.render(HELLO[:1], 0.88)
    assert prompts.ready(HELLO[:1]) is None
    assert prompts.ready(HELLO[:1], 0.88) is not None
    assert prompts.in_memory(HELLO[0], 0.88)


def test_words_of_a_script_are_said_as_it_spells_them() -> None:
    """Until another script is opened; a name that setup has spelled stays as it is."""
    voice = CountingVoice()
    prompts = Prompts(voice, None, RATE, sounds={"Ana": "Anna"})
    prompts.spell((("Derman", "Dur-man"), ("Ana", "Ahna")))
    prompts.render(("Derman, Ana.",))
    prompts.spell(())
    prompts.render(("Derman, Ana.",))
    assert voice.said == ["Dur-man, Anna.", "Derman, Anna."]
