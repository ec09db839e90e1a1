"""Spoken commands, the ends of answers, and what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import ENGLISH, meant_command, spoken_command, without_tail
from voice_guide.session.command import Command
from voice_guide.session.speech import clauses, normal, original_prefix, statements

COMMANDS: dict[Command | None, list[str]] = {
    Command.REPEAT: [
        "Repeat.", "Repeat, please.", "Please repeat.", "Can you repeat that?",
        "Could you repeat the question, please?", "Say that again.", "Once more.", "Again, please.",
        "One more time, please.", "What was the question?", "What was that?", "R-repeat.",
        "Repeat, repeat.", "Sorry, what was the question?", "Um, can you say that again?",
        "What's the question?", "What was the question again?", "I didn't hear that.",
        "I didn't catch that.", "Say again?", "Read it again, please.", "Could you read that again?",
        "Could you say it once more?",
    ],
    Command.PAUSE: [
        "Pause.", "Pause!", "pause", "PAUSE.", "P-p-pause.", "P-P-Pause.", "P... p... pause.",
        "P, p, pause.", "P. P. Pause.", "Pause, please.", "Okay, pause.", "Pause. Pause.",
        "Pause, pause, please.", "Wait.", "Wait, wait, wait.", "Wait a moment, please.", "Wait a second.",
        "Hold on.", "Hold on a second.", "Hang on.", "Hang on a minute.", "Just a minute.", "One second.",
        "One moment, please.", "Can we pause?", "Could we pause for a moment?", "Let's pause.",
        "Give me a second.",
        "Give us a moment, please.", "No, wait.", "Wait, hold on.", "Guide, pause.",
        "Hey, guide, pause please.", "Voice guide, pause.", "Pause here.",
        "Pause it.", "Time out.", "\u201cPause.\u201d", "- Pause.", "Pause, thank you.", "Oh, wait.",
        "W-wait.",
    ],
    Command.BREAK: [
        "Take a break.", "Let's take a break.", "I need a break.", "Can we take a break?", "A break, please.",
        "We need a break.", "I'd like a break.", "Could we have a break?", "T-take a break.", "Break.",
    ],
    Command.LOUDER: [
        "Louder.", "A bit louder, please.", "Can you speak up?", "Could you speak louder?", "I can't hear you.",
        "Can you turn it up?", "L-louder.",
    ],
    Command.SOFTER: [
        "Softer.", "A little softer, please.", "Quieter.", "That's too loud.", "Not so loud.", "You're too loud.",
        "Could you speak more softly?", "Turn it down, please.",
    ],
    Command.SLOWER: [
        "Slower.", "Slower, please.", "Can you speak more slowly?", "Slow down.", "Not so fast.", "Too fast.",
        "A bit slower.", "S-slower.",
    ],
    Command.FASTER: [
        "Faster.", "Faster, please.", "Speed up.", "Can you speak faster?", "A little faster.", "Too slow.",
    ],
    Command.SAY_AGAIN: [
        "Let me say it again.", "Let me say that again, please.", "Can I say that again?", "I'll say it again.",
        "I'd like to say that again.", "Let me repeat that.", "L-let me say it again.",
    ],
    Command.WHOSE_TURN: [
        "Whose turn is it?", "Whose turn?", "Who's turn is it now?", "Is it my turn?", "Who is next?",
        "Sorry, whose turn is it?",
    ],
    Command.TIME_LEFT: [
        "How long is left?", "How much time is left?", "How much time do we have?", "How much longer?",
        "How long do I have?", "Time left?", "How many minutes are left?",
    ],
    Command.CONTINUE: [
        "Continue.", "Continue, please.", "Go on.", "Please go on.", "We can continue.", "Let's continue.",
        "Okay, let's go on.", "Resume.", "Carry on.", "I'm back.", "We're back.", "We're ready.",
        "We are ready.", "I am ready.", "Ready.", "Okay, we can go on now.", "Keep going.", "C-c-continue.",
        "Yes, continue.", "Let's keep going.", "Go ahead.",
    ],
    Command.MORE_TIME: [
        "More time.", "More time, please.", "I need more time.", "Can I have more time?",
        "May I have more time, please?", "A little more time.", "Give me more time.", "Let me think.",
        "I'm still thinking.", "Not yet.", "I need a minute.", "I'm not done yet.", "I'm not finished yet.",
        "I'm not ready yet.", "A bit longer, please.",
    ],
    Command.PASS: [
        "Pass.", "I pass.", "I'll pass.", "Skip.", "Skip this one.", "Skip, please.", "Can I pass?",
        "I'd like to pass, please.", "Um, pass.", "Next question, please.", "Pass, please.",
        "I want to pass on this one.", "I'd rather pass.", "I'd rather not answer.",
        "I don't want to answer that.", "Skip the question.", "Skip this question.", "P-pass.",
        "Let's skip this one.", "Can we skip this?", "I'd rather not say.", "Yes, pass.",
        "I will skip this one.",
    ],
    Command.GO_BACK: [
        "Go back.", "Go back, please.", "Can we go back?", "Let's go back.", "Previous question.", "Back.",
        "G-g-go back.", "Go back a step.", "Could we go back to the last question?",
        "Go back one question.",
    ],
    Command.HELP: [
        "Help.", "Help, please.", "Help me.", "What can I say?", "What do I do?", "What should I do now?",
        "I need help.", "What are my options?", "H-help.", "Can you help me?",
    ],
    Command.DONE: [
        "I'm done.", "I am done.", "That's all.", "That is all.", "That's it.", "Done.", "Finished.",
        "I'm finished.", "That's everything.", "And that's all.", "Okay, I'm done.", "So, that's it.",
        "I think that's it.", "I think I'm done.", "Well, that's all.", "That\u2019s all.", "We're done.",
        "That was all.", "That'll be all.", "Nothing more to say.", "I have nothing more to say.",
        "All done.", "I'm done. That's all.", "I'm done, thank you.", "I-I-I'm done.",
        "I have nothing to add.", "That's all I wanted to say.",
    ],
    Command.STRIKE: [
        "Strike that.", "Strike that, please.", "Scratch that.", "Delete that.", "Please delete that.",
        "Remove that, please.", "Strike my last answer.", "Delete my last answer.",
        "Delete the last answer.", "Take that out.", "St-st-strike that.", "Forget I said that.",
        "Please strike that from the record.", "Remove what I said.", "Delete what I just said.",
    ],
    Command.OFF_RECORD: [
        "Off the record.", "Off the record, please.", "Go off the record.", "Can we go off the record?",
        "Let's go off the record.", "This is off the record.", "Stop recording.",
        "Stop the recording, please.", "Don't write this down.", "Please don't record this.",
        "O-off the record.",
    ],
    Command.ON_RECORD: [
        "On the record.", "Back on the record.", "On the record, please.", "Go back on the record.",
        "We can go back on the record.", "Okay, back on the record.", "Let's go back on the record.",
        "On the record again.",
    ],
    Command.STOP: [
        "Stop.", "Stop!", "Stop, please.", "Please stop.", "Stop stop stop.", "Stop. Stop.",
        "Stop! I want to stop.", "St-stop.", "S-s-stop.", "No, stop.", "Okay, stop.", "Let's stop here.",
        "Can we stop?", "Can we stop here, please?", "I want to stop.", "I want to stop now.",
        "I need to stop.", "We need to stop.", "Stop the exercise.", "Stop it.", "Stop this.",
        "Let's stop for tonight.", "End the exercise.", "Could we stop now?", "Guide, stop.", "Quit.",
        "Stop, thank you.", "Let's end it here.", "I'd like to stop here.",
    ],
    None: [
        "I want to stop pretending.", "Stop worrying about me.", "I can't stop thinking.",
        "We should wait.", "I can't wait.", "Wait for me.", "Help me understand you.",
        "I'm done with pretending.", "I'm done pretending.", "Pass the salt.", "Hold on to me.",
        "Back then.", "Again and again.", "Repeat after me.", "That's it exactly.",
        "That's all I ever wanted.", "I'm finished with that job.", "I want to quit my job.",
        "Continue to love me.", "Go on vacation with me.", "More time with you.", "Thank you.", "Thanks.",
        "Okay.", "Sorry.", "Please.", "Yes.", "No.", "", "...", "Hmm.", "I said stop and you did not.",
        "He told me to go back.", "Let's go back to Lisbon.", "I was not done yet with him.",
        "Pause is a nice word.", "You never help.", "I don't want to stop.", "I'm not done with you.",
        "Don't stop.", "Don't pass.", "Let's not stop.", "I don't want to pass.", "Never go back.",
        "I want you to help me with the children.", "You said it was off the record.",
        "It is on the record that I love you.", "The last question was hard.",
        "I need a moment with you every day.", "I need you.", "No more time.", "Once more with feeling.",
        "I think we need more time together.", "Nothing else matters.", "Let me think about our wedding.",
        "Just think.", "I said that's it.", "Done with that.", "I pass by the window.",
        "What do I do with this feeling?", "I'm thinking of you.", "You can stop by.", "Forget it.",
        "I guess.", "Well.", "We can.", "Let's.", "Would you?", "I'm ready to forgive you.",
        "Stop it, it hurts, I said.", "Wait, I remember.", "Stop. I remember now.",
        "I have nothing to hide.", "That was it.", "I would stop there.", "The stop was full of people.",
        "Don't write this down on paper, I said.", "No help.", "No, please continue to hold me.",
        "I like to pause, and then I wait.", "I want more time with you.", "We're done with the dishes.",
        "Waiting.", "I need a break from your mother.", "You break my heart.", "Speak louder to your father.",
        "How long have you felt this?", "It was too loud in that house.", "Whose turn was it to call?",
        "I slowed down for you.", "He was faster.",
    ],
}  # fmt: skip
"""What is said, by what it means; None is no command."""

ROWS = [(text, command) for command, texts in COMMANDS.items() for text in texts]


@pytest.mark.parametrize(("text", "command"), ROWS)
def test_what_a_whole_utterance_means(text: str, command: Command | None) -> None:
    """However polite, stuttered or punctuated; more words than the command make it an answer."""
    assert spoken_command(text) is command


@pytest.mark.parametrize("command", list(Command))
def test_every_command_is_understood_by_its_own_name(command: Command) -> None:
    """The name on the screen is a word to say."""
    assert spoken_command(command.value) is command


def test_no_phrase_means_two_things() -> None:
    """The order of the tables decides nothing, and each phrase stands in the form in which it is compared."""
    phrases = [phrase for table in ENGLISH.commands.phrases.values() for phrase in table]
    assert len(phrases) == len(set(phrases))
    assert [phrase for phrase in phrases if normal(phrase) != phrase] == []


@given(st.sampled_from([row for row in ROWS if row[1]]), st.sampled_from(["because", "my", "love"]))
def test_a_word_more_makes_it_an_answer(row: tuple[str, Command], word: str) -> None:
    """ "I want to stop pretending" is no command, and neither is any other with an own word behind it."""
    assert spoken_command(f"{row[0].rstrip('.!?')} {word}") is None


@given(
    st.sampled_from([row for row in ROWS if row[1]]), st.sampled_from(["Um, ", "Okay, ", "Guide, ", "So "])
)
def test_small_words_before_it_change_nothing(row: tuple[str, Command], small: str) -> None:
    """People do not talk like menus."""
    assert spoken_command(small + row[0]) is row[1]


@given(
    st.sampled_from(["pause", "stop", "skip", "repeat", "help", "pass", "continue"]),
    st.integers(1, 3),
    st.integers(1, 5),
)
def test_stuttered_beginnings(word: str, letters: int, times: int) -> None:
    """A sound repeated any number of times, in whatever way a transcriber spells it."""
    command = spoken_command(word)
    assert command is not None
    assert spoken_command(f"{word[:letters]}-" * times + word) is command
    assert spoken_command(f"{word[0]}... " * times + word) is command
    assert spoken_command(f"{word[0]}, ".upper() * times + word) is command


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Whatever a transcriber comes up with."""
    spoken_command(text)
    assert without_tail(text) is None or text
    assert original_prefix(text, 10**6, strip="") == " ".join(
        text.translate({0x2019: "'", 0x2018: "'"}).split()
    )


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("I was afraid of the dark, and that's all.", "I was afraid of the dark"),
        ("I want this and that is all.", "I want this"),
        ("It hurts. That's it.", "It hurts."),
        ("I miss you. I'm done.", "I miss you."),
        ("I miss you, I think that's all.", "I miss you"),
        ("We're tired, that's all for now.", "We're tired"),
        ("It's about money, so that's everything.", "It's about money"),
        ("I am tired, well, yeah, that's it.", "I am tired"),
        ("I love you - that's all.", "I love you"),
        ("Fear\u2026 that\u2019s all.", "Fear\u2026"),
        ("He did it. It hurt, and that's all.", "He did it. It hurt"),
        ("No... not that, and that's all.", "No... not that"),
        ("I-I-I was late. And that's it.", "I-I-I was late."),
        ("It was 3 a.m., and I cried. Okay, I'm done.", "It was 3 a.m., and I cried."),
        ("I counted how long the waiting was and I'm done.", "I counted how long the waiting was"),
        ("Um, and that's all.", ""),
        ("I think I'm done.", ""),
    ],
)
def test_an_end_of_an_answer_is_left_out(text: str, rest: str) -> None:
    """The words before it stay as they were said, stutters and all."""
    assert without_tail(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "And then he said that's it.", "She said, that's it.", "I thought, that's all.",
        "I know that that's it.", "I am not sure I'm done.", "I don't think that's all.", "Is that all?",
        "That's all I ever wanted.",
        "I just stood there, and that was it.", "I'm done with it.", "The end.", "", "Done and dusted.",
    ],
)  # fmt: skip
def test_no_end_of_an_answer(text: str) -> None:
    """What somebody else said, or what belongs to the sentence, is part of the answer."""
    assert without_tail(text) is None


