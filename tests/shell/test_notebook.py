"""From the machine's lines to the journal and back; nothing is made before both consent."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from voice_guide.errors import StorageError, UsageError
from voice_guide.exercise.steps import AnswerKind, Ask, Exercise, Position, Role
from voice_guide.home import Home
from voice_guide.journal import vault_file
from voice_guide.journal.evening import Evening, RecordLine, State
from voice_guide.journal.listing import list_evenings
from voice_guide.journal.read import open_evening
from voice_guide.journal.vault import create_vault, unlock
from voice_guide.journal.vault_file import Vault
from voice_guide.notebook import Shelf, evening_info
from voice_guide.session.effects import Record

AT = Position("one.yaml", 1, 1)
EXERCISE = Exercise(
    name="one",
    title="One",
    summary="One.",
    minutes=5,
    depth=1,
    steps=(Ask(text="What?", of=Role.SPEAKER, answer=AnswerKind.OPEN, at=AT),),
    at=AT,
)
INFO = evening_info(EXERCISE, ("Ana", "Ben"), ("tiny.en", "joe", "silero"))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A shelf without a vault, and nobody who wants a passphrase."""
    return Shelf(Home(tmp_path / "home"))


def line(turn: int, text: str, mirrors: tuple[int, ...] = ()) -> Record:
    """A line as the machine asks for it."""
    return Record(turn=turn, step="ask-1", who="Ana", said_at=12.5, text=text, mirrors=mirrors)


def opened(shelf: Shelf) -> Evening:
    """The one evening on the shelf, as the couple reads it."""
    vault = shelf.vault()
    assert vault is not None
    (listed,) = list_evenings(shelf.home)
    return open_evening(listed.paths, unlock(vault, ()))


def test_a_shelf_makes_nothing_by_itself(shelf: Shelf) -> None:
    """Asking who is protected and who the couple is leaves no file."""
    assert shelf.vault() is None
    assert shelf.partners() is None
    assert not shelf.protected
    assert not shelf.home.root.exists()


def test_a_line_comes_back_as_it_was_said(shelf: Shelf) -> None:
    """Every field of the machine's line is in the journal's."""
    notebook = shelf.open(INFO)
    assert notebook.append(line(3, "I think of the sea.")) == 1
    assert notebook.append(line(4, "You think of the sea.", mirrors=(3,))) == 2
    notebook.close(kept=True, reason="completed")
    evening = opened(shelf)
    assert evening.state is State.KEPT
    assert evening.info == INFO
    assert evening.lines == (
        RecordLine(seq=1, at=12.5, turn=3, step="ask-1", who="Ana", text="I think of the sea."),
        RecordLine(
            seq=2, at=12.5, turn=4, step="ask-1", who="Ana", text="You think of the sea.", mirrors=(3,)
        ),
    )


def test_a_strike_takes_mirrors_along(shelf: Shelf) -> None:
    """And tells the numbers of the lines that went."""
    notebook = shelf.open(INFO)
    for each in (line(3, "One."), line(4, "Two."), line(5, "You said one.", mirrors=(3,))):
        notebook.append(each)
    assert list(notebook.strike([3])) == [1, 3]
    notebook.close(kept=True, reason="completed")
    assert [each.text for each in opened(shelf).lines] == ["Two."]


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (lambda notebook: notebook.close(kept=True, reason="completed"), State.KEPT),
        (lambda notebook: notebook.close(kept=False, reason="stopped"), State.UNDECIDED),
        (lambda notebook: notebook.abandon(), State.INTERRUPTED),
    ],
)
def test_what_became_of_it(shelf: Shelf, end: object, state: State) -> None:
    """Kept, undecided, or interrupted: the file says so without a key."""
    assert callable(end)
    notebook = shelf.open(INFO)
    notebook.append(line(1, "One."))
    end(notebook)
    (listed,) = list_evenings(shelf.home)
    assert listed.state is state
    assert not listed.rehearsal


def test_discard_leaves_no_file(shelf: Shelf) -> None:
    """Nothing of the evening is left in the folder."""
    notebook = shelf.open(INFO)
    notebook.append(line(1, "One."))
    notebook.discard()
    assert list(shelf.home.sessions.iterdir()) == []


def test_nothing_can_be_added_after_the_end(shelf: Shelf) -> None:
    """A line after the close is a bug of the caller, and reaches no disk."""
    notebook = shelf.open(INFO)
    notebook.close(kept=True, reason="completed")
    with pytest.raises(RuntimeError, match="the record is closed"):
        notebook.append(line(1, "Late."))
    assert opened(shelf).lines == ()


