"""What every client does with a home, each step held against what the home's files say."""

import asyncio
import hashlib
import sys
import traceback
from pathlib import Path

import stored

# A list is read in pages of this size, so that several are needed.
PAGE = 7


class Journey:
    """Takes one client through a home.

    A client is an object with coroutines: `open()`, `close()`, `start()` → id,
    `list(archived, cursor, limit)` → ([(id, name)], next cursor), `read(id)` → (name, number of
    turns, id of the thread it was forked from), `resume(id)` → id, `fork(id)` → id,
    `rename(id, name)`, `archive(id)`, `unarchive(id)`. What it cannot read, whoever serves it:
    threads of more than `longest` bytes, if not None, and those with one of `unknown` in them.
    """

    def __init__(self, client, home):
        self.client, self.home = client, Path(home)
        self.threads = stored.threads(home)

    async def run(self):
        await self.client.open()
        try:
            await self.lists()
            await self.reads_and_resumes()
            await self.forks()
            await self.starts_and_renames()
            await self.archives_and_unarchives()
        finally:
            await self.client.close()

    async def lists(self):
        for archived in (False, True):
            wanted = {
                thread.id: thread.name for thread in self.threads.values()
                if thread.archived == archived and thread.interactive}
            same(await self.rows(archived), wanted, f"threads listed, archived: {archived}")

    async def rows(self, archived=False):
        """All rows of the list, id → name, page by page; none may come twice."""
        found, cursor = [], None
        while True:
            rows, cursor = await self.client.list(archived, cursor, PAGE)
            found += rows
            if not cursor:
                break
        same(len(dict(found)), len(found), "rows without repetitions")
        return dict(found)

    async def reads_and_resumes(self):
        before = self.digests()
        for thread in filter(self.is_readable, self.threads.values()):
            await self.shows(thread, "read")
            if not thread.archived:
                same(await self.client.resume(thread.id), thread.id, "the resumed thread")
                await self.shows(thread, "read when resumed")
        same(self.digests(), before, "files after reading and resuming")

    def is_readable(self, thread):
        if self.client.longest and thread.bytes > self.client.longest:
            return False
        return not any(word in thread.head.read_text() for word in self.client.unknown)

    async def shows(self, thread, how):
        name, turns, _ = await self.client.read(thread.id)
        same(name, thread.name, f"name of {thread.id}, {how}")
        if thread.turns is not None:
            same(turns, thread.turns, f"turns of {thread.id}, {how}")

    async def forks(self):
        parents = [t for t in self.threads.values() if not t.archived and t.turns]
        parent = max(parents, key=lambda thread: thread.turns)
        child = await self.client.fork(parent.id)
        same(child in self.threads, False, "the fork is a new thread")
        _, turns, forked_from = await self.client.read(child)
        same((turns, forked_from), (parent.turns, parent.id), "turns and parent of the fork")
        same(child in await self.rows(), True, "the fork is listed")
        same(stored.threads(self.home)[child].turns, parent.turns, "turns in the fork's files")

    async def starts_and_renames(self):
        started = await self.client.start()
        same(started in self.threads, False, "the started thread is new")
        named = next(t.id for t in self.threads.values() if t.interactive and not t.archived)
        for id in (started, named):
            await self.client.rename(id, "A näme “of its own”")
            name, _, _ = await self.client.read(id)
            same(name, "A näme “of its own”", "the new name")
            same(stored.threads(self.home)[id].name, name, "the name in the files")
        same((await self.rows())[named], name, "the name in the list")

    async def archives_and_unarchives(self):
        thread = next(t for t in self.threads.values() if t.interactive and not t.archived)
        await self.client.archive(thread.id)
        same(thread.id in await self.rows(), False, "listed when archived")
        same(thread.id in await self.rows(archived=True), True, "listed among the archived")
        same(stored.threads(self.home)[thread.id].archived, True, "its file is archived")
        await self.client.unarchive(thread.id)
        same(thread.id in await self.rows(), True, "listed when unarchived")
        same(stored.threads(self.home)[thread.id].head, thread.head, "its file is back")
        _, turns, _ = await self.client.read(thread.id)
        same(turns, thread.turns or turns, "turns after unarchiving")

    def digests(self):
        return {
            file: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in self.home.glob("**/*.jsonl")}


def same(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: found {found!r}, wanted {wanted!r}")


def main(make_client):
    """The end of every client's script: `SERVER HOME` are its arguments."""
    server, home = sys.argv[1:]
    try:
        asyncio.run(Journey(make_client(server, home), home).run())
    except Exception:
        traceback.print_exc(limit=-2)
        sys.exit(1)