@given(
    st.lists(
        st.sampled_from(["I", "was", "small,", "b-but", "not...", "no.", "Mother's", "\u2013", "it,", "It"]),
        max_size=12,
    )
)
def test_an_end_never_takes_a_word_of_the_answer(words: list[str]) -> None:
    """Whatever was said before ", and that's all." is there afterwards, letter by letter."""
    said = " ".join(["Well.", *words, "waiting"])
    assert without_tail(f"{said}, and that's all.") == said


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("P-p-pause, please.", "pause please"), ("p\u2026 p\u2026 pause", "pause"), ("P, p, pause!", "pause"),
        ("St-st-stop", "stop"), ("Uh-uh.", "uh uh"), ("Mm-mm", "mm mm"), ("That\u2019s ALL!", "that's all"),
        ("re-read", "read"), ("so. Some", "so some"), ("I. It", "i it"),
        ("  two   words ", "two words"), ("No... no problem", "no no problem"), ("no-no", "no no"),
        ("I-I pass", "i pass"), ("st... stop", "stop"), ("No... not tonight", "no not tonight"),
        ("\u201cYes\u201d", "yes"), ("", ""), ("...", ""), ("it's 3/10", "it's 3 10"),
    ],
)  # fmt: skip
def test_normal_form(text: str, plain: str) -> None:
    """Lower case, straight apostrophes, no punctuation, stutters folded; sentence ends are no stutters."""
    assert normal(text) == plain


