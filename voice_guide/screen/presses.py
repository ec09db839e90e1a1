"""Keys as they are pressed: a command each, or the letters of a line."""

from __future__ import annotations

from itertools import takewhile

from voice_guide.screen.decoding import Decoder, Key, Kind
from voice_guide.screen.editing import Line
from voice_guide.screen.hands import Board, Hands
from voice_guide.screen.keys import (
    CAPTIONS_KEY,
    COMMANDS,
    KEYS_KEY,
    PAUSE_KEY,
    RECORD_KEY,
    off_or_on_record,
    opens_typing,
    pause_or_continue,
)
from voice_guide.session.command import Command

_PASTED = 3
"""So many different letters in one go were pasted; no hand types them at once."""


class Presses:
    """Key by key: a command, or a letter of a line."""

    def __init__(self, hands: Hands, screen: Board, encoding: str = "utf-8") -> None:
        self._hands = hands
        self._screen = screen
        self._decoder = Decoder(encoding)
        self._line: Line | None = None

    @property
    def patience(self) -> float | None:
        """A sequence that was begun may have been a key."""
        return self._decoder.patience

    def feed(self, data: bytes) -> bool:
        """Take what was pressed; a terminal has no end, unless it is gone."""
        self._take(self._decoder.feed(data))
        return bool(data)

    def quiet(self) -> None:
        """Take an Esc that nothing follows."""
        self._take(self._decoder.flush())

    def _take(self, keys: list[Key]) -> None:
        while keys:
            letters = "".join(key.text for key in takewhile(lambda key: key.kind is Kind.TEXT, keys))
            if self._line is None and len(set(letters)) >= _PASTED:
                self._open()  # text pasted into a terminal that does not say so must be no row of commands
            key = keys.pop(0)
            if self._line is not None:
                self._edit(self._line, key)
            else:
                self._press(key)

    def _press(self, key: Key) -> None:
        text = key.text if key.kind is Kind.TEXT else ""
        command = self._command(text.lower()) if not key.pasted else None
        if command is not None:
            self._hands.command(command)
        elif key.kind is Kind.ENTER:
            self._open()
        elif key.pasted or opens_typing(text, self._screen.view):
            self._open()
            self._edit(Line(), key)
        else:
            if key.kind is Kind.KEYS or text == KEYS_KEY:
                self._screen.show_keys()
            elif text.lower() == CAPTIONS_KEY:
                self._screen.toggle_captions()
            self._hands.any_key()

    def _command(self, text: str) -> Command | None:
        if text == PAUSE_KEY:
            return pause_or_continue(self._screen.view)
        if text == RECORD_KEY:
            return off_or_on_record(self._screen.view)
        return COMMANDS.get(text)

    def _open(self) -> None:
        self._show(Line())
        self._hands.typing()

    def _edit(self, line: Line, key: Key) -> None:
        if key.kind is Kind.ESCAPE:
            self._show(None)
            return
        if key.kind is Kind.ENTER:
            self._show(None)
            if line.text.strip():
                self._hands.typed(line.text.strip())
            return
        if key.kind is Kind.KEYS:
            self._screen.show_keys()
        self._show(line.after(key))
        self._hands.typing()

    def _show(self, line: Line | None) -> None:
        self._line = line
        if line is None:
            self._screen.typing_line(None)
        else:
            self._screen.typing_line(line.text, line.cursor)
