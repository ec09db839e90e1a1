"""What an evening can be for this couple: who begins, how patient the guide is, what it offers, what waits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from voice_guide import library
from voice_guide.errors import ExitCode, UsageError
from voice_guide.exercise.flat import Line, Program, Question, Who
from voice_guide.exercise.problems import ScriptErrors
from voice_guide.history import Bookmark, History
from voice_guide.library import open_script, script_hash
from voice_guide.session.events import Begin, Chosen
from voice_guide.session.machine import advance, begin
from voice_guide.session.phases import Phase
from voice_guide.session.turn_end import Manners
from voice_guide.session.voice import Voice
from voice_guide.settings import Settings
from voice_guide.tonight import Tonight, repertoire

COUPLE = ("Ana", "Ben")
STEPS = """\
steps:
  - say: Hello.
    id: hello
  - ask: "{first}, where are you?"
    of: both
    answer: open
    id: where
  - ask: And now?
    of: both
    answer: open
    id: now
"""


def script(title: str, minutes: int = 10, depth: int = 1, after: str = "[]") -> str:
    """A small exercise."""
    after = f"after: {after}\n" if after != "[]" else ""
    return f"title: {title}\nsummary: About {title}.\nminutes: {minutes}\ndepth: {depth}\n{after}{STEPS}"


@pytest.fixture(autouse=True)
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the scripts that come with the program: two gentle ones and a deeper one."""
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "brook.yaml").write_text(script("Brook", 12))
    (folder / "meadow.yaml").write_text(script("Meadow", 8))
    (folder / "well.yaml").write_text(script("Well", 20, depth=2, after="[brook]"))
    monkeypatch.setattr(library, "share_folder", lambda _: folder)
    monkeypatch.setenv("VOICE_GUIDE_HOME", str(tmp_path / "home"))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The couple's own scripts; none yet."""
    folder = tmp_path / "home" / "scripts"
    folder.mkdir(parents=True)
    return folder


def interrupted(name: str = "brook", step: str = "where", starter: str = "Ben") -> History:
    """An evening that was broken off at a step."""
    mark = Bookmark(exercise=name, script_hash=script_hash(open_script(name)), step=step, starter=starter)
    return History(begins="Ana" if starter == "Ben" else "Ben", done=("meadow",), interrupted=mark)


def ids(program: Program) -> list[str]:
    """Its steps."""
    return [step.id for step in program.steps]


@pytest.mark.parametrize(
    ("begins", "order"),
    [
        ("", ("Ana", "Ben")),
        ("Ana", ("Ana", "Ben")),
        ("Ben", ("Ben", "Ana")),
        ("BEN", ("Ben", "Ana")),
        ("Cleo", ("Ana", "Ben")),
    ],
)
def test_who_begins(begins: str, order: tuple[str, str]) -> None:
    """Whom the history names, however it is written; somebody else's name changes nothing."""
    tonight = Tonight(couple=COUPLE, history=History(begins=begins))
    assert tonight.order == order
    assert tonight.part("brook").program.partners == order


def test_a_name_is_known_however_its_letters_are_put_together() -> None:
    """The history may have been written from another keyboard than setup."""
    tonight = Tonight(couple=("Max", "Zo\u00eb"), history=History(begins="Zoe\u0308"))
    assert tonight.order == ("Zo\u00eb", "Max")


def test_a_part_is_the_whole_evening() -> None:
    """Consents before it, landing after; its own steps are known apart from them."""
    part = Tonight(couple=COUPLE, protected=True).part("brook")
    assert part.own_steps == {"hello", "where", "now"}
    assert ids(part.program)[:2] == ["welcome", "rights"]
    assert ids(part.program)[6:10] == ["hello", "where", "now", "landing"]
    assert part.name == "brook"


def test_where_nothing_can_be_kept_nobody_is_asked() -> None:
    """Without a place for a record there is no question about one."""
    part = Tonight(couple=COUPLE).part("brook")
    assert not [id for id in ids(part.program) if id.startswith(("write", "keep"))]


