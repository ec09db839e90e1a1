"""Yes or no, numbers and choices, as couples say them and as a transcriber writes them down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import choice, number, yes_or_no

YES = [
    "Yes.", "Yeah.", "Yep!", "Sure.", "Of course.", "Yes, I would like to.", "Okay.", "OK, let's do it.",
    "I'd love to.", "Yes, please.", "Mm-hmm.", "Mhm.", "Uh-huh.", "I guess so.", "I think so.",
    "Why not?", "I don't mind.", "Gladly.", "Yes, yes.", "Y-y-yes.", "Ye-yes.", "I would.", "Um, yes.",
    "Well, yes, I think so.", "Sure, why not.", "Alright.", "All right, yes.", "Fine by me.",
    "That's fine.", "Sounds good.", "That sounds good.", "Sounds good to me.",
    "I'm Ana, I want to do this tonight, and I know that I may pass or stop at any time.", "I want to.",
    "I want that.", "Yes, I do.", "Absolutely!", "Definitely.", "I'm ready.", "Let's go.",
    "Let's do this.", "Go for it.", "You may.", "You can.", "Yes, you may.", "Sure thing.", "No problem.",
    "No objection.", "No objections.", "Not a problem.", "I'd be happy to.", "Happy to.", "I agree.",
    "Agreed.", "It's okay.", "It's okay with me.", "That's okay.", "It's fine with me.", "You bet.",
    "Yes, but only tonight.", "Yes, I don't mind.", "Yes, I'm not afraid of that.", "Yes, why not.",
    "I don't see why not.", "Yes, no problem.", "Oh yes.", "Yes. Thank you.", "Very gladly.", "True.",
    "Yes indeed.", "I am.", "Yes, write it down.", "Write it down.", "Please write it down.",
    "Hmm, okay.", "Okay then.", "Yes, I can.", "I can do that.", "I could do that.", "I suppose.",
    "Affirmative.", "Yes, let's try.", "Let's try it.", "Let's try.", "Yes, I'd like that.",
    "It would be nice.", "Why wouldn't I?", "Good.", "Good idea.", "Great.", "Perfect.",
    "Yes, I'd like you to.", "I'd like you to.", "Please.", "Yes, of course, no question.",
    "I want to do this.", "I really want to.", "Yes, not a problem.", "I can't wait.",
    "Yes, I can't wait.", "Yes, I know.", "Yes, I don't have a problem with that.",
    "I don't have a problem with that.", "I have no problem with that.", "Yes, without a doubt.",
    "No doubt.", "Yes, I want that, no question.", "Yes, nothing would make me happier.",
    "Yes, I haven't forgotten.", "Yes, it's not a problem.", "yes", "YES!", "\u201cYes.\u201d", "- Yes.",
    "Yes\u2026", "Yes. Yes.", "Yeah, yeah.", "Y-yeah.", "I don\u2019t mind.",
]  # fmt: skip

NO = [
    "No.", "Nope.", "No, thanks.", "No thank you.", "Not tonight.", "Not now.", "Not really.",
    "I'd rather not.", "I would rather not.", "Not today.", "Nah.", "I don't want to.",
    "No, I don't want to.", "I don't think so.", "No, not tonight.", "Maybe not.", "Maybe another time.",
    "Never.", "No way.", "Absolutely not.", "Of course not.", "Definitely not.", "Certainly not.",
    "Sure not.", "I guess not.", "I think not.", "I suppose not.", "No, please don't.", "Please don't.",
    "Please, no.", "Please don't write it down.", "Don't write it down.", "I do not want that.",
    "I don't want that.", "N-n-no.", "Um, no.", "No no no.", "Uh-uh.", "Nuh-uh.", "Not this time.",
    "I'm not ready.", "I can't.", "I can't tonight.", "I won't.", "I wouldn't like that.", "I wouldn't.",
    "I'd prefer not to.", "Hm, not tonight, sorry.", "Sorry, no.", "I'm sorry, no.", "I'm afraid not.",
    "No, I'm okay.", "No, I'm fine.", "No, I'm good.", "No, that's okay.", "No, that's all right.",
    "No, thank you, I'm fine.", "No, I think that's everything.", "No, that was all.",
    "No, that was all of it.", "No, it's fine.", "No, that's right.", "No, you got it.", "No, that's it.",
    "No, exactly right.", "No, all good.", "Nothing.", "Nothing is missing.", "Nothing missing.",
    "That's all.", "That's everything.", "No, not today.", "I'm tired, not tonight.",
    "I don't feel like it.", "Not for me.", "Rather not.", "Better not.", "I'd rather you didn't.",
    "I'd rather you don't.", "I don't want you to.", "Not again.", "No, never.", "I'd say no.",
    "I'll say no.", "I want to say no.", "I would like to say no.", "I have to say no.", "It's a no.",
    "No, I would not.", "I do not.", "I would not.", "Not yet.", "Not particularly.", "I refuse.",
    "I don't agree.", "I disagree.", "Leave it.", "I'd like not to.", "I don't like that.",
    "I'm not in the mood.", "I am too tired.", "Another time.", "Some other time.", "Some other night.",
    "Another night.", "Tomorrow.", "Maybe tomorrow.", "Maybe later.", "Later.",
    "I want to go to bed, so no.", "no", "NO!", "No\u2026", "N-no.", "I don\u2019t want to.", "Mm-mm.",
    "No. No.",
]  # fmt: skip

NEITHER = [
    "Maybe.", "Perhaps.", "I don't know.", "I don't know yet.", "I'm not sure.", "Not sure.",
    "Yes and no.", "It depends.", "Hard to say.", "The weather is nice.", "", "Hmm.", "What?",
    "Could you say that again?", "Yes. No. I don't know.", "Well, yes, but no.", "Ask me later.",
    "What do you think, Ben?", "Ana.", "Let me think.", "I'm still thinking.", "Why do you ask?",
    "Do you want to?", "I'm torn.", "What was the question?", "Either way.", "I have no idea.",
    "No idea.", "I can't decide.", "I can't say.", "I haven't decided.", "I don't know if I want that.",
    "I'm not sure if I want to.", "I don't know what I want.", "You first.", "Thank you.",
    "Thanks for watching!", "Whatever you want.", "Say it again.", "I don't understand.",
    "What does that mean?", "I wonder.", "Who knows?", "Not sure yet.", "Could be.", "You decide.",
    "Yes or no?", "If you want to.", "If Ben wants to.", "Well.", "I need to think about it.",
    "I want to think about it.", "Do I want to?", "Is it on?", "Is there a way to stop it?",
    "What happens if I say no?", "Can I say no?", "Right now?", "Let's see.", "Let me see.",
    "A little later.", "Can I think about it?", "I want to ask something.", "I would have to think.",
    "I don't care.", "I don't mind either way.", "It is raining.", "There is someone at the door.",
    "What I want is to know more.", "I will think about it.", "I am thinking.", "I am not sure.",
    "I can't hear you.", "I didn't hear that.", "I did not hear you.", "Sorry?", "Pardon?",
    "The thing is not working.", "I do wonder.", "The light is too bright.", "I'm fine either way.",
    "Both.", "No, wait, yes.", "Yes, I mean no.", "Not at all, go ahead.", "I want to stop.",
    "I'll pass.", "I'm not sure I want that, no.", "I have a problem with that.", "My name is Ana.",
    "And I know that I may stop.", "Keep them.", "Let them go.",
]  # fmt: skip

KEEP = [
    "Keep.", "Keep it.", "Keep them.", "Yes, keep them.", "Keep, please.", "I'd like to keep them.",
    "I want to keep it.", "Let's keep it.", "Please keep them.", "Save it.", "Keep everything.",
    "I would keep them.", "Keep the words.", "Don't delete it.", "Don't delete them.",
    "Don't let them go.", "Don't throw them away.", "We keep them.", "Let us keep them.",
    "I don't want to lose them.", "I don't want to let them go.", "Yes. Keep.", "K-keep.",
    "Yes, hold on to them.", "Do keep them.", "I'd like to keep them, not let them go.", "Store it.",
    "Keep it, don't let it go.", "Keep them, do not delete them.", "Yes, don't delete it.",
    "Never delete that.",
]  # fmt: skip

LET_GO = [
    "Let them go.", "Let it go.", "Let go.", "Let's let it go.", "Let's let them go.", "Discard.",
    "Delete.", "Delete it.", "Delete them.", "Throw them away.", "Throw it away.", "Don't keep.",
    "Don't keep it.", "Don't keep them.", "Do not keep them.", "No, let them go.", "No, delete it.",
    "I'd rather let them go.", "I'd rather not keep them.", "I don't want to keep them.",
    "I do not want to keep it.", "Erase them.", "Erase it.", "Forget it.", "Forget them.", "Remove them.",
    "I'd like to let them go.", "I would like to delete them.", "Yes, let them go.", "Yes, delete them.",
    "Yes, discard it.", "Yes, please delete everything.", "Let's delete it.", "Please delete them.",
    "Please let them go.", "Not keep.", "No, not keep them.", "Let all go.", "Let that go.",
    "Let these go.", "I want to let them go.", "I think we should let them go.", "Okay, let them go.",
    "Sure, let them go.", "Get rid of it.", "Get rid of them.", "Wipe it.", "Burn it.", "Don't save it.",
    "Don't save them.", "Better let them go.", "Please don't keep them.", "Never keep them.",
    "Yes, get rid of them.", "Let's not keep them.", "Let us not keep it.", "Delete everything.",
    "Delete all.", "Delete all of it.", "I want you to delete it.", "I would delete it.",
]  # fmt: skip

UNDECIDED = [
    "Maybe keep, maybe not.", "I don't know.", "Keep or let go?", "What does keep mean?", "Either.",
    "Decide later.", "Ask again later.", "I'm not sure.", "Should we keep it?", "Do we keep it?",
    "Shall we?", "Keep some of it.", "Let me think.", "Keep talking.", "No, don't delete them.",
    "No, keep them.", "No, keep it.", "Let me go.",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_yes(text: str) -> None:
    """A yes, however warm or short."""
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", NO)
def test_no(text: str) -> None:
    """A no, however kindly it is wrapped: "No, that's fine" is one."""
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text: str) -> None:
    """Unsure, a question, or about something else: never taken for a yes, and for no no either."""
    assert yes_or_no(text) is None


@pytest.mark.parametrize("text", KEEP)
def test_keep(text: str) -> None:
    """Keeping is named, or letting go is refused."""
    assert yes_or_no(text, keeping=True) is True


@pytest.mark.parametrize("text", LET_GO)
def test_let_go(text: str) -> None:
    """Letting go is named: a yes before it is no yes to keeping."""
    assert yes_or_no(text, keeping=True) is False


@pytest.mark.parametrize("text", UNDECIDED)
def test_undecided(text: str) -> None:
    """What could be meant either way decides nothing."""
    assert yes_or_no(text, keeping=True) is None


@pytest.mark.parametrize("text", [text for text in (*YES, *NO) if "write" not in text])
def test_keeping_understands_plain_words_too(text: str) -> None:
    """Whoever answers "keep, or let them go?" with yes or no is understood."""
    assert yes_or_no(text, keeping=True) is (text in YES)


@given(st.sampled_from(YES), st.sampled_from(NO))
def test_yes_and_no_together_are_never_a_yes(yes: str, no: str) -> None:
    """Whoever says both has not said yes."""
    assert yes_or_no(f"{yes}. {no}") is not True
    assert yes_or_no(f"{no}. {yes}") is not True


@given(st.sampled_from(KEEP), st.sampled_from(LET_GO))
def test_keep_and_let_go_together_decide_nothing(keep: str, let_go: str) -> None:
    """Both are acts, and one of them cannot be undone."""
    assert yes_or_no(f"{keep}. {let_go}", keeping=True) is not True


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Whatever a transcriber comes up with."""
    assert yes_or_no(text) in (True, False, None)
    assert yes_or_no(text, keeping=True) in (True, False, None)
    assert number(text, 0, 10) in (None, *range(11))
    assert choice(text, ("strong", "pleasing")) in (None, "strong", "pleasing")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Seven.", 7), ("7", 7), ("I'd say a seven.", 7), ("seven out of ten", 7), ("7 out of 10.", 7),
        ("7/10", 7), ("Ten out of ten!", 10), ("a ten", 10), ("An eight.", 8), ("It's a ten.", 10),
        ("I'm at a two tonight.", 2), ("I give this one a four.", 4), ("One of those days, a three.", 3),
        ("One.", 1), ("five, yes, five", 5), ("s-seven", 7), ("Number five.", 5), ("zero", 0), ("None.", 0),
        ("Six-ish.", 6), ("a solid eight", 8), ("I don't know, maybe a six.", 6),
        ("Somewhere around four.", 4), ("To.", 2), ("Two!", 2), ("For.", 4), ("5 of 10", 5),
        ("Well, a nine, I think.", 9), ("Three and a half.", None), ("3.5", None),
        ("three point five", None), ("five or six", None), ("between five and six", None),
        ("Not seven, eight.", None), ("no number", None), ("no one", None), ("", None), ("minus two", None),
        ("-2", None), ("eleven", None), ("forty", None), ("We have 2 children and 3 cats.", None),
        ("to the sea", None),
    ],
)  # fmt: skip
def test_a_number_from_nothing_to_ten(text: str, value: int | None) -> None:
    """Exactly one whole number of the range; two of them, or a half, are unsure."""
    assert number(text, 0, 10) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty one", 21), ("Twenty-one.", 21), ("a hundred", 100), ("one hundred", 100),
        ("two hundred", 200), ("ninety nine", 99), ("minus two", -2), ("-3", -3), ("minus twenty one", -21),
        ("1234", 1234), ("twenty, one", 21), ("123456789", None),
    ],
)  # fmt: skip
def test_larger_and_smaller_numbers(text: str, value: int | None) -> None:
    """In words and digits."""
    assert number(text) == value


