"""Every method that writes, used once or more; and what must be there afterwards."""

from dataclasses import dataclass, field

from home import ASKS, message, said, turn_id
from peer import Refused

HISTORY = [message("user", "Tell me of tides."), message("assistant", "The moon pulls.")]


@dataclass
class Expected:
    """A thread as every server must show it."""

    messages: list
    archived: bool = False
    listed: bool = True
    # The original lists no thread without a message event in its own file.
    listed_by_original: bool = True
    # A reverted thread: the original follows it only if it reverted it itself.
    reverted: bool = False
    members: dict = field(default_factory=dict)
    # What only servers of the writer's kind show: of a paginated thread the original believes
    # nothing but its database.
    own: dict = field(default_factory=dict)


class Writer:
    """Writes with one server, and keeps what is to be expected of each thread."""

    def __init__(self, peer, home):
        self.peer, self.home, self.expected, self.deleted = peer, home, {}, []

    def write(self):
        for mode in ("legacy", "paginated"):
            self.name_inject_and_describe(mode)
            self.fork(mode)
            self.archive_and_delete(mode)
            self.revert(mode)
        if not self.peer.is_original:
            self.roll_back("legacy")
            self.roll_back("paginated")
        self.start()
        self.from_history()
        return self.expected

    def add(self, mode, **members):
        id = self.home.add(mode)
        self.expected[id] = Expected(said(ASKS), **members)
        self.peer.call("thread/resume", threadId=id)
        return id

    def inject(self, id, text="Between the turns"):
        self.peer.call("thread/inject_items", threadId=id, items=[message("user", text)])

    def name_inject_and_describe(self, mode):
        id = self.add(mode)
        self.inject(id)
        self.peer.call("thread/name/set", threadId=id, name=f"Falling stars, {mode}")
        git = {"sha": "a1b2", "branch": "side", "originUrl": "https://example.org/sky.git"}
        self.peer.call("thread/metadata/update", threadId=id, gitInfo=git)
        self.inject(id, "After the metadata")
        expected, name = self.expected[id], {"name": f"Falling stars, {mode}"}
        if mode == "legacy":
            expected.members = {**name, "gitInfo": git}
        elif self.peer.is_original:
            expected.members, expected.own = name, {"gitInfo": git}
        else:
            expected.own = {**name, "gitInfo": git}

    def fork(self, mode):
        parent = self.add(mode)
        path = self.peer.call("thread/read", threadId=parent)["thread"]["path"]
        for asks, params in [
            (ASKS, {"threadId": parent}), (ASKS, {"threadId": "", "path": path}),
            (ASKS[:2], {"threadId": parent, "lastTurnId": turn_id(1)}),
            (ASKS[:1], {"threadId": parent, "beforeTurnId": turn_id(1)}),
        ]:
            child = self.peer.call("thread/fork", **params)["thread"]["id"]
            self.inject(child)
            self.expect_fork(child, parent, asks, mode)
        grandchild = self.peer.call("thread/fork", threadId=child)["thread"]["id"]
        self.expect_fork(grandchild, child, ASKS[:1], mode)
        self.peer.call("thread/fork", threadId=parent, ephemeral=True, excludeTurns=True)

    def expect_fork(self, child, parent, asks, mode):
        self.expected[child] = Expected(
            said(asks), listed_by_original=mode == "legacy", members={"forkedFromId": parent})

    def archive_and_delete(self, mode):
        archived, restored, deleted = self.add(mode, archived=True), self.add(mode), self.add(mode)
        for id in (archived, restored):
            self.peer.call("thread/archive", threadId=id)
        self.peer.call("thread/unarchive", threadId=restored)
        self.peer.call("thread/name/set", threadId=deleted, name="Not for long")
        self.peer.call("thread/delete", threadId=deleted)
        self.deleted.append(deleted)
        del self.expected[deleted]

    def revert(self, mode):
        if mode == "legacy" and self.peer.is_original:
            return
        id = self.add(mode, reverted=mode == "paginated")
        for number in (2, 1):
            self.peer.call("thread/revert", threadId=id, beforeTurnId=turn_id(number))
            # The thread is no longer loaded, or has another file.
            self.peer.call("thread/resume", threadId=id)
            self.inject(id)
        self.expected[id].messages = said(ASKS[:1])

    def roll_back(self, mode):
        id = self.add(mode, reverted=mode == "paginated")
        self.peer.call("thread/rollback", threadId=id, numTurns=2)
        self.inject(id)
        self.expected[id].messages = said(ASKS[:1])

    def start(self):
        id = self.peer.call("thread/start", model="other", approvalPolicy="never")["thread"]["id"]
        self.inject(id)
        self.expected[id] = Expected(messages=None, listed_by_original=False)
        named = self.peer.call("thread/start")["thread"]["id"]
        try:
            self.peer.call("thread/name/set", threadId=named, name="Only a name")
            self.expected[named] = Expected(
                [], listed=False, listed_by_original=False, members={"name": "Only a name"})
        except Refused:
            pass  # The original names no thread that it has not stored.

    def from_history(self):
        id = self.peer.call("thread/resume", threadId="", history=HISTORY)["thread"]["id"]
        self.inject(id)
        shown = [("user", "Tell me of tides."), ("agent", "The moon pulls.")]
        # The original shows no turns of a thread that it made so itself.
        messages = None if self.peer.is_original else shown
        self.expected[id] = Expected(
            messages, listed_by_original=not self.peer.is_original)
