"""An evening in Spanish in the simulated room: espeak-ng speaks for the guide and for both, base hears them."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from tests import espeak
from tests.espeak import EspeakVoice
from tests.evenings.guide import Guide
from tests.wer import Errors, errors
from voice_guide import engines, models, wiring
from voice_guide.errors import ModelError
from voice_guide.home import data_home
from voice_guide.library import open_script
from voice_guide.models import Installed, Role
from voice_guide.notebook import Shelf
from voice_guide.rehearsal.answers import Entry, Reply
from voice_guide.session.effects import Tell

NAMES = ("Ana", "Luis")
SAID = [
    ("Luis", "guess", "Creo que tienes miedo de estar sola en el invierno."),
    ("Luis", "truth", "Son las noches largas y el silencio en la casa."),
    ("Luis", "tell", "Cuando mi hermana se fue, nadie me llamó durante un año. Eso es todo."),
]
"""Who says what at which step of the exercise; else they answer as couples in rehearsals do.

Luis only: played at the pitch that a rehearsal gives to the first partner, espeak-ng is hard to make out.
"""


def _hears_spanish() -> bool:
    try:
        return models.find("transcriber", "es").complete
    except ModelError:
        return False


pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(not espeak.installed(), reason="espeak-ng is not installed"),
    pytest.mark.skipif(not _hears_spanish(), reason="no transcriber here knows Spanish"),
]


@dataclass(frozen=True)
class Evening:
    """What was told of it, and its record."""

    told: list[Tell]
    code: int
    lines: list[dict[str, str]]

    def heard(self, who: str) -> list[str]:
        """The lines of a partner in the record."""
        return [line["text"] for line in self.lines if line["who"] == who]


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """One evening for all tests."""
    folder = tmp_path_factory.mktemp("tarde")
    voice = folder / "es"
    voice.mkdir()
    find = models.find

    def found(role: str, language: str = "en") -> Installed:
        if role != Role.VOICE:
            return find(role, language)
        return Installed("espeak", Role.VOICE, ("es",), "", "", voice, (), pinned=False)

    guide, here = Guide(folder / "home"), str(models.models_home())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICE_GUIDE_HOME", str(guide.home))
        patch.setenv("VOICE_GUIDE_MODELS", here)
        patch.setattr(models, "find", found)
        patch.setattr(engines, "PiperVoice", EspeakVoice)
        told: list[Tell] = []
        code = wiring.rehearsed_evening(
            open_script("what-im-afraid-of", "es"),
            NAMES,
            [Entry(of=who, step=step, reply=Reply(text=text)) for who, step, text in SAID],
            Shelf(data_home(), None, rehearsal=True),
            "fast",
            [lambda _, tell: told.append(tell)],
        )
    return Evening(told, code, guide.export()["lines"])


def test_it_comes_to_its_end_and_is_kept(evening: Evening) -> None:
    """Consents, answers and commands were understood all along: nothing was asked twice but what may be."""
    assert evening.code == 0
    assert evening.told[-1].fields["reason"] == "completed"
    assert [tell.name for tell in evening.told].count("writing") == 2


def test_the_guide_speaks_spanish(evening: Evening) -> None:
    """Its own lines, too."""
    prompts = " ".join(str(tell.fields["text"]) for tell in evening.told if tell.name == "prompt")
    assert "tonight" not in prompts
    assert "esta noche" in prompts


def test_what_was_said_is_in_the_record(evening: Evening) -> None:
    """With few words wrong, though no person speaks as espeak-ng does."""
    total = Errors()
    for who, _, text in SAID:
        said = text.removesuffix(" Eso es todo.")
        total += min((errors(said, line) for line in evening.heard(who)), key=lambda found: found.rate)
    assert total.rate <= 0.3


def test_spoken_done_ends_the_timed_turn(evening: Evening) -> None:
    """ "Eso es todo" ended his three minutes early, and is in nobody's text."""
    ended = [tell for tell in evening.told if tell.name == "turn_ended" and tell.fields["reason"] == "done"]
    assert ended
    assert "eso es todo" not in json.dumps(evening.lines).lower()