def test_after_the_menu_nobody_is_greeted_again() -> None:
    """The menu has said hello."""
    tonight = Tonight(couple=COUPLE)
    greeted, cold = (tonight.part("brook", greeted=said).program.steps[0] for said in (True, False))
    assert isinstance(greeted, Line)
    assert isinstance(cold, Line)
    assert "Hello" in cold.text
    assert "Hello" not in greeted.text


def test_a_file_is_known_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An evening of a file can be gone on with from another folder."""
    (tmp_path / "mine.yaml").write_text(script("Mine"))
    monkeypatch.chdir(tmp_path)
    part = Tonight(couple=COUPLE).part("mine.yaml")
    history = interrupted(part.name)
    monkeypatch.chdir("/")
    resumed = Tonight(couple=COUPLE, history=history).resumed()
    assert part.name == str(tmp_path / "mine.yaml")
    assert resumed is not None
    assert resumed.name == part.name


def test_an_interrupted_evening_goes_on_at_its_step_with_its_starter() -> None:
    """Both are asked for their consent anew; what was done is left out."""
    part = Tonight(couple=COUPLE, history=interrupted(), protected=True).resumed()
    assert part is not None
    assert part.program.partners == ("Ben", "Ana")
    assert ids(part.program)[2:8] == [
        "consent/first", "consent/second", "write/first", "write/second", "where", "now",
    ]  # fmt: skip
    assert part.own_steps == {"hello", "where", "now"}


def test_an_interrupted_evening_of_another_couple_is_not_offered() -> None:
    """Whose starter is not here."""
    assert Tonight(couple=("Ana", "Cleo"), history=interrupted(starter="Ben")).resumed() is None
    assert Tonight(couple=("ana", "ben"), history=interrupted(starter="Ben")).resumed() is not None


def test_a_script_that_has_changed_is_not_gone_on_with(ours: Path) -> None:
    """One word is enough; a comment is not."""
    tonight = Tonight(couple=COUPLE, history=interrupted())
    path = ours / "brook.yaml"
    path.write_text("# a comment\n" + script("Brook", 12))
    assert tonight.resumed() is not None
    path.write_text(script("Brook", 12).replace("And now?", "And then?"))
    assert tonight.resumed() is None


@pytest.mark.parametrize("now", ["", "title: [broken"])
def test_a_script_that_is_gone_or_broken_is_not_gone_on_with(ours: Path, now: str) -> None:
    """It is no error: the menu offers the others."""
    tonight = Tonight(couple=COUPLE, history=interrupted())
    (ours / "brook.yaml").unlink()
    if now:
        (ours / "brook.yaml").write_text(now)
    assert tonight.resumed() is None


@pytest.mark.parametrize("step", ["", "consent/first", "landing", "nowhere"])
def test_a_step_that_is_not_the_script_s_own_is_not_gone_on_with(step: str) -> None:
    """A damaged bookmark must not lead past a consent."""
    assert Tonight(couple=COUPLE, history=interrupted(step=step)).resumed() is None


PATIENT = Settings(first="Ana", second="Ben", first_patience="x4", second_patience="when I say")


@pytest.mark.parametrize("couple", [("Ana", "Ben"), ("Ben", "Ana"), ("ben", "ANA")])
@pytest.mark.parametrize("begins", ["", "Ana", "Ben"])
def test_patience_follows_the_partner(couple: tuple[str, str], begins: str) -> None:
    """Whoever begins, and in whatever order they were named tonight."""
    tonight = Tonight(couple=couple, settings=PATIENT, history=History(begins=begins))
    manners = tonight.manners()
    patience = {name.casefold(): manners.factor(who) for name, who in zip(tonight.order, Who, strict=False)}
    assert patience == {"ana": 4.0, "ben": None}


def test_patience_follows_the_partner_into_a_resumed_evening() -> None:
    """Ana begins tonight, and the evening that is gone on with was begun by Ben."""
    tonight = Tonight(couple=COUPLE, settings=PATIENT, history=interrupted(starter="Ben"))
    offered, resumed = repertoire(tonight), tonight.resumed()
    assert resumed is not None
    assert offered.program.partners == ("Ana", "Ben")
    session = begin(offered.program, tonight.manners(), offers=offered.offers)
    session, _ = advance(session, Begin(at=0.0))
    session, _ = advance(replace(session, phase=Phase.SETTLING), Chosen(at=1.0, program=resumed.program))
    assert session.program.partners == ("Ben", "Ana")
    assert session.manners == Manners(patience=(None, 4.0))


@pytest.mark.parametrize("couple", [("Ana", "Ben"), ("Ben", "Ana")])
def test_a_name_keeps_its_sound(couple: tuple[str, str]) -> None:
    """In whatever order they were named; a name that sounds as it is written is not mentioned."""
    settings = Settings(first="Ana", second="Ben", first_sounds="Anna")
    assert Tonight(couple=couple, settings=settings).sounds() == {"Ana": "Anna"}
    settings = replace(settings, first_sounds="", second_sounds="Benn")
    assert Tonight(couple=couple, settings=settings).sounds() == {"Ben": "Benn"}


def test_the_voice_is_as_it_was_chosen() -> None:
    """Pace and loudness."""
    settings = Settings(speed=1.12, loudness=-3.0)
    assert Tonight(couple=COUPLE, settings=settings).voice() == Voice(speed=1.12, loudness=-3.0)


def offers(history: History | None = None) -> list[str]:
    """Names of what is offered, in the order in which it is read."""
    return [offer.name for offer in repertoire(Tonight(couple=COUPLE, history=history or History())).offers]


def test_a_first_evening_offers_what_is_gentle() -> None:
    """The shorter one is suggested, and read first."""
    assert offers() == ["meadow", "brook"]


def test_later_evenings_offer_all() -> None:
    """What is suggested is new, and its forerunners were done; then what was done longest ago."""
    assert offers(History(done=("meadow",))) == ["brook", "meadow", "well"]
    assert offers(History(done=("meadow", "brook"))) == ["well", "brook", "meadow"]
    assert offers(History(done=("brook", "well", "meadow"))) == ["brook", "meadow", "well"]


def test_a_couple_s_own_exercises_are_offered_too(own: Path) -> None:
    """One of the same name takes the place of ours."""
    (own / "lake.yaml").write_text(script("Lake", 5))
    (own / "brook.yaml").write_text(script("Our brook", 6))
    found = repertoire(Tonight(couple=COUPLE))
    assert [(offer.name, offer.title) for offer in found.offers] == [
        ("lake", "Lake"),
        ("brook", "Our brook"),
        ("meadow", "Meadow"),
    ]
    assert found.left_out == ()


def test_an_own_exercise_that_is_broken_is_left_out_and_named(own: Path) -> None:
    """It costs the others nothing."""
    (own / "lake.yaml").write_text("title: Lake\n")
    found = repertoire(Tonight(couple=COUPLE))
    assert [offer.name for offer in found.offers] == ["meadow", "brook"]
    assert found.left_out == ("lake",)


def test_where_only_deep_ones_are_left_they_are_offered(ours: Path) -> None:
    """A menu without anything helps nobody; their depth is told and their consent asked."""
    for name in ("brook", "meadow"):
        (ours / f"{name}.yaml").unlink()
    assert offers() == ["well"]


def test_where_none_can_be_used_the_last_error_tells_why(ours: Path) -> None:
    """As many as there are."""
    for name in ("brook", "meadow", "well"):
        (ours / f"{name}.yaml").write_text("title: Broken\n")
    with pytest.raises(ScriptErrors):
        offers()


def test_where_there_is_none_somebody_has_removed_them(ours: Path) -> None:
    """A usage error with a hint."""
    for path in ours.iterdir():
        path.unlink()
    with pytest.raises(UsageError) as caught:
        offers()
    assert caught.value.exit_code is ExitCode.USAGE
    assert str(caught.value) == (
        "There is no exercise to start. (the folder scripts/ came with the program; is it gone?)"
    )


def test_the_menu_asks_first_whether_to_go_on() -> None:
    """By the title of the evening that waits; without one there is no such question."""
    tonight = Tonight(couple=COUPLE, history=interrupted())
    asked = [step for step in repertoire(tonight).program.steps if step.id == "menu/resume"]
    (question,) = asked
    assert isinstance(question, Question)
    assert "Brook" in question.text
    assert "menu/resume" not in ids(repertoire(Tonight(couple=COUPLE)).program)
