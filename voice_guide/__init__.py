"""Voice Guide leads two partners through an exercise by voice, on this machine alone."""

from voice_guide.privacy.quiet import hush

# The one piece of work done at import: every way to an engine passes here first,
# and an engine reads these variables when it is imported.
hush()

__version__ = "0.1.0"
