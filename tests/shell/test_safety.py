"""The safety text, its page to print, and the help lines."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.errors import StorageError, UsageError
from voice_guide.exercise.sentences import sentences
from voice_guide.home import Home
from voice_guide.safety import (
    HelpLine,
    as_html,
    blocks,
    help_lines,
    page_for_the_one_asked,
    safety_text,
)
from voice_guide.setup.countries import country
from voice_guide.share import share_folder

TEXTS = pytest.mark.parametrize("text", [safety_text(), page_for_the_one_asked()], ids=["text", "page"])
LINE = HelpLine(country="IE", name="A & B", call="1 <2>", site="ab.example", hours="day", about="fear")
HINT = "mend it, or delete the file to have the lines that come with Voice Guide"


def parsed(page: str) -> ElementTree.Element:
    """The page's root; fails if it is not well-formed."""
    return ElementTree.fromstring(page.replace("<!DOCTYPE html>\n", "", 1))  # noqa: S314 (a page of our own)


def body(page: str) -> str:
    """All words of a page, joined by single spaces."""
    found = parsed(page).find("body")
    assert found is not None
    return " ".join(" ".join(found.itertext()).split())


def own(home: Home, text: str) -> Home:
    """A home whose couple wrote these help lines."""
    home.help_lines.write_text(text, encoding="utf-8")
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty data folder."""
    return Home(tmp_path)


@TEXTS
def test_its_sentences_are_short(text: str) -> None:
    """No more than 20 words, so that it can be heard as well as read."""
    said = [sentence for piece in blocks(text) for sentence in sentences(piece.text)]
    assert [sentence for sentence in said if len(sentence.split()) > 20] == []


@pytest.mark.parametrize(
    "words",
    [
        "not therapy",
        "not for emergencies",
        "not for a couple in which one fears the other",
        "has been drinking",
        "Not in the middle of a fight",
        "A no is a whole answer",
        "never has to say why",
        "no sound of you",
        "voice-guide forget last",
        "voice-guide forget --all",
        "no advice, no scores",
        "whoever runs this computer could still do",
        "Bruce Derman",
        "Nobody named here has seen or endorsed them",
        "not treatment",
    ],
)
def test_the_text_says_what_it_must(words: str) -> None:
    """What it is not, what is kept, how to stop and delete, what it cannot prevent, where it comes from."""
    assert words in " ".join(piece.text for piece in blocks(safety_text()))


@pytest.mark.parametrize(
    "words",
    [
        "No is a whole answer",
        "nothing begins",
        'Say "stop"',
        "No sound of you is written to disk",
        "voice-guide forget last",
        "voice-guide forget --all",
        "No passphrase, and nobody's yes",
        "What whoever runs this computer could still do",
        "The people at the end of this page listen",
    ],
)
def test_the_page_for_the_one_asked_says_what_it_must(words: str) -> None:
    """What it is, that no is a whole answer, how to stop, and how to delete alone."""
    assert words in " ".join(piece.text for piece in blocks(page_for_the_one_asked()))


@TEXTS
def test_the_page_holds_every_sentence(text: str, home: Home) -> None:
    """And each help line; it is well-formed, with a language and one main heading."""
    lines = help_lines(home)
    page = as_html(text, "A title", lines)
    words = body(page).replace(" .", ".").replace(" ,", ",").replace(" ;", ";")
    for piece in blocks(text):
        assert "".join(piece.text.split()) in "".join(words.split())
    for line in lines:
        assert line.name in words
        assert line.call in words
    root = parsed(page)
    assert root.attrib == {"lang": "en"}
    assert [one.text for one in root.iter("title")] == ["A title"]
    assert len(list(root.iter("h1"))) == 1
    levels = [int(one.tag[1]) for one in root.iter() if re.fullmatch("h[1-6]", one.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@TEXTS
def test_the_page_needs_nothing_else(text: str, home: Home) -> None:
    """No script, no link, no picture, nothing remote."""
    page = as_html(text, "A title", help_lines(home))
    assert not re.search(r"http|//|url\(|@import|<script|<link|<img|<iframe|<a |src=|href=|\son\w+=", page)


def test_the_page_can_be_read_by_weak_eyes() -> None:
    """Every pair of colours, light and dark and on paper, has a contrast of at least 5."""
    css = (share_folder("scripts") / "safety" / "page.css").read_text("utf-8")
    themes = re.findall(r":root \{(.*?)\}", css)
    assert len(themes) == 3
    for theme in themes:
        colours = dict(re.findall(r"--(\w+): (#\w+)", theme))
        for name in ("ink", "quiet", "accent"):
            assert contrast(colours[name], colours["paper"]) >= 5, (name, theme)


def contrast(one: str, other: str) -> float:
    """As the Web Content Accessibility Guidelines count it, 1 to 21."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_constructs_it_knows() -> None:
    """Headings, paragraphs, lists and emphasis, as tags; everything else is escaped."""
    page = as_html("# A\n\nb *c* **d**\n`e <f>`\n\n## G\n\n- h\n  i\n- j\n\nk & l", "<T>", [LINE])
    assert "<title>&lt;T&gt;</title>" in page
    assert page.partition("<main>\n")[2].splitlines() == [
        "<h1>A</h1>",
        "<p>b <em>c</em> <strong>d</strong> <code>e &lt;f&gt;</code></p>",
        "<section>",
        "<h2>G</h2>",
        "<ul>",
        "<li>h i</li>",
        "<li>j</li>",
        "</ul>",
        "<p>k &amp; l</p>",
        "</section>",
        '<section class="lines">',
        "<h2>Whom to call</h2>",
        "<p>Numbers and hours change. Please check them before you rely on them.</p>",
        "<h3>Ireland</h3>",
        "<ul>",
        "<li>A &amp; B: <strong>1 &lt;2&gt;</strong>, <strong>ab.example</strong> (fear, day)</li>",
        "</ul>",
        "</section>",
        "</main>",
        "</body>",
        "</html>",
    ]