@given(st.integers(0, 99999))
def test_any_number_in_digits(value: int) -> None:
    """It is itself, also within a sentence."""
    assert number(f"I'd say {value}, please.") == value


THREE = ("strong", "pleasing", "perfect")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Strong.", "strong"), ("I guess pleasing.", "pleasing"), ("P-p-perfect.", "perfect"),
        ("The second one.", "pleasing"), ("The second one?", "pleasing"), ("The first.", "strong"),
        ("First.", "strong"), ("The first, I think.", "strong"), ("the third option", "perfect"),
        ("The last one.", "perfect"), ("The last.", "perfect"), ("Number two.", "pleasing"),
        ("Two.", "pleasing"), ("2", "pleasing"), ("Option three, please.", "perfect"),
        ("Well, the image of being perfect.", "perfect"), ("Neither.", None), ("None of them.", None),
        ("Both.", None), ("Both strong and perfect.", None), ("Strong or perfect.", None),
        ("Not strong.", None), ("I need a second.", None), ("the second time", None),
        ("Last night I was thinking.", None), ("At first I did not know.", None), ("Number four.", None),
        ("The fifth one.", None), ("strongly", None), ("", None), ("I don't know.", None),
    ],
)  # fmt: skip
def test_one_of_three(text: str, chosen: str | None) -> None:
    """By its words or its place; two of them, or a no, are unsure."""
    assert choice(text, THREE) == chosen


