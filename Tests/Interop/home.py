"""Homes to work on: the bundled one, a configuration without a network, and threads to change."""

import json
import shutil
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ASKS = ["What is a comet?", "And a meteor?", "Which of them fell on Siberia?"]
CONFIG = """model = "none"
model_provider = "none"
[model_providers.none]
name = "none"
base_url = "http://127.0.0.1:9/v1"
wire_api = "responses"
supports_websockets = false
[features]
plugins = false
apps = false
"""


class Home:
    """A home in a folder of its own."""

    def __init__(self, folder):
        self.path = Path(folder).resolve() / "home"
        shutil.copytree(ROOT / "Fixtures/home", self.path)
        (self.path / "config.toml").write_text(CONFIG)
        self.minute = 0

    def connect(self, model):
        """Makes a model reachable for the original."""
        config = CONFIG.replace("http://127.0.0.1:9/v1", model.url)
        (self.path / "config.toml").write_text(config)

    def files(self):
        return sorted(self.path.glob("*sessions/**/rollout-*.jsonl"))

    def add(self, mode):
        """A thread with a turn for each of ASKS; `mode` is legacy or paginated."""
        self.minute += 1
        # Unlike each other: the original takes a file whose name is only near to an id.
        id = "019e1000" + str(uuid.uuid5(uuid.NAMESPACE_OID, str(self.minute)))[8:]
        records = [("session_meta", meta(id, mode))]
        for number, ask in enumerate(ASKS):
            records += turn(id, mode, number, ask)
        lines = [envelope(mode, n, kind, payload) for n, (kind, payload) in enumerate(records)]
        folder = self.path / "sessions/2026/05/10"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"rollout-2026-05-10T10-{self.minute:02d}-00-{id}.jsonl"
        (folder / name).write_text("".join(lines))
        return id


def turn_id(number):
    return str(uuid.UUID(int=0x019E2000_0000_7000_8000_000000000000 + number))


def answer(ask):
    return f"Somebody asked: {ask}"


def said(asks):
    """The messages that turns with these asks show."""
    return [message for ask in asks for message in (("user", ask), ("agent", answer(ask)))]


def message(role, text):
    kind = "output_text" if role == "assistant" else "input_text"
    return {"type": "message", "role": role, "content": [{"type": kind, "text": text}]}


def envelope(mode, number, kind, payload):
    record = {"timestamp": f"2026-05-10T08:00:{number % 60:02d}.000Z"}
    if mode == "paginated":
        record["ordinal"] = number
    return json.dumps({**record, "type": kind, "payload": payload}, separators=(",", ":")) + "\n"


def meta(id, mode):
    return {
        "session_id": id, "id": id, "timestamp": "2026-05-10T08:00:00.000Z",
        "cwd": "/home/ada/orrery", "originator": "codex_vscode", "cli_version": "0.163.0",
        "source": "vscode",
        "model_provider": "none", "base_instructions": {"text": "Be brief."}, "history_mode": mode}


def turn(thread, mode, number, ask):
    id, begin = turn_id(number), 1778400000 + number
    texts = {"user": ask, "agent": answer(ask)}
    if mode == "paginated":
        users = [{"type": "text", "text": ask, "text_elements": []}]
        shown = [item(thread, id, "UserMessage", users),
                 item(thread, id, "AgentMessage", [{"type": "Text", "text": texts["agent"]}])]
    else:
        shown = [("event_msg", {"type": "user_message", "message": ask, "images": [],
                                "local_images": [], "text_elements": []}),
                 ("event_msg", {"type": "agent_message", "message": texts["agent"]})]
    return [
        ("event_msg", {"type": "task_started", "turn_id": id, "started_at": begin,
                       "model_context_window": 1000, "collaboration_mode_kind": "default"}),
        ("response_item", message("user", ask)), *shown,
        ("response_item", message("assistant", texts["agent"])),
        ("event_msg", {"type": "task_complete", "turn_id": id, "started_at": begin,
                       "last_agent_message": texts["agent"], "completed_at": begin + 1,
                       "duration_ms": 1000})]


def item(thread, turn, kind, content):
    return ("event_msg", {
        "type": "item_completed", "thread_id": thread, "turn_id": turn,
        "started_at_ms": 1778400000000, "completed_at_ms": 1778400000000,
        "item": {"type": kind, "id": f"{kind}-{turn}", "content": content}})
