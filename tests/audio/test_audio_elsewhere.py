"""A sound server on another machine is refused, whatever its name looks like."""

from __future__ import annotations

import pytest

from voice_guide.audio.elsewhere import refuse_elsewhere
from voice_guide.errors import DeviceError


@pytest.mark.parametrize(
    "server", ["", "/run/user/1000/pulse/native", "unix:/tmp/native", "{abc}unix:/tmp/native", "unix:/a /b"]
)
def test_here_is_well(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    """A socket of this machine, with or without its id; or nothing, which is the usual one."""
    monkeypatch.setenv("PULSE_SERVER", server)
    refuse_elsewhere()


@pytest.mark.parametrize(
    "server",
    [
        "tcp:living-room",
        "tcp4:10.0.0.2:4713",
        "tcp6:[fe80::1]",
        "living-room",
        "{abc}tcp:there",
        "unix:/a tcp:b",
    ],
)
def test_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    """Also as the second one of a list; the name is not repeated."""
    monkeypatch.setenv("PULSE_SERVER", server)
    with pytest.raises(DeviceError, match="another computer") as refused:
        refuse_elsewhere()
    assert server not in str(refused.value)
    assert "unset PULSE_SERVER" in refused.value.hint