@pytest.mark.parametrize(
    ("text", "choices", "chosen"),
    [
        ("green tea", ("tea", "green tea"), "green tea"),
        ("tea, please", ("tea", "green tea"), "tea"),
        ("The window.", ("the window", "the door"), "the window"),
        ("I'd take the door one.", ("my window", "my door"), "my door"),
        ("The one by the sea.", ("the sea", "the hill"), "the sea"),
        ("the", ("the sea", "the hill"), None),
        ("Not yet.", ("now", "not yet"), "not yet"),
        ("Both.", ("me", "you", "both"), "both"),
        ("You\u2019re afraid", ("you're afraid", "i'm afraid"), "you're afraid"),
        ("What?", ("what is it?", "who?"), "what is it?"),
        ("anything", (), None),
    ],
)
def test_choices_that_share_words(text: str, choices: tuple[str, ...], chosen: str | None) -> None:
    """The longer name is not the shorter one as well, and a word of all of them names none."""
    assert choice(text, choices) == chosen


@given(st.lists(st.text("abcdefgh ", min_size=1).filter(str.strip), min_size=2, max_size=6), st.data())
def test_no_choice_is_invented(choices: list[str], data: st.DataObject) -> None:
    """What is chosen was on offer."""
    text = data.draw(st.sampled_from(choices) | st.text("abcdefgh "))
    assert choice(text, tuple(choices)) in (None, *choices)
