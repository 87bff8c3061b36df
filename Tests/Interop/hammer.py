"""Several servers on one home at the same time: no record is torn and none is lost."""

import json
import random
from concurrent.futures import ThreadPoolExecutor

from home import message
from peer import Refused
from views import same

WORKERS, ROUNDS = 6, 12
LOCKED = "already has an active writer"


def two_of_reprise(servers):
    Hammer(servers, [servers.reprise], deletes=True).run()


def reprise_and_the_original(servers):
    # Two originals must not make the databases of a home at once.
    servers.original().close()
    # What the original deletes takes names with it that others give meanwhile.
    Hammer(servers, [servers.reprise, servers.original], deletes=False).run()


class Hammer:
    """Workers that start a server, write, and end it, over and over."""

    def __init__(self, servers, kinds, deletes):
        self.home, self.kinds, self.deletes = servers.home, kinds, deletes
        self.shared = [self.home.add(mode) for mode in ("legacy", "paginated") for _ in range(2)]
        # What was written: (thread, text) of injected items, (thread, name) of names.
        self.items, self.names = [], []
        self.refused = 0

    def run(self):
        own = [self.home.add(["legacy", "paginated"][n % 2]) for n in range(WORKERS)]
        spare = [[self.home.add("legacy") for _ in range(ROUNDS)] for _ in range(WORKERS)]
        with ThreadPoolExecutor(WORKERS) as pool:
            # All results are looked at, so that every failure shows.
            list(pool.map(self.work, range(WORKERS), own, spare))
        same(len(self.items) > WORKERS * ROUNDS, True, "enough was written")
        same(self.refused > 0, True, "some were refused")
        self.check_files()

    def work(self, worker, own, spare):
        dice = random.Random(worker)
        for number in range(ROUNDS):
            start = self.kinds[(worker + number) % len(self.kinds)]
            with start() as peer:
                text = f"{worker}-{number}"
                for id in (own, *dice.sample(self.shared, 2)):
                    self.write(peer, id, text, may_be_refused=id != own)
                if self.deletes:
                    peer.call("thread/name/set", threadId=spare[number], name="Soon gone")
                    peer.call("thread/delete", threadId=spare[number])

    def write(self, peer, id, text, may_be_refused):
        peer.call("thread/name/set", threadId=id, name=f"name {text}")
        self.names.append((id, f"name {text}"))
        try:
            peer.call("thread/resume", threadId=id, excludeTurns=True)
            for part in ("a", "b", "c" * 70_000):
                peer.call("thread/inject_items", threadId=id, items=[message("user", text + part)])
                self.items.append((id, text + part))
        except Refused as refusal:
            same((may_be_refused, LOCKED in refusal.message), (True, True), str(refusal))
            if not peer.is_original:
                same("pid" in refusal.data.get("holder", {}), True, f"holder of {id} told")
            self.refused += 1

    def check_files(self):
        made = [file for file in self.home.files() if "019e1000" in file.name]
        found = {file.stem[-36:]: whole_lines(file) for file in made}
        for id, text in self.items:
            times = sum(has_text(record, text) for record in found[id])
            same(times, 1, f"times that {text[:8]} is in {id}")
        for id, records in found.items():
            ordinals = [record.get("ordinal") for record in records]
            if ordinals[0] is not None:
                same(ordinals, list(range(len(ordinals))), f"ordinals of {id}")
        index = whole_lines(self.home.path / "session_index.jsonl")
        named = {(line["id"], line["thread_name"]) for line in index}
        same(set(self.names) - named, set(), "names that are lost")


def whole_lines(file):
    """The lines of a file, each of which must be one object, with a line end."""
    data = file.read_bytes()
    same(data[-1:], b"\n", f"the last byte of {file.name}")
    records = []
    for line in data[:-1].split(b"\n"):
        record = json.loads(line)
        same(type(record), dict, f"a line of {file.name}")
        records.append(record)
    return records


def has_text(record, text):
    if record.get("type") != "response_item":
        return False
    return any(part.get("text") == text for part in record["payload"].get("content", []))
