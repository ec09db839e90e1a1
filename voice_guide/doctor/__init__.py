"""What is well on this machine, what is not, and how to mend it: one finding after the other."""

from voice_guide.doctor.finding import Finding

__all__ = ["Finding"]
