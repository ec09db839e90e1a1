"""Writing and reading an evening, and all that can go wrong in between."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.journal_help import ANSWERS, INFO, Faults, a_vault, read, record, said, texts_of, the_key
from voice_guide.errors import KeyProblem, StorageError
from voice_guide.journal import frames
from voice_guide.journal.evening import State
from voice_guide.journal.folder import evenings_in, forget
from voice_guide.journal.read import open_evening, read_parts, state_of
from voice_guide.journal.store import Recorder
from voice_guide.journal.vault import CoupleKey, create_vault, unlock
from voice_guide.journal.vault_file import read_vault


def files(root: Path) -> list[Path]:
    """All files of all evenings."""
    return sorted((root / "sessions").iterdir())


def test_an_evening_comes_back(tmp_path: Path) -> None:
    """Lines, info and state are read as they were written."""
    vault = a_vault(tmp_path)
    evening = read(tmp_path, vault, record(tmp_path, vault).id)
    assert texts_of(evening) == ANSWERS
    assert [line.seq for line in evening.lines] == [1, 2, 3]
    assert evening.info == INFO
    assert evening.end is not None
    assert evening.end.reason == "finished"
    assert (evening.state, evening.damaged, evening.torn, evening.unsettled) == (State.KEPT, 0, False, False)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=2000), max_size=12))
def test_any_lines_come_back_in_order(texts: list[str]) -> None:
    """Whatever is said, of whatever length, is read in the order in which it was said."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        vault = create_vault(root / "vault.json", ("Ana", "Ben"), None)
        recorder = record(root, vault, texts)
        evening = open_evening(evenings_in(root / "sessions")[recorder.id], unlock(vault))
        assert list(texts_of(evening)) == texts
        assert files(root)[0].stat().st_size % frames.BLOCK == 0


