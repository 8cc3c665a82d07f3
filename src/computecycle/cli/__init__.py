"""The `computecycle` command, a file for each thing that one does with the report.

command     the command itself: a mistake is one sentence and exit status 2, an interrupt 130
building    check the tables, build the site, print it, pack it, copy it, serve it
rerunning   run chapters on other inputs, compare what came out, hold a receipt against a checkout
asking      what there is: chapters, parameters, tables, templates, studies
sweeping    run a chapter through a space of its assumptions
judging     what the sources state, recomputed and judged
citing      cite the report or a part of it; tell what a file of it is
editions    release an edition; look through a text for citations that no longer stand
refreshing  newer rows from the publishers
extending   begin a chapter or a table
"""

from computecycle.cli import (
    asking,
    building,
    citing,
    editions,
    extending,
    judging,
    refreshing,
    rerunning,
    sweeping,
)
from computecycle.cli.command import main

ROOMS = (building, rerunning, asking, sweeping, judging, citing, editions, refreshing, extending)

for room in ROOMS:
    for each in room.COMMANDS:
        main.add_command(each)
