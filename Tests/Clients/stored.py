"""What a home holds, told from its files alone, to hold against what clients are shown."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

NAME = re.compile(r"rollout-[0-9T-]{19}-([0-9a-f-]{36})(?:_([0-9a-f-]{36}))?\.jsonl")


@dataclass
class Stored:
    """A thread; `turns` is None where its records do not tell how many there are."""

    id: str
    head: Path
    archived: bool
    interactive: bool
    name: str | None
    turns: int | None
    bytes: int


def threads(home):
    """The threads of a home by id. Of several files of one thread the newest is its head."""
    files = sorted(Path(home).glob("*sessions/**/rollout-*.jsonl"), key=lambda file: file.name)
    ids = [NAME.fullmatch(file.name).groups() for file in files]
    by_own_id = {segment or thread: file for (thread, segment), file in zip(ids, files)}
    heads = {thread: file for (thread, _), file in zip(ids, files)}
    names = _names(home)
    return {id: _thread(id, head, by_own_id, names) for id, head in heads.items()}


def _thread(id, head, by_own_id, names):
    records = _chain(head, by_own_id)
    meta = next((r["payload"] for r in records if r.get("type") == "session_meta"), {})
    own = json.loads(head.read_bytes().split(b"\n")[0]).get("payload", meta)
    return Stored(
        id=id, head=head, archived="archived_sessions" in head.parts,
        interactive=own.get("source", "vscode") in ("cli", "vscode"),
        name=names.get(id), turns=_turns(records), bytes=head.stat().st_size)


def _chain(head, by_own_id):
    """The records of a thread: of what it stands on in another file, then its own."""
    records = _records(head.read_bytes())
    base = (records[0].get("payload") or {}).get("history_base") if records else None
    if not base:
        return records
    end = base["end_ordinal_exclusive"]
    before = _chain(by_own_id[base["thread_id"]], by_own_id)
    return [record for record in before if record.get("ordinal", 0) < end] + records


def _records(data):
    records = []
    for line in data.split(b"\n"):
        try:
            records.append(json.loads(line))
        except ValueError:
            continue  # A blank or torn line: others show it as if it were not there.
    return [record for record in records if isinstance(record, dict)]


def _turns(records):
    """How many turns the records name; None if they begin with a history, or take turns back."""
    events = [r["payload"] for r in records if r.get("type") == "event_msg"]
    kinds = [event["type"] for event in events]
    second = records[1] if len(records) > 1 else {}
    from_history = "ordinal" in second and second["type"] == "response_item"
    if from_history or "thread_rolled_back" in kinds:
        return None
    named = {e["turn_id"] for e in events if e["type"] in ("task_started", "item_completed")}
    return len(named) or kinds.count("user_message") or None


def _names(home):
    index = Path(home) / "session_index.jsonl"
    lines = _records(index.read_bytes()) if index.exists() else []
    return {line["id"]: line["thread_name"] for line in lines}
