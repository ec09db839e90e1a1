"""Models: a manifest of what they are, a folder of verified files, and the one command that fetches them."""

from voice_guide.models.manifest import NEEDED, Role
from voice_guide.models.second import second_model
from voice_guide.models.store import Installed, default_transcriber, find, installed, models_home, verify

__all__ = [
    "NEEDED",
    "Installed",
    "Role",
    "default_transcriber",
    "find",
    "installed",
    "models_home",
    "second_model",
    "verify",
]
