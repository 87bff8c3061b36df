"""What the original's model is given of a thread, after this server wrote to it.

The original makes a thread, this server changes it, and the original goes on with it: the request
that its model gets then is the one that it gets after the original made the change itself, or, where
nothing of it is for the model, after none. Ids and times are left out of that.
"""

import json
import re
import shutil

from home import ASKS, message
from model import Model
from views import same

TOOL = {"type": "function", "name": "look_up", "description": "Looks up a star.",
        "inputSchema": {"type": "object", "properties": {"name": {"type": "string"}}}}
START = {"dynamicTools": [TOOL], "baseInstructions": "Be brief.",
         "developerInstructions": "Answer in verse."}
OTHER = {"cwd": "/tmp", "model": "m-2", "approvalPolicy": "never", "sandbox": "danger-full-access",
         "baseInstructions": "Be long.", "developerInstructions": "Answer in prose."}
GIT = {"branch": "side", "sha": "a1b2"}
SAID = [message("user", "Between the turns"), message("assistant", "I see.")]
HISTORY = [
    message("user", "Tell me of tides."), message("assistant", "The moon pulls."),
    {"type": "function_call", "name": "shell", "arguments": "{}", "call_id": "call-1"},
    {"type": "function_call_output", "call_id": "call-1", "output": "high"},
    message("user", "And of ebbs?"), message("assistant", "It lets go."),
]


def what_reaches_the_model(servers):
    with Model() as model:
        servers.home.connect(model)
        for mode in ("legacy", "paginated"):
            Conversation(servers, model, mode).check()


class Conversation:
    """A thread of the original's, with a turn for each of ASKS; kept, to be changed again and again."""

    def __init__(self, servers, model, mode):
        self.servers, self.model, self.mode = servers, model, mode
        self.path = servers.home.path
        self.kept = self.path.with_name(f"kept-{mode}")
        with servers.original() as peer:
            self.id = peer.call("thread/start", historyMode=mode, **START)["thread"]["id"]
            self.turns = [peer.take_turn(self.id, ask) for ask in ASKS]
        shutil.copytree(self.path, self.kept)

    def check(self):
        unchanged = self.input_after(self.servers.original, None)
        same([text(unchanged).count(ask) for ask in ASKS], [1] * len(ASKS), "asks in a request")
        same("look_up" in json.dumps(unchanged["tools"]), True, "the tool in a request")
        for name, ours, theirs in self.changes():
            wanted = self.input_after(self.servers.original, theirs) if theirs else unchanged
            found = self.input_after(self.servers.reprise, ours)
            what = f"what the model gets of a {self.mode} thread after {name}"
            same(first_difference(found, wanted), None, what)

    def changes(self):
        """(what it is, how this server does it, how the original does it if it is for the model)"""
        fork = self.fork
        for name, change in [
            ("injecting", self.inject), ("forking", fork()),
            ("forking up to the last turn", fork(lastTurnId=self.turns[2])),
            ("forking up to the second turn", fork(lastTurnId=self.turns[1])),
            ("forking before the second turn", fork(beforeTurnId=self.turns[1])),
            ("forking before the first turn", fork(beforeTurnId=self.turns[0])),
            ("forking with other settings", fork(**OTHER)),
            ("forking a fork", lambda peer: fork(lastTurnId=self.turns[0])(peer, fork()(peer))),
            ("injecting into a fork", lambda peer: self.inject(peer, fork()(peer))),
            ("starting with a history", self.from_history),
        ]:
            yield name, change, change
        for name, change in [
            ("telling of Git", self.tell_of_git), ("naming", self.name),
            ("archiving and unarchiving", self.archive),
        ]:
            yield name, change, None
        yield "forking and telling of Git", lambda peer: self.tell_of_git(peer, fork()(peer)), fork()
        for number in (1, 2):
            kept = fork(lastTurnId=self.turns[number - 1])
            yield f"rolling back to turn {number}", self.roll_back(len(ASKS) - number), kept
        if self.mode == "paginated":
            for number, turn in enumerate(self.turns):
                yield f"reverting turn {number}", self.revert(turn), self.revert(turn)
                yield (f"reverting turn {number} of a fork",
                       lambda peer: self.revert(turn)(peer, fork()(peer)),
                       lambda peer: self.revert(turn)(peer, fork()(peer)))

    def input_after(self, start, change):
        """The request that the original makes of its model, in a home that it has not seen before."""
        shutil.rmtree(self.path)
        shutil.copytree(self.kept, self.path, ignore=shutil.ignore_patterns("*.sqlite*"))
        id = self.id
        if change:
            with start() as peer:
                id = change(peer) or id
        with self.servers.original() as peer:
            peer.call("thread/resume", threadId=id, developerInstructions="Answer in rhyme.")
            before = len(self.model.requests)
            peer.take_turn(id, "What did I ask?")
        return without_ids(self.model.requests[before])

    # Changes. Each takes a peer, and answers the id of a new thread if it makes one.

    def inject(self, peer, id=None):
        peer.call("thread/resume", threadId=id or self.id)
        peer.call("thread/inject_items", threadId=id or self.id, items=SAID)
        return id

    def fork(self, **params):
        return lambda peer, id=None: peer.call(
            "thread/fork", threadId=id or self.id, **params)["thread"]["id"]

    def from_history(self, peer):
        return peer.call("thread/resume", threadId="", history=HISTORY)["thread"]["id"]

    def tell_of_git(self, peer, id=None):
        peer.call("thread/metadata/update", threadId=id or self.id, gitInfo=GIT)
        return id

    def name(self, peer):
        peer.call("thread/name/set", threadId=self.id, name="Stars")

    def archive(self, peer):
        peer.call("thread/archive", threadId=self.id)
        peer.call("thread/unarchive", threadId=self.id)

    def roll_back(self, count):
        def change(peer):
            peer.call("thread/resume", threadId=self.id)
            peer.call("thread/rollback", threadId=self.id, numTurns=count)
        return change

    def revert(self, turn):
        def change(peer, id=None):
            peer.call("thread/resume", threadId=id or self.id)
            peer.call("thread/revert", threadId=id or self.id, beforeTurnId=turn)
            return id
        return change


ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def without_ids(request):
    request = json.loads(ID.sub("ID", json.dumps(request)))
    # These are ids and times, and nothing else.
    for member in ("client_metadata", "prompt_cache_key"):
        request.pop(member, None)
    for item in request["input"]:
        item.pop("id", None)
    return request


def first_difference(found, wanted, path="request"):
    """Where two values differ, and how; None where they are equal."""
    if isinstance(found, dict) and isinstance(wanted, dict) and found.keys() == wanted.keys():
        pairs = [(found[name], wanted[name], f"{path}.{name}") for name in found]
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        pairs = [(*pair, f"{path}[{number}]") for number, pair in enumerate(zip(found, wanted))]
    else:
        return None if found == wanted else f"{path}: {str(found)[:500]} for {str(wanted)[:500]}"
    return next(filter(None, (first_difference(*pair) for pair in pairs)), None)


def text(request):
    return json.dumps(request["input"])
