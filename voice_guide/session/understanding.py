"""What an answer means to the program, and which questions decide something; unsure is None."""

from __future__ import annotations

from voice_guide.exercise.flat import Purpose, Question
from voice_guide.exercise.steps import AnswerKind
from voice_guide.language.tables import Language
from voice_guide.session.answers import refused, yes_or_no
from voice_guide.session.choosing import Order, choice
from voice_guide.session.command import Command
from voice_guide.session.commands import spoken_command
from voice_guide.session.consents import consent
from voice_guide.session.counting import number
from voice_guide.session.turn import Turn

ACTS = (Purpose.CONSENT, Purpose.WRITE, Purpose.KEEP, Purpose.DEEPER, Purpose.RECALL)
"""Questions whose answer is an act of consent."""

DECIDED = (Purpose.CONSENT, Purpose.WRITE, Purpose.KEEP, Purpose.MENU)
"""Questions whose answer decides how the evening goes on."""

RECORDED = (Purpose.EXERCISE, Purpose.LANDING)
"""Questions whose answers are words to keep; consents are acts."""


def understand(question: Question, text: str, language: Language) -> bool | int | str | None:
    """The answer in a form that the program can use; None for open words and whatever is unsure."""
    if question.purpose is Purpose.WRITE and spoken_command(text, language) is Command.OFF_RECORD:
        return False  # "shall I write it down?" - "off the record."
    if question.purpose in ACTS:
        return consent(text, language, keeping=question.purpose is Purpose.KEEP)
    if question.answer is AnswerKind.YES_NO:
        return yes_or_no(text, language)
    if question.answer is AnswerKind.NUMBER:
        return number(text, language, question.low, question.high)
    if question.answer is AnswerKind.CHOICE:
        named = _chosen(question, text, language)
        if named is None and question.purpose is Purpose.MENU and refused(text, language):
            return False
        return named
    return None


def _chosen(question: Question, text: str, language: Language) -> str | None:
    order = Order(question.numbered, question.read)
    return choice(text, question.choices, language, aliases=question.aliases, order=order)


def answer_of(turn: Turn, question: Question, language: Language) -> bool | int | str | None:
    """What a whole turn answers; an act of consent has to be beyond doubt."""
    if question.purpose in ACTS:
        return _consented(turn, question, language)
    value = understand(question, turn.text, language)
    return understand(question, turn.hinted, language) if value is None else value


def _consented(turn: Turn, question: Question, language: Language) -> bool | None:
    """A yes has to be one beyond doubt: no other reading makes one, and none may speak against it.

    Said a second time, a plain yes is believed even if it was said softly.
    """
    value = understand(question, turn.text, language)
    if value is not True:
        return False if value is False or understand(question, turn.hinted, language) is False else None
    if len(turn.pieces) > 1 and any(
        understand(question, p.hinted, language) is False for p in turn.pieces if p.hinted
    ):
        return None
    if turn.hinted:  # a second reading decides: it agrees, or it makes the first one doubtful
        return True if understand(question, turn.hinted, language) is True else None
    return None if turn.doubtful and not turn.said_yes else True
