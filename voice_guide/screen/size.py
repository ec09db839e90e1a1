"""How large a terminal is, and what it can show."""

from __future__ import annotations

from dataclasses import dataclass

_FAR = (110, 36)
"""Columns and rows from which whose turn it is stands in large type, too."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a terminal, in character cells."""

    width: int
    height: int
    symbols: bool = True
    """Whether it can show half blocks and the like."""

    @property
    def margin(self) -> int:
        """Empty columns at either side."""
        return 1 if self.width < 60 else 2 if self.width < 110 else 5

    @property
    def inner(self) -> int:
        """Columns between the margins."""
        return max(1, self.width - 2 * self.margin)

    @property
    def far(self) -> bool:
        """Whether it is to be read from across the room."""
        return self.symbols and self.width >= _FAR[0] and self.height >= _FAR[1]
