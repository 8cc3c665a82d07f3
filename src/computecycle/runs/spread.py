"""Many points of a chapter, over processes of this machine or over a cluster; each is kept.

A finished point is a file named by the hash of the point and of the report that it rests on, so
that a sweep which was stopped goes on where it was, and what a dead worker had begun is begun
again. The answers do not depend on who gave them.
"""

import contextlib
import json
import os
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from computecycle.evidence import place
from computecycle.evidence.errors import InputError
from computecycle.runs import chapters, points
from computecycle.runs.pools import pool

ATTEMPTS = 3  # times that processes may die without a point between
SECONDS = 10  # to reach a scheduler
Given = dict[str, object]
Told = Callable[[int, int], None]


def answers(
    root: Path, name: str, asked: list[Given], folder: Path, workers: int, scheduler: str, say: Told
) -> list[dict]:
    """Return what a chapter says at each of some points, as `points.told`, in their order.

    folder : where finished points are kept. workers : processes here. scheduler : the address of a
    Dask cluster, or empty. say : is told how many of how many are done.
    """
    files = [folder / f"{key(root, name, given)}.json" for given in asked]
    missing = {file: given for file, given in zip(files, asked, strict=True) if not _kept(file)}
    done = len(set(files)) - len(missing)
    whole = len(set(files))
    say(done, whole)
    if missing:
        found = (
            on_cluster(root, name, missing, scheduler)
            if scheduler
            else on_processes(points.told, root, name, missing, workers)
        )
        for file, answer in found:
            chapters.write(file, chapters.as_json(answer))
            done += 1
            say(done, whole)
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def key(root: Path, name: str, given: Given) -> str:
    """Return the hash of a point of a chapter and of the report that it rests on."""
    return chapters.digest(points.report(str(root), name).encode(), chapters.as_json(given))[:24]


def _kept(file: Path) -> bool:
    try:
        return bool(json.loads(file.read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError):
        return False


def on_processes(
    ask: Callable, root: Path, name: str, asked: dict, workers: int
) -> Iterator[tuple]:
    """Yield (key, answer) as points end in processes; those that died are begun again.

    ask : `points.told` or `points.said`. asked : by key, what is set at each point.
    """
    left, died = dict(asked), 0
    while left:
        count = min(workers or os.cpu_count() or 1, len(left))
        with pool(count, chapters.follow) as others:
            jobs = {others.submit(ask, str(root), name, left[f]): f for f in left}
            try:
                for job in as_completed(jobs):
                    yield jobs[job], job.result()
                    left.pop(jobs[job])
                    died = 0
            except BrokenProcessPool:
                died += 1
            except BaseException:
                others.shutdown(wait=False, cancel_futures=True)
                raise
        if died >= ATTEMPTS:
            raise InputError(
                f"The processes of the sweep died {ATTEMPTS} times, perhaps for want of memory; "
                "try fewer --workers. The same command goes on with what is finished."
            )


def on_cluster(root: Path, name: str, asked: dict, scheduler: str) -> Iterator[tuple]:
    """Yield (file, answer) as points end on the workers of a Dask cluster.

    Each worker runs the report of its own installation; InputError where that is another one.
    """
    from distributed import KilledWorker
    from distributed import as_completed as each_completed

    ours = points.report(str(root), name)
    with client(scheduler) as cluster:
        jobs = {cluster.submit(here, name, given, pure=False): f for f, given in asked.items()}
        try:
            for job, answer in each_completed(list(jobs), loop=cluster.loop, with_results=True):
                if answer["report"] != ours:
                    raise InputError(
                        f"A worker of {scheduler} has another report (code, tables or chapter); "
                        "install the same one on every machine."
                    )
                yield jobs[job], answer
        except KilledWorker:
            raise InputError(
                "A point ended one worker after another, perhaps for want of memory; the same "
                "command goes on with what is finished."
            ) from None
        finally:
            cluster.cancel(list(jobs))


def here(name: str, given: Given) -> dict:
    """Return what a chapter of the report on this machine says at a point."""
    return points.told(str(place.root()), name, given)


@contextlib.contextmanager
def client(scheduler: str):
    """Hold a connexion to a cluster; InputError where there is none or it has no workers."""
    import logging

    from distributed import Client

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions that differ: the report's hash decides
        try:
            cluster = Client(scheduler, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as problem:
            reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
            raise InputError(
                f"No scheduler answers at {scheduler} within {SECONDS} s ({reason}); "
                "start `dask scheduler` there, or leave --scheduler out."
            ) from None
        with cluster:
            try:
                cluster.wait_for_workers(1, timeout=SECONDS)
            except TimeoutError:
                raise InputError(
                    f"The scheduler at {scheduler} has no workers; "
                    f"start `dask worker {scheduler} --nthreads 1` on each machine."
                ) from None
            yield cluster
