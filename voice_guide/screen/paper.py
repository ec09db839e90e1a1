"""A rehearsal as lines with their times: what is said and heard, whose turn it is, the state in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_guide.session.effects import Tell

_STATES = {
    "landing": "(room to go on)",
    "turn_reopened": "(goes on)",
    "no_input": "(nobody has begun)",
    "paused": "(paused)",
    "resumed": "(goes on)",
    "off_record": "(off the record)",
    "on_record": "(on the record)",
    "guide_silenced": "(the guide is silent)",
}


class PaperScreen:
    """Prints a line for what matters, answers as well: in a rehearsal nobody speaks but voices of our own."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._whose = ""

    def __call__(self, at: float, tell: Tell) -> None:
        """Print one event, or nothing."""
        line = self._line(tell.name, tell.fields)
        if line is not None:
            minutes, tenths = divmod(round(at * 10), 600)
            self._show(f"{minutes:02d}:{tenths / 10:04.1f}  {line}")

    def _line(self, name: str, fields: Mapping[str, object]) -> str | None:
        if name == "prompt":
            return f"Guide: {fields['text']}"
        if name == "listening":
            self._whose = "both of you" if fields["who"] == "both" else str(fields["who"])
            return f"  ({self._whose}: {fields['answer']})"
        if name == "heard" and fields["final"]:
            return f"{self._whose if fields['who'] == 'both' else fields['who']}: {fields['text']}"
        return self._state(name, fields)

    def _state(self, name: str, fields: Mapping[str, object]) -> str | None:
        if name in _STATES:
            return "  " + _STATES[name]
        if name == "command":
            return f"  [{fields['name']}]"
        if name == "timer":
            left = fields["left"]
            return f"  (time: {_length(left)} left)" if left else "  (time is over)"
        if name == "failed":
            return f"  ! {fields['what']}" + (f" ({fields['hint']})" if fields["hint"] else "")
        if name == "finished":
            return f"  (the evening is over: {fields['reason']})"
        return None


def _length(seconds: object) -> str:
    assert isinstance(seconds, int | float)  # the machine tells numbers
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s" if seconds >= 60 else f"{seconds:.0f} s"