XML_TEXT = st.text(st.characters(exclude_categories=["C"]))


@given(XML_TEXT, XML_TEXT, XML_TEXT)
def test_any_text_becomes_a_well_formed_page(text: str, title: str, name: str) -> None:
    """Whatever stands in it, nothing of it is taken for a tag."""
    page = as_html(text, title, [HelpLine(country="IE", name=name, call=name)])
    root = parsed(page)
    known = {"html", "head", "meta", "title", "style", "body", "main", "section"}
    known |= {"h1", "h2", "h3", "p", "ul", "li", "em", "strong", "code"}
    assert {one.tag for one in root.iter()} <= known


SHIPPED = share_folder("scripts") / "safety" / "help-lines.toml"


@pytest.mark.parametrize("code", sorted(tomllib.loads(SHIPPED.read_text("utf-8"))))
def test_the_lines_of_a_country(code: str, home: Home) -> None:
    """A known country, the emergency number first, and somebody for violence; each with a number or a site."""
    lines = help_lines(home, code.lower())
    assert code == "ZZ" or country(code) == code
    assert {line.country for line in lines} == {code}
    assert lines[0].name.startswith("Emergency")
    assert re.search("violence", " ".join(line.about for line in lines))
    assert len({line.name for line in lines}) == len(lines) >= 3
    for line in lines:
        assert re.fullmatch(r"[\d -]+((, police| or|,) [\w ]+)?", line.call) or (line.site and not line.call)
        assert re.fullmatch(r"([\w-]+\.)+[a-z]+|", line.site)


def test_without_a_country_there_are_all(home: Home) -> None:
    """In the order of the file; the last ones are for everywhere else."""
    lines = help_lines(home)
    assert {"DE", "GB", "US", "AU", "FR"} <= {line.country for line in lines}
    assert (lines[-1].country, lines[-1].place) == ("ZZ", "Other countries")


