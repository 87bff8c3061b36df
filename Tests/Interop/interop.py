#!/usr/bin/env python3
"""interop.py SERVER [CHECK…]: do the original and this server understand what the other one wrote?

REAL_CODEX is the command of the original, such as `codex app-server`; without it nothing is done.
CHECK is a part of the name of a check; without one all are made.
"""

import os
import shlex
import sys
import tempfile
import traceback
from pathlib import Path

import hammer
import model_input
from home import Home
from methods import Writer
from peer import Peer
from views import check


class Servers:
    """The two commands, on one home."""

    def __init__(self, home, command, original):
        self.home, self.command, self.original_command = home, command, original

    def reprise(self):
        return Peer(self.command, self.home.path, is_original=False)

    def original(self):
        return Peer(self.original_command, self.home.path, is_original=True)

    def both(self):
        return [self.original, self.reprise]


def what_reprise_wrote_in_a_new_home(servers):
    """The original meets the home for the first time."""
    with servers.reprise() as peer:
        writer = Writer(peer, servers.home)
        writer.write()
    for start in servers.both():
        with start() as peer:
            check(peer, writer, follows_reverts=not peer.is_original)


def what_reprise_wrote_in_a_known_home(servers):
    """The original has all threads of before in its database."""
    with servers.original() as peer:
        for id in (servers.home.add("legacy"), servers.home.add("paginated")):
            peer.call("thread/resume", threadId=id)
        peer.call("thread/list", modelProviders=[])
    what_reprise_wrote_in_a_new_home(servers)


def what_the_original_wrote(servers):
    with servers.original() as peer:
        writer = Writer(peer, servers.home)
        writer.write()
    for start in servers.both():
        with start() as peer:
            check(peer, writer)


CHECKS = [
    what_reprise_wrote_in_a_new_home, what_reprise_wrote_in_a_known_home, what_the_original_wrote,
    model_input.what_reaches_the_model, hammer.two_of_reprise, hammer.reprise_and_the_original,
]


def main():
    command = [str(Path(sys.argv[1]).resolve()), "app-server"]
    original = shlex.split(os.environ.get("REAL_CODEX", ""))
    if not original:
        print("skipped  interop: REAL_CODEX names no original, such as 'codex app-server'")
        return
    failed = False
    names = sys.argv[2:]
    for each in CHECKS:
        if names and not any(name in each.__name__.replace("_", " ") for name in names):
            continue
        with tempfile.TemporaryDirectory(prefix="reprise-interop-") as folder:
            try:
                each(Servers(Home(folder), command, original))
                print("passed  ", each.__name__.replace("_", " "), flush=True)
            except Exception:
                traceback.print_exc(limit=-3)
                print("FAILED  ", each.__name__.replace("_", " "))
                failed = True
    sys.exit(failed)


main()