@pytest.mark.parametrize(
    ("kept", "state"), [(True, State.KEPT), (False, State.UNDECIDED), (None, State.INTERRUPTED)]
)
def test_the_state_needs_no_key(tmp_path: Path, kept: bool | None, state: State) -> None:
    """Kept, undecided and interrupted can be told apart with and without the key."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, kept=kept)
    recorder.abandon()
    assert state_of(read_parts(files(tmp_path))) is state
    assert read(tmp_path, vault, recorder.id).state is state


def test_each_line_is_on_disk_when_append_returns(tmp_path: Path) -> None:
    """A reader sees a line as soon as it is appended, and each call was synced."""
    vault, faults = a_vault(tmp_path), Faults()
    recorder = record(tmp_path, vault, (), kept=None, disk=faults.disk)
    for turn, text in enumerate(ANSWERS, 1):
        before = faults.syncs
        assert recorder.append(said(turn, text)) == turn
        assert faults.syncs == before + 1
        assert texts_of(read(tmp_path, vault, recorder.id)) == ANSWERS[:turn]
    recorder.abandon()


def test_the_files_are_private_and_named_by_time(tmp_path: Path) -> None:
    """The file is 0600 in a folder of 0700, made when the record begins and named by the evening's minute."""
    vault = a_vault(tmp_path)
    assert not (tmp_path / "sessions").exists()
    recorder = record(tmp_path, vault, ())
    (path,) = files(tmp_path)
    assert path.name == f"{recorder.id}.vgr"
    assert recorder.id.startswith("2026-11-23-2041-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_of_the_evening_stands_in_clear(tmp_path: Path) -> None:
    """No word, name, title, script or model can be found in the file."""
    vault = a_vault(tmp_path)
    record(tmp_path, vault)
    data = files(tmp_path)[0].read_bytes()
    for secret in (
        "heron",
        "burden",
        "Ana",
        "Ben",
        INFO.title,
        "afraid",
        INFO.script_hash,
        "tiny",
        "question",
    ):
        assert secret.encode() not in data, secret


def test_lengths_are_hidden(tmp_path: Path) -> None:
    """A yes and a long sentence take the same room."""
    vault = a_vault(tmp_path)
    sizes = set()
    for text in ("Yes.", "I would rather not say, and yet I would " * 7):
        record(tmp_path, vault, [text])
        (path,) = files(tmp_path)
        sizes.add(path.stat().st_size)
        forget(tmp_path / "sessions")
    assert len(sizes) == 1


def test_another_couple_cannot_read_it(tmp_path: Path) -> None:
    """The key of another vault is refused by name, before anything is tried."""
    record(tmp_path, a_vault(tmp_path))
    other = a_vault(tmp_path / "other")
    with pytest.raises(KeyProblem, match="another vault"):
        open_evening(files(tmp_path), the_key(other))


def whole_lengths(raw: bytes) -> set[int]:
    """At which lengths the file ends with a whole frame, or is empty."""
    sizes = [len(frame.raw) for frame in frames.scan(raw).frames]
    return {sum(sizes[:count]) for count in range(len(sizes) + 1)}


def key_of(root: Path) -> CoupleKey:
    """The key of the couple whose vault lies there."""
    return the_key(read_vault(root / "vault.json"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a vault and one kept evening; one answer fills several blocks."""
    root = tmp_path_factory.mktemp("whole")
    record(root, a_vault(root), (ANSWERS[0], "long " * 400, ANSWERS[2]))
    return root


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_flipped_byte_costs_at_most_one_frame(whole: Path, data: st.DataObject) -> None:
    """Whatever byte changes on disk: it is noticed, and one line at most is gone."""
    (path,) = files(whole)
    raw = bytearray(path.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with tempfile.NamedTemporaryFile(suffix=".vgr") as file:
        file.write(raw)
        file.flush()
        evening = open_evening([Path(file.name)], key_of(whole))
    assert evening.damaged + evening.torn == 1
    lost = (3 - len(evening.lines)) + (evening.info is None) + (evening.state is not State.KEPT)
    assert lost <= 1
    assert texts_of(evening)[0] in (ANSWERS[0], "long " * 400)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_cut_anywhere_leaves_a_prefix(whole: Path, data: st.DataObject) -> None:
    """A file cut at any byte reads as interrupted, with its first lines whole."""
    (path,) = files(whole)
    raw = path.read_bytes()
    length = data.draw(st.integers(0, len(raw) - 1))
    with tempfile.NamedTemporaryFile(suffix=".vgr") as file:
        file.write(raw[:length])
        file.flush()
        evening = open_evening([Path(file.name)], key_of(whole))
    assert evening.state is State.INTERRUPTED
    found = texts_of(evening)
    assert found == (ANSWERS[0], "long " * 400, ANSWERS[2])[: len(found)]
    assert evening.torn or length in whole_lengths(raw)


def test_frames_cannot_be_moved_copied_or_reflagged(whole: Path, tmp_path: Path) -> None:
    """A frame at another place, twice, or with other flags is damage, even under a right CRC."""
    (path,) = files(whole)
    raw = path.read_bytes()
    found = frames.scan(raw).frames
    header, info, first, last = found[0].raw, found[2].raw, found[3].raw, found[-1]
    undecided = frames.encode(frames.Flag.FINAL, last.seq, last.body)
    target = tmp_path / "evening.vgr"
    key = key_of(whole)

    target.write_bytes(header * 2 + info + first + first)
    assert (open_evening([target], key).damaged, len(open_evening([target], key).lines)) == (1, 1)
    target.write_bytes(header * 2 + first + info)
    assert open_evening([target], key).damaged > 0
    target.write_bytes(raw[: -len(last.raw)] + undecided)
    assert open_evening([target], key).state is State.INTERRUPTED
    assert open_evening([target], key).damaged == 1


def test_struck_words_are_nowhere(tmp_path: Path) -> None:
    """After a strike the words, and what mirrored them, are in no frame of any file, under a fresh key."""
    vault = a_vault(tmp_path)
    recorder = Recorder.create(tmp_path / "sessions", vault.public, INFO)
    recorder.append(said(1, "heron words"))
    recorder.append(said(2, "something else"))
    recorder.append(said(3, "you said heron words", mirrors=(1,)))
    before = files(tmp_path)[0].read_bytes()
    assert recorder.strike({1}) == (1, 3)
    assert recorder.append(said(4, "going on")) == 4
    recorder.close(True, "finished")
    (path,) = files(tmp_path)
    evening = read(tmp_path, vault, recorder.id)
    assert [(line.seq, line.text) for line in evening.lines] == [(2, "something else"), (4, "going on")]
    assert (evening.state, evening.unsettled, evening.damaged) == (State.KEPT, False, 0)
    # Header twice, info, two lines, end: no frame is left that could hold a struck word or name its number.
    assert path.stat().st_size == 6 * frames.BLOCK
    old = {before[at : at + 512] for at in range(0, len(before), 512)}
    now = path.read_bytes()
    assert old.isdisjoint(now[at : at + 512] for at in range(0, len(now), 512))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_strike_of_nothing_writes_nothing(tmp_path: Path) -> None:
    """A turn without a line leaves the file alone."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, kept=None)
    before = files(tmp_path)[0].read_bytes()
    assert recorder.strike({99}) == ()
    assert files(tmp_path)[0].read_bytes() == before
    recorder.abandon()


def test_discard_leaves_no_file(tmp_path: Path) -> None:
    """A discarded evening is gone with all its segments."""
    vault, faults = a_vault(tmp_path), Faults()
    recorder = record(tmp_path, vault, ("one",), kept=None, disk=faults.disk)
    faults.fail_next_sync()
    recorder.append(said(2, "two"))
    assert len(files(tmp_path)) == 2
    recorder.discard()
    assert files(tmp_path) == []


def test_an_evening_forgotten_meanwhile_stays_forgotten(tmp_path: Path) -> None:
    """If a partner deletes the record while it is written, nothing brings it back, and the couple is told."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, kept=None)
    forget(tmp_path / "sessions", [recorder.id])
    with pytest.raises(StorageError, match="is gone"):
        recorder.append(said(4, "more"))
    with pytest.raises(StorageError, match="is gone"):
        recorder.strike({1})
    with pytest.raises(StorageError, match="is gone"):
        recorder.close(True, "finished")
    recorder.abandon()
    assert files(tmp_path) == []


def test_a_closed_record_takes_nothing_more(tmp_path: Path) -> None:
    """To write after the close is a mistake of the program, and raises."""
    recorder = record(tmp_path, a_vault(tmp_path))
    with pytest.raises(RuntimeError, match="closed"):
        recorder.append(said(4, "more"))


def test_an_answer_too_long_is_refused_without_quoting_it(tmp_path: Path) -> None:
    """A text that no frame holds is refused in a sentence of its own, and the record goes on."""
    vault = a_vault(tmp_path)
    recorder = record(tmp_path, vault, (), kept=None)
    with pytest.raises(StorageError, match="too long") as refused:
        recorder.append(said(1, "heron " * 200_000))
    assert "heron" not in str(refused.value)
    recorder.append(said(2, "short"))
    recorder.close(True, "finished")
    evening = read(tmp_path, vault, recorder.id)
    assert (texts_of(evening), evening.damaged) == (("short",), 0)
