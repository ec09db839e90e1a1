"""The tables of languages: what is in the shipped ones, and what is said of a table that is not right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.english import ENGLISH
from voice_guide.errors import UsageError
from voice_guide.exercise.problems import ScriptErrors
from voice_guide.language.command import Command
from voice_guide.language.phrases import FIELDS, Phrase
from voice_guide.language.tables import Language
from voice_guide.languages import FILES, invented, known_languages, language, read_language
from voice_guide.session.answers import yes_or_no
from voice_guide.session.commands import spoken_command
from voice_guide.session.consents import consent
from voice_guide.session.counting import number
from voice_guide.session.speech import normal
from voice_guide.share import share_folder

LANGUAGES = [language(code) for code in known_languages()]
by_language = pytest.mark.parametrize("tongue", LANGUAGES, ids=lambda tongue: tongue.code)


def texts(**changed: tuple[str, str]) -> dict[str, str]:
    """The English tables; `changed` by file: what is replaced, and by what."""
    folder = share_folder("scripts") / "languages" / "en"
    found = {f"en/{name}": (folder / name).read_text(encoding="utf-8") for name in FILES}
    for file, (old, new) in changed.items():
        path = f"en/{file}.yaml"
        assert old in found[path]
        found[path] = found[path].replace(old, new, 1)
    return found


def problems(**changed: tuple[str, str]) -> list[str]:
    """What is wrong with the English tables after a change."""
    with pytest.raises(ScriptErrors) as caught:
        read_language("en", texts(**changed))
    return str(caught.value).splitlines()


def line_of(file: str, text: str) -> int:
    """The number of the line that holds a text."""
    lines = texts()[f"en/{file}.yaml"].splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@by_language
def test_every_line_can_be_said(tongue: Language) -> None:
    """Each has its words, and they take the names that the guide puts in."""
    for phrase in Phrase:
        fields = dict.fromkeys(FIELDS.get(phrase, ()), "{name}")
        assert tongue.line(phrase, **fields).strip()


@by_language
def test_the_invented_couple_is_understood(tongue: Language) -> None:
    """A rehearsal in any language begins, goes on and ends, because its words are in the tables."""
    words = invented(tongue.code)
    assert consent(words.consent, tongue) is True
    assert consent(words.write, tongue) is True
    assert consent(words.keep, tongue, keeping=True) is True
    assert consent(words.not_tonight, tongue) is False
    assert (yes_or_no(words.yes, tongue), yes_or_no(words.nothing_missing, tongue)) == (True, False)
    assert number(words.seven, tongue) == 7
    said = {
        words.passes: Command.PASS,
        words.needs_a_break: Command.BREAK,
        words.stops: Command.STOP,
        words.goes_on: Command.CONTINUE,
        words.back_on_record: Command.ON_RECORD,
    }
    assert {text: spoken_command(text, tongue) for text in said} == said
    assert None not in [spoken_command(text, tongue) for text in words.commands]


@by_language
def test_no_phrase_means_two_commands(tongue: Language) -> None:
    """Whatever can be said at any time is one thing."""
    phrases = [phrase for phrases in tongue.commands.phrases.values() for phrase in phrases]
    assert sorted(phrases) == sorted(set(phrases))


@by_language
def test_the_transcriber_is_told_of_commands_only(tongue: Language) -> None:
    """Each of the words that it is to expect is a command, or a yes or no."""
    for word in tongue.commands.hints.replace("?", ".").split("."):
        if word.strip():
            assert spoken_command(word, tongue) is not None or yes_or_no(word, tongue) is not None, word


def test_an_unknown_language_is_not_guessed() -> None:
    """What there is, is named."""
    with pytest.raises(UsageError) as caught:
        language("xx")
    assert caught.value.message == "I do not know the language 'xx'."
    assert "en" in caught.value.hint


def test_phrases_are_compared_without_accents_and_marks() -> None:
    """Whisper writes them, a keyboard leaves them out."""
    assert normal("¡Sí, señora!") == normal("si senora") == "si senora"
    assert normal("¿Quién sigue?") == "quien sigue"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("guide", "  kept:", "  keept:", '"keept" is not known here (did you mean kept?)'),
        ("guide", "Hello {first}, hello", "Hello {frist}, hello", "the names in braces are not those of this line"),
        ("guide", "{teller}, what was missing?", "{talker}, what?", "a name in braces is not one of this question"),
        ("guide", "depths: [", "deeps: [", 'the table "deeps" is not known (did you mean depths?)'),
        ("answers", "\n  joints:", "\n  joins:", '"joins" is not known here (did you mean joints?)'),
        ("answers", '"seven": 7', '"seven": many', "a number is wanted here"),
        ("answers", "  joints: [and, but, because]", "  joints: and", "a list is wanted here (as in [one, two])"),
        ("answers", "  minus: [minus, negative]", "  minus: []", '"minus" needs at least one phrase'),
        ("answers", "  joints: [and, but, because]", '  joints: [and, "?!"]', "a phrase needs words (remove it"),
        ("commands", "    louder: [", "    lauder: [", '"lauder" is not known here (did you mean louder?)'),
    ],
)  # fmt: skip
def test_what_is_wrong_has_its_place(file: str, old: str, new: str, message: str) -> None:
    """File, line, column, and a hint, as for scripts."""
    found = problems(**{file: (old, new)})
    line = line_of(file, old.strip().splitlines()[0])
    assert any(each.startswith(f"en/{file}.yaml:{line}:") and message in each for each in found), found


def test_all_that_is_missing_is_told_at_once() -> None:
    """A translator sees the whole of what is left."""
    found = problems(guide=('  landing: "', '  lnding: "'), commands=("  tails: [", "  tials: ["))
    assert len(found) == 4
    assert [line.split(": ", 1)[1] for line in found] == [
        '"tails" is missing here',
        '"tials" is not known here (did you mean tails?)',
        '"landing" is missing here',
        '"lnding" is not known here (did you mean landing?)',
    ]


def test_a_language_is_read_once() -> None:
    """What hangs on the tables is made once for each of them."""
    assert language("en") is ENGLISH


def test_a_folder_without_the_guides_lines_is_no_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A translation that has only begun disturbs nobody."""
    (tmp_path / "languages" / "fr").mkdir(parents=True)
    (tmp_path / "languages" / "en").mkdir()
    (tmp_path / "languages" / "en" / "guide.yaml").write_text("")
    monkeypatch.setattr("voice_guide.languages.share_folder", lambda _: tmp_path)
    assert known_languages() == ["en"]
