"""The last room: what is remembered, who can open the record, where the safety text is; and the summary."""

from __future__ import annotations

from dataclasses import replace

from voice_guide.setup.choosing import standing
from voice_guide.setup.countries import name_of
from voice_guide.setup.draft import Draft, put
from voice_guide.setup.effects import Effect, Say
from voice_guide.setup.patience import described
from voice_guide.setup.question import Question, Taken, yes_or_no

_EMPTY = "A passphrase cannot be empty. Type back to go to the question before."
_UNPROTECTED = "Then whoever uses this computer can open it."


def _take_remember(draft: Draft, line: str) -> Taken:
    return Taken(put(draft, remember=yes_or_no(line, draft.settings.remember)))


def _take_protect(draft: Draft, line: str) -> Taken:
    protect = yes_or_no(line, draft.protect)
    kept = draft.passphrases if protect else ("", "")
    told = (
        ()
        if protect
        else (Say(f"{_UNPROTECTED} You can choose passphrases until the first evening is kept."),)
    )
    return Taken(replace(draft, protect=protect, passphrases=kept), told)


def _no_terminal(draft: Draft) -> tuple[Effect, ...]:
    del draft
    return (
        Say(
            "Passphrases can only be typed at a terminal, so I leave the record as it is."
            " Run voice-guide setup there, or give setup a --passphrase-file.",
            "Passphrases can only be typed at a terminal, so I leave the record as it is.",
        ),
    )


def _existing(draft: Draft) -> tuple[Effect, ...]:
    first, second = draft.facts.couple or ("", "")
    return (Say(f"There is a record already, of {first} and {second}. Who can open it stays as it is."),)


def _by_file(draft: Draft) -> tuple[Effect, ...]:
    del draft
    return (Say("I take your passphrases from the file that you gave me."),)


def _choosable(draft: Draft) -> bool:
    return draft.facts.couple is None and draft.facts.terminal and not draft.facts.passphrase_file


def _wanted(draft: Draft) -> bool:
    return _choosable(draft) and draft.protect


def _passphrase(place: int) -> tuple[Question, Question]:
    """One partner types one, alone, twice; it is neither shown nor spoken."""
    which = ("first", "second")[place]

    def ask(draft: Draft) -> str:
        name = getattr(draft.settings, which)
        return (
            f"{name}, choose a passphrase, alone. It is not shown, and I do not say it. Type it, then Enter."
        )

    def take(draft: Draft, line: str) -> Taken:
        if not line:
            return Taken(draft, (Say(_EMPTY),), f"passphrase/{which}")
        phrases = (line, draft.passphrases[1]) if place == 0 else (draft.passphrases[0], line)
        return Taken(replace(draft, passphrases=phrases))

    def take_again(draft: Draft, line: str) -> Taken:
        if line == draft.passphrases[place]:
            return Taken(draft)
        return Taken(
            draft, (Say("These were not the same. Once more from the start."),), f"passphrase/{which}"
        )

    why = "Either of you can open the record with your own. Write it down on paper: nobody can bring it back."
    return (
        Question(id=f"passphrase/{which}", ask=ask, why=why, take=take, when=_wanted, secret=True),
        Question(
            id=f"passphrase/{which}/again",
            ask=lambda _: "The same once more, please.",
            why=why,
            take=take_again,
            when=_wanted,
            secret=True,
        ),
    )


def _safety(draft: Draft) -> tuple[Effect, ...]:
    del draft
    return (
        Say(
            "There is a text about safety, for each of you alone. The command voice-guide safety shows it."
            " With --listen behind it, I read it through headphones.",
            "There is a text about safety, for each of you alone. The command voice-guide safety shows it."
            " With the word listen behind it, I read it through headphones.",
        ),
        Say(
            "A page for the one who was asked is there, too: voice-guide safety --for-the-one-asked --page FILE.html",
            "A page for the one who was asked is there, too. It can be printed.",
        ),
    )


def _summary(draft: Draft) -> tuple[Effect, ...]:
    it = draft.settings
    lines = (
        f"This is what you chose, {it.first} and {it.second}.",
        *_devices(draft),
        f"I wait for {it.first}: {described(it.first_patience)}.",
        f"I wait for {it.second}: {described(it.second_patience)}.",
        f"Captions are {'on' if it.captions else 'off'}.",
        *_language(draft),
        f"Your country: {name_of(it.country) if it.country else 'none'}.",
        f"I remember {'who begins and what was done' if it.remember else 'nothing between evenings'}.",
        _who_opens(draft),
    )
    return tuple(Say(line) for line in lines)


def _devices(draft: Draft) -> tuple[str, ...]:
    lines = []
    if draft.loudspeakers:
        lines.append(f"My voice comes from: {standing(draft.loudspeakers, draft.settings.loudspeaker).name}.")
    if draft.microphones:
        lines.append(f"I listen through: {standing(draft.microphones, draft.settings.microphone).name}.")
    return tuple(lines)


def _language(draft: Draft) -> tuple[str, ...]:
    """Only where there was a choice."""
    named = (tongue.name for tongue in draft.facts.languages if tongue.code == draft.settings.language)
    return tuple(f"I lead you in {name}." for name in named) if len(draft.facts.languages) > 1 else ()


def _who_opens(draft: Draft) -> str:
    if draft.facts.couple:
        return "The record stays as it is."
    if draft.facts.passphrase_file or (draft.protect and draft.facts.terminal):
        return "Each of you can open the record with your own passphrase."
    return "No passphrase protects the record."


ROOM = (
    Question(
        id="remember",
        ask=lambda _: "May I remember who begins next, what was done, and where an evening was interrupted?",
        stands=lambda draft: "yes" if draft.settings.remember else "no",
        enter="keeps",
        why="These lie on this computer in the clear, without a word that you say. Without them, each evening is the"
        " first.",
        take=_take_remember,
    ),
    Question(id="record/existing", when=lambda draft: draft.facts.couple is not None, before=_existing),
    Question(
        id="record/file",
        when=lambda draft: draft.facts.couple is None and draft.facts.passphrase_file,
        before=_by_file,
    ),
    Question(
        id="record/no-terminal",
        when=lambda draft: (
            draft.facts.couple is None and not draft.facts.terminal and not draft.facts.passphrase_file
        ),
        before=_no_terminal,
    ),
    Question(
        id="record",
        ask=lambda _: "Shall a passphrase for each of you protect the record of your words?",
        stands=lambda draft: "yes" if draft.protect else "no",
        why="Either of you can then open it, with your own. Without one, whoever uses this computer can open it."
        " Deleting never needs one.",
        take=_take_protect,
        when=_choosable,
    ),
    *_passphrase(0),
    *_passphrase(1),
    Question(id="safety", before=_safety),
    Question(id="summary", before=_summary),
)