@given(st.text())
def test_the_normal_form_is_plain(text: str) -> None:
    """Single spaces, no capitals that have a small letter, nothing at its ends."""
    plain = normal(text)
    assert plain == " ".join(plain.split())
    assert not set(plain) & set(".,;:!?-\u2026\u2019")


def test_statements_and_clauses() -> None:
    """Questions are left out; sentences and commas cut."""
    text = "Well, I would. Would you? It\u2019s late - so late; and cold\u2026 Yes"
    assert statements(text) == ["well i would", "it's late so late and cold", "yes"]
    assert clauses(text) == ["well", "i would", "it's late", "so late", "and cold", "yes"]


@pytest.mark.parametrize(
    ("text", "hinted", "command"),
    [("Boss.", "Pause.", Command.PAUSE), ("I am gone.", "I'm done.", Command.DONE),
     ("Tell me what happened to them.", "Repeat.", None), ("He was there the whole time.", "Pass.", None)],
)  # fmt: skip
def test_a_sentence_is_not_misread_into_a_command(text: str, hinted: str, command: Command | None) -> None:
    """A second reading that expects commands counts only where the first one heard about as many words."""
    assert meant_command(text, hinted) is command


@pytest.mark.parametrize(
    "said",
    ["You pause too much.", "We pause now and then.", "I skip it again.", "You are too quiet.", "My turn is next.",
     "Well, you could be a bit louder.", "More time together.", "Off the record I am scared.", "I go on and on.",
     "I'm done with pretending.", "Hold on to me.", "Leave that out of it.", "A break from work."],
)  # fmt: skip
def test_what_is_told_to_the_partner_is_no_command(said: str) -> None:
    """It begins like a statement, or holds a word that could be its point."""
    assert spoken_command(said) is None


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Um, could you please go a bit slower now?", Command.SLOWER),
        ("Well then, so whose turn is it now?", Command.WHOSE_TURN),
        ("So how much time do we have left here?", Command.TIME_LEFT),
        ("Could we maybe take a little break here?", Command.BREAK),
        ("Right, let's just skip this question, please.", Command.PASS),
        ("Oh sorry, could you just say that again, please?", Command.REPEAT),
        ("Please, can we go back one question?", Command.GO_BACK),
    ],
)
def test_a_command_in_words_of_ones_own(said: str, command: Command) -> None:
    """Its key words, and nothing but loose words around them."""
    assert spoken_command(said) is command