def test_a_country_without_lines_has_those_for_everywhere(home: Home) -> None:
    """Nobody is left with an empty list."""
    assert {line.country for line in help_lines(home, "PL")} == {"ZZ"}


def test_the_file_is_honest_about_itself() -> None:
    """It begins with how far it was checked."""
    head = SHIPPED.read_text("utf-8").partition("\n[[")[0]
    assert "Checked: from general knowledge only" in head
    assert "Numbers and hours change." in head


def test_the_couples_own_file_wins(home: Home) -> None:
    """It takes the place of the other one, whole: also for a country that only the other one has."""
    own(home, '[[PL]]\nname = "Ciocia"\ncall = "1"\n')
    mine = (HelpLine(country="PL", name="Ciocia", call="1"),)
    assert help_lines(home) == help_lines(home, "PL") == help_lines(home, "US") == mine


@pytest.mark.parametrize("typed", ["Germany", "D", "1E", "D\n"])
def test_what_is_no_country_is_told(typed: str, home: Home) -> None:
    """A usage error that shows how to write it."""
    with pytest.raises(UsageError) as caught:
        help_lines(home, typed)
    assert caught.value.message == f"{typed} is no country in two letters."
    assert caught.value.hint == "as in --country IE"


GOOD = '[[IE]]\nname = "A"\ncall = "1"\n\n'


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (GOOD + "[[IE]]\nname = Women\n", 6, "this cannot be read as TOML"),
        (GOOD + "[[IE\n", 5, "this cannot be read as TOML"),
        (GOOD + '[[IE]]\nname = "B"\n', 5, "a line needs a name, and a number (call) or a site"),
        (GOOD + '[[IE]]\ncall = "B"\n', 5, "a line needs a name, and a number (call) or a site"),
        (GOOD + '[[IE]]\nname = "B"\ncal = "1"\n', 5, "a line has no cal (did you mean call?)"),
        (GOOD + '[[IE]]\nqq = "1"\n', 5, "a line has no qq (it has name, call, site, hours, about)"),
        (GOOD + '[[IE]]\nname = "B"\ncall = 112\n', 5, _text := "call has to be a text on one line, in double quotes"),
        (GOOD + '[[IE]]\nname = "B"\ncall = "\\u001b[2J"\n', 5, _text),
        (GOOD + '[[Ireland]]\nname = "B"\ncall = "1"\n', 5, _begins := "a line begins with its country, as in [[IE]]"),
        (GOOD + '[DE]\nname = "B"\ncall = "1"\n', 5, _begins),
        ("IE = [1]\n", 1, _begins),
        ("# nothing\n", 1, "there is no help line in it"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line(text: str, line: int, why: str, home: Home) -> None:
    """Where the entry begins that is wrong, or where the reading ended."""
    own(home, text)
    with pytest.raises(StorageError) as caught:
        help_lines(home, "IE")
    assert caught.value.message == f"{home.help_lines}:{line}: {why}."
    assert caught.value.hint == HINT


def test_a_file_in_another_encoding_is_named_with_its_line(home: Home) -> None:
    """The line of the first letter that is not UTF-8."""
    home.help_lines.write_bytes(b'[[IE]]\nname = "M\xe4nner"\n')
    with pytest.raises(StorageError) as caught:
        help_lines(home)
    assert caught.value.message == f"{home.help_lines}:2: this is not plain text in UTF-8."


def test_a_file_that_cannot_be_read_says_why(home: Home) -> None:
    """A folder of that name, for one."""
    home.help_lines.mkdir()
    with pytest.raises(StorageError) as caught:
        help_lines(home)
    assert caught.value.message == f"{home.help_lines} cannot be read: is a directory."


@given(st.text())
def test_any_file_gives_lines_or_says_where_it_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """Never another error."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.help_lines.write_bytes(text.encode("utf-8", "surrogatepass"))
    told = ""
    try:
        found = len(help_lines(home))
    except StorageError as error:
        found, told = 0, error.message
    assert found or re.match(rf"{re.escape(str(home.help_lines))}:\d+: ", told)
