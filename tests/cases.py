"""Many small cases in one test: to begin and report a test takes longer than most cases do."""

import functools
import inspect
from collections.abc import Callable, Iterable

Test = Callable[..., None]


def each(
    name: str, cases: Iterable, label: Callable[[object], str] = str
) -> Callable[[Test], Test]:
    """Let a test try all cases of what it takes by `name`, in one run; AssertionError that names
    every case that fails, with what went wrong in it.

    The other arguments are fixtures and parameters, as of any test; all cases share them.
    """
    known = list(cases)
    assert known, f"no {name} to try"

    def over(test: Test) -> Test:
        taken = inspect.signature(test)

        def tried(**given) -> None:
            failed = {}
            for case in known:
                try:
                    test(**given, **{name: case})
                except Exception as problem:
                    failed[label(case)] = problem
            if failed:
                raise AssertionError(told(name, failed, len(known))) from [*failed.values()][0]

        functools.update_wrapper(tried, test)
        del tried.__wrapped__  # which pytest would ask for its arguments
        rest = [each for each in taken.parameters.values() if each.name != name]
        tried.__signature__ = taken.replace(parameters=rest)
        return tried

    return over


def told(name: str, failed: dict[str, Exception], count: int) -> str:
    """The cases that failed, by name, each with its reason; in the first line the names alone."""
    reasons = [f"{label}: {type(why).__name__}: {why}" for label, why in failed.items()]
    return "\n".join([f"{name}: {len(failed)} of {count} fail: {', '.join(failed)}", *reasons])
