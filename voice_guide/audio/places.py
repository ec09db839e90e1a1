"""Where a stream belongs, whatever device a sound server has led it to."""

from __future__ import annotations

from dataclasses import dataclass

from voice_guide.audio import pactl
from voice_guide.audio.naming import THROUGH_PULSE

_OWN_CHOICE = ("", "default", "sysdefault", "pulse", "pipewire")
"""What ALSA calls whatever the system uses now."""


@dataclass(slots=True)
class Place:
    """Where a stream belongs."""

    chosen: bool
    """By name, by the couple."""
    home: str = ""
    """The inner name of a source or sink; where a stream begins it is at home."""
    told: bool = False
    """That it is elsewhere."""

    @classmethod
    def of(cls, choice: str) -> Place:
        """Where the settings have it."""
        if choice.startswith(THROUGH_PULSE):
            return cls(chosen=True, home=choice.removeprefix(THROUGH_PULSE))
        return cls(chosen=choice not in _OWN_CHOICE)

    def right(self, nodes: tuple[pactl.Node, ...]) -> bool:
        """Does it belong to what it hangs on now? Also if it hangs on nothing, or past the server."""
        if nodes and not self.home:
            self.home = nodes[0].name
        return all(self._suits(node) for node in nodes)

    def _suits(self, node: pactl.Node) -> bool:
        return node.name == self.home or not (self.chosen or node.monitor or node.name == pactl.NOTHING)
