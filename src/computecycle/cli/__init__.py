"""The `computecycle` command, a file for each thing that one does with the report.

command     the command itself: a mistake is one sentence and exit status 2, an interrupt 130
building    check the tables, build the site, print it, pack it, serve it
rerunning   run chapters on other inputs
judging     what the sources state, recomputed and judged
citing      cite the report or a part of it; tell what a file of it is
editions    release an edition; look through a text for citations that no longer stand
extending   begin a chapter or a table
"""

from computecycle.cli import building, citing, editions, extending, judging, rerunning
from computecycle.cli.command import main

for room in (building, rerunning, judging, citing, editions, extending):
    for each in room.COMMANDS:
        main.add_command(each)
