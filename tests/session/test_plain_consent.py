"""A yes that decides something is plain, free and one's own; all else is asked once more."""

from __future__ import annotations

import pytest

from tests.english import consent
from tests.session.sofa import Sofa, consented, program, question
from tests.session.test_answers import KEEP, LET_GO, NO, YES
from voice_guide.session import effects as fx
from voice_guide.session.turn_end import Manners

NO_CONSENT = [
    "I wouldn't mind stopping.", "I guess so, if he insists.", "If he wants, yes.", "Yes, but I'm scared of him.",
    "Yes if it's quick.", "No doubt I'll regret it.", "He says yes.", "She already said yes for me.",
    "Ben wants me to say yes.", "I have to say yes.", "I can't say yes.", "I won't say yes.", "I never said yes.",
    "Only if Ben says yes.", "I wish I could say yes.", "Yes, that's what he wants to hear.", "I'm not saying yes.",
    "I'd be surprised if I said yes.", "Yes. I have to.", "I don't mind if we skip it.", "Sure is late.",
]  # fmt: skip

NO_KEEPING = [
    "No need to keep them.", "There's no need to keep them.", "There is no reason to keep it.",
    "Nobody should keep that.",
    "We needn't keep it.", "I'd hate to keep that.", "I doubt we should keep it.", "I refuse to keep them.",
    "You must not keep this.", "You can't keep this.", "Neither of us wants to keep it.", "I'm afraid to keep it.",
    "I'd only keep it if Ben does.", "You can keep it if she agrees.", "Maybe keep it.", "There's nothing to keep.",
    "I have no wish to keep it.", "I hardly want to keep it.", "Too painful to keep.",
    "Ask Ben if he wants to keep them.",
    "I'm not comfortable with you keeping it.", "I wish you would forget it.", "Last time I said keep it.",
]  # fmt: skip

PLAIN = [
    "Yes, I'd like to do this with you tonight.", "Yes I would love to do that with you",
    "Yeah sure, let's give it a try.",
    "Yes, I'm not afraid of that.", "Yes, both of us want to keep it.", "Please keep it all.",
    "I think we should keep it.",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_CONSENT)
def test_what_is_no_free_yes(text: str) -> None:
    """A condition, a duty, a fear, somebody else's yes, or a refusal that holds the word."""
    assert consent(text) is not True


@pytest.mark.parametrize("text", NO_KEEPING)
def test_what_names_keeping_and_does_not_want_it(text: str) -> None:
    """The verb alone is no yes."""
    assert consent(text, keeping=True) is not True


@pytest.mark.parametrize("text", [*YES, *PLAIN[:4]])
def test_a_plain_yes_stays_one(text: str) -> None:
    """Whoever says yes is not asked twice."""
    assert consent(text) is True


@pytest.mark.parametrize("text", [*KEEP, *PLAIN[4:]])
def test_a_plain_keep_stays_one(text: str) -> None:
    """In all the ways of keeping that are known."""
    assert consent(text, keeping=True) is True


@pytest.mark.parametrize("text", NO)
def test_a_no_stays_a_no(text: str) -> None:
    """Nothing is asked of a no."""
    assert consent(text) is False


@pytest.mark.parametrize("text", LET_GO)
def test_letting_go_stays_so(text: str) -> None:
    """And nothing of a wish to have it deleted."""
    assert consent(text, keeping=True) is False


@pytest.mark.parametrize("text", ["No need to keep them.", "I'd hate to keep that."])
def test_a_record_is_not_kept_on_words_like_these(text: str) -> None:
    """Said by both, twice: it stays sealed, and nobody is told that it is kept."""
    sofa = consented(question("one"))
    sofa.answers_all(text)
    assert not any(close.kept for close in sofa.done(fx.CloseRecord))


@pytest.mark.parametrize(("patience", "engine"), [(1.0, 3.0), (2.0, 0.3)])
def test_no_second_piece_hides_a_doubt(patience: float, engine: float) -> None:
    """ "Yes" that may have been "no", and then "so": asked once more."""
    sofa = Sofa(program(question("one")), Manners(patience=(patience, patience)))
    sofa.engine_seconds = engine
    sofa.until("listening")
    sofa.says("Yes.", hinted="No.")
    sofa.says("So.", after=2.9)
    sofa.until("prompt", answer="yes-no")
    assert dict(sofa.session.notes.answers).get("consent/first") is not True


def test_a_doubtful_yes_counts_only_after_a_yes() -> None:
    """What was not understood the first time has to have been one."""
    sofa = Sofa(program(question("one")))
    sofa.until("listening")
    sofa.says("What was it about?")
    sofa.until("listening")
    sofa.says("Yes.", doubtful=True)
    sofa.until("finished", reason="declined")
