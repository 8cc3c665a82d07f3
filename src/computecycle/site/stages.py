"""How long each stage of a build takes, on the clock and of the processor."""

import resource
import time
from collections.abc import Callable


def spent() -> tuple[float, float]:
    """Return the seconds by the clock, and those of the processor so far, in children too."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.monotonic(), sum(each.ru_utime + each.ru_stime for each in used)


class Stages:
    """Say what a build says, and keep when: each line without an indent begins a stage, unless it
    holds a sentence."""

    def __init__(self, say: Callable[[str], None]):
        self.say = say
        self.begun = [("Starting", *spent())]

    def __call__(self, line: str) -> None:
        """Say a line, and begin a stage with one that has no indent and no sentence."""
        if not line.startswith(" ") and not line.endswith((".", ":")) and ". " not in line:
            self.begun.append((line, *spent()))
        self.say(line)

    def tell(self) -> None:
        """Say how long each stage took, the last one until now."""
        ends = [*self.begun[1:], ("", *spent())]
        self.say("Seconds by the clock, and of the processor in all processes:")
        for (stage, *start), (_, *end) in zip(self.begun, ends, strict=True):
            clock, used = (after - before for before, after in zip(start, end, strict=True))
            self.say(f"  {clock:6.1f} {used:6.1f}  {stage}")