def test_a_record_that_was_deleted_meanwhile_is_not_brought_back(shelf: Shelf) -> None:
    """Either partner may delete the evening from elsewhere; the next line says so and makes no file."""
    notebook = shelf.open(INFO)
    (listed,) = list_evenings(shelf.home)
    listed.paths[0].unlink()
    with pytest.raises(StorageError, match=r"^The record of this evening is gone\."):
        notebook.append(line(1, "One."))
    notebook.abandon()
    assert list(shelf.home.sessions.iterdir()) == []


def test_the_second_evening_uses_the_vault_of_the_first(shelf: Shelf) -> None:
    """A vault is made once; its couple is known from then on."""
    shelf.open(INFO).abandon()
    before = shelf.home.vault.read_bytes()
    shelf.open(INFO).abandon()
    assert shelf.home.vault.read_bytes() == before
    assert shelf.partners() == ("Ana", "Ben")


def test_a_rehearsal_without_a_vault_gets_one_of_its_own(tmp_path: Path) -> None:
    """So that the couple's own first evening still chooses whether there are passphrases."""
    shelf = Shelf(Home(tmp_path / "home"), rehearsal=True)
    shelf.open(INFO).abandon()
    assert not shelf.home.vault.exists()
    assert shelf.home.rehearsal_vault.exists()
    (listed,) = list_evenings(shelf.home)
    assert listed.rehearsal
    assert Shelf(shelf.home).partners() is None


def test_only_their_owner_can_open_the_files(shelf: Shelf) -> None:
    """Folders 0700, files 0600."""
    notebook = shelf.open(INFO)
    notebook.append(line(1, "One."))
    notebook.abandon()
    for path in [shelf.home.sessions, *shelf.home.root.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_neither_words_nor_passphrases_show(shelf: Shelf) -> None:
    """In a repr, or in any byte on the disk."""
    secret = Shelf(shelf.home, passphrases=("heron in the reeds", "three bicycles"))
    assert "heron" not in repr(secret)
    notebook = shelf.open(INFO)
    notebook.append(line(1, "heron words"))
    notebook.close(kept=True, reason="completed")
    assert "heron" not in repr(notebook)
    on_disk = b"".join(path.read_bytes() for path in shelf.home.root.rglob("*") if path.is_file())
    assert b"heron" not in on_disk


def test_a_record_that_cannot_be_begun(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its folder cannot be made, it is a StorageError with a hint, before any word was taken."""
    shelf.open(INFO).abandon()
    in_the_way = shelf.home.root / "file"
    in_the_way.write_text("no folder")
    monkeypatch.setattr(Home, "sessions", in_the_way / "sessions")
    with pytest.raises(StorageError, match="cannot be made private"):
        shelf.open(INFO)


def test_a_vault_that_is_made_meanwhile(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """`keys create` in another window while both consent: the evening is sealed to that one, which stays."""
    made: list[Vault] = []

    def overtaken(path: Path) -> None:
        monkeypatch.undo()
        made.append(create_vault(path, ("Ana", "Ben"), None))

    monkeypatch.setattr(vault_file, "refuse_second", overtaken)
    notebook = shelf.open(INFO)
    notebook.append(line(1, "A heron."))
    notebook.close(kept=True, reason="completed")
    assert made == [shelf.vault()]
    assert [each.text for each in opened(shelf).lines] == ["A heron."]


def test_an_empty_passphrase_opens_no_record(tmp_path: Path) -> None:
    """What was typed cannot be meant, and there is no vault to take instead."""
    with pytest.raises(UsageError, match="cannot be empty"):
        Shelf(Home(tmp_path), ("heron", "")).open(INFO)


def test_a_rehearsal_uses_the_couple_s_vault_where_there_is_one(tmp_path: Path) -> None:
    """The vault of rehearsals is for those without a couple's; a real evening never uses it."""
    home = Home(tmp_path)
    real, rehearsal = Shelf(home), Shelf(home, rehearsal=True)
    assert rehearsal.vault_path == home.rehearsal_vault
    create_vault(home.rehearsal_vault, ("Ana", "Ben"), None)
    assert real.vault() is None
    ours = create_vault(home.vault, ("Ana", "Ben"), None)
    assert (real.vault(), rehearsal.vault()) == (ours, ours)
