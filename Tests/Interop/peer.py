"""A server process and the requests that a check makes of it."""

import json
import os
import selectors
import subprocess
import time


class Refused(Exception):
    """The server answered with an error."""

    def __init__(self, method, error):
        super().__init__(f"{method}: {error['message']}")
        self.message, self.data = error["message"], error.get("data") or {}


class Peer:
    """One running server. `is_original` tells the kinds apart where they may differ."""

    def __init__(self, command, home, is_original):
        self.is_original = is_original
        self.name = "the original" if is_original else "reprise"
        self.process = subprocess.Popen(
            command, cwd=home, env=dict(os.environ, CODEX_HOME=str(home)), bufsize=0,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.last_id, self.rest = 0, b""
        self.notifications = []
        self.call("initialize", clientInfo={"name": "interop", "version": "1"},
                  capabilities={"experimentalApi": True})
        self.send({"method": "initialized"})

    def call(self, method, timeout=30, **params):
        """The result of a request; raises Refused, or TimeoutError if there is no answer."""
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params})
        deadline = time.monotonic() + timeout
        while True:
            message = json.loads(self.line(deadline))
            if "method" in message:
                self.notifications.append(message)
                continue
            if message.get("id") != self.last_id:
                continue
            if "error" in message:
                raise Refused(method, message["error"])
            return message["result"]

    def take_turn(self, thread, text, timeout=30):
        """Says something in a loaded thread, and waits for the end of the turn; its id."""
        parts = [{"type": "text", "text": text}]
        id = self.call("turn/start", threadId=thread, input=parts)["turn"]["id"]
        deadline = time.monotonic() + timeout
        while not any(is_end(message, id) for message in self.notifications):
            self.notifications.append(json.loads(self.line(deadline)))
        return id

    def send(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\n")

    def line(self, deadline):
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while b"\n" not in self.rest:
                if not selector.select(deadline - time.monotonic()):
                    raise TimeoutError(f"{self.name} does not answer")
                chunk = self.process.stdout.read(1 << 16)
                if not chunk:
                    raise EOFError(f"{self.name} ended")
                self.rest += chunk
        line, _, self.rest = self.rest.partition(b"\n")
        return line

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def is_end(message, turn):
    ended = message.get("method") == "turn/completed"
    return ended and message["params"]["turn"]["id"] == turn
