"""Measures the most memory that answers take where one line of a thread is very long.

For each kind of line and each method a fresh server answers one request about a thread that holds
one such line between two small turns. What is printed is VmHWM, which the kernel keeps for the
process, in MiB, as a table in Markdown.

    python3 peaks.py path/to/reprise --size 200M [--size 1G] [--kind NAME]... [--method NAME]...
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

THREAD = "0198f3a0-11aa-7b02-9c44-5e6f70819203"
NAME = f"rollout-2026-05-07T10-20-00-{THREAD}.jsonl"
FILLER = b"The tide comes in twice a day; the moon sees to that. "
BASE64 = b"iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4"

# The payload of each kind of long line, with `@` for the long text.
KINDS = {
    "unknown record": ("record_of_tomorrow", {"type": "x", "text": "@"}),
    "unused event": ("event_msg", {"type": "exec_command_output_delta", "chunk": "@"}),
    "user message": ("event_msg", {"type": "user_message", "message": "@", "images": []}),
    "agent message": ("event_msg", {"type": "agent_message", "message": "@"}),
    "command output": ("event_msg", {
        "type": "exec_command_end", "call_id": "c1", "turn_id": "t1", "command": ["cat", "tides"],
        "cwd": "/srv", "parsed_cmd": [], "stdout": "", "stderr": "", "aggregated_output": "@",
        "exit_code": 0, "duration": {"secs": 1, "nanos": 0}, "formatted_output": "",
        "status": "completed"}),
    "function_call_output": ("response_item", {
        "type": "function_call_output", "call_id": "c1", "output": "@"}),
    "reasoning, encrypted": ("response_item", {
        "type": "reasoning", "summary": [], "encrypted_content": "@"}),
    "compacted": ("compacted", {
        "message": "", "replacement_history": [
            {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "@"}]}]}),
    "session_meta": ("session_meta", {}),
}

TURNS = '"includeTurns":true'
METHODS = {
    "read": ("thread/read", f'"threadId":"{THREAD}",{TURNS}'),
    "resume": ("thread/resume", f'"threadId":"{THREAD}"'),
    "turns/list": ("thread/turns/list", f'"threadId":"{THREAD}","itemsView":"full"'),
    "items/list": ("thread/items/list", f'"threadId":"{THREAD}"'),
    "list": ("thread/list", '"modelProviders":[]'),
    "search": ("thread/search", '"searchTerm":"found nowhere"'),
    "searchOccurrences": (
        "thread/searchOccurrences", f'"threadId":"{THREAD}","searchTerm":"found nowhere"'),
    "fork": ("thread/fork", f'"threadId":"{THREAD}"'),
    "inject": ("thread/inject_items", f'"threadId":"{THREAD}","items":[{{"type":"message",'
               '"role":"user","content":[{"type":"input_text","text":"more"}]}]'),
}


def record(kind, payload):
    return json.dumps(
        {"timestamp": "2026-05-07T08:20:01.000Z", "type": kind, "payload": payload},
        separators=(",", ":")).encode()


def write_long(file, line, size, filler):
    """Writes a line with a text of this size in place of its `@`."""
    before, after = line.split(b'"@"')
    file.write(before + b'"')
    chunk = filler * ((1 << 20) // len(filler))
    for _ in range(size // len(chunk) + 1):
        file.write(chunk)
    file.write(b'"' + after + b"\n")


def make_home(folder, kind, size):
    path = os.path.join(folder, "sessions/2026/05/07", NAME)
    os.makedirs(os.path.dirname(path))
    header = {
        "id": THREAD, "timestamp": "2026-05-07T08:20:00.000Z", "cwd": "/srv", "originator": "t",
        "cli_version": "0.163.0", "source": "vscode", "model_provider": "openai"}
    with open(path, "wb") as file:
        if kind == "session_meta":
            header["base_instructions"] = {"text": "@"}
            write_long(file, record("session_meta", header), size, FILLER)
        else:
            file.write(record("session_meta", header) + b"\n")
        for turn in ("t1", "t2"):
            lines = [
                ("event_msg", {"type": "task_started", "turn_id": turn}),
                ("event_msg", {"type": "user_message", "message": f"Question {turn}"}),
                ("response_item", {
                    "type": "function_call", "name": "shell", "call_id": "c1",
                    "arguments": "{\"command\":[\"cat\",\"tides\"]}"}),
                None,
                ("event_msg", {"type": "agent_message", "message": f"Answer {turn}"}),
                ("event_msg", {"type": "task_complete", "turn_id": turn}),
            ]
            for line in lines:
                if line:
                    file.write(record(*line) + b"\n")
                elif turn == "t1" and kind != "session_meta":
                    filler = BASE64 if kind == "reasoning, encrypted" else FILLER
                    write_long(file, record(*KINDS[kind]), size, filler)


def peak(server, home, method, params):
    """Answers one request; gives the peak in MiB, and the size of the answer or its error."""
    process = subprocess.Popen(
        [server, "app-server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "CODEX_HOME": home})
    ask = lambda text: (process.stdin.write(text.encode() + b"\n"), process.stdin.flush())
    ask('{"id":0,"method":"initialize","params":{"clientInfo":{"name":"t","version":"1"}}}')
    if method == "thread/inject_items":
        ask(f'{{"id":7,"method":"thread/resume","params":{{"threadId":"{THREAD}",'
            '"excludeTurns":true}}')
    ask(f'{{"id":1,"method":"{method}","params":{{{params}}}}}')
    beginning, size, answer = b"", 0, None
    while answer is None:
        piece = process.stdout.read1(1 << 16)
        if not piece:
            raise SystemExit(f"the server ended at {method}")
        while True:
            newline = piece.find(b"\n")
            part = piece if newline < 0 else piece[:newline]
            beginning += part[:400 - len(beginning)] if len(beginning) < 400 else b""
            size += len(part)
            if newline < 0:
                break
            if beginning.startswith((b'{"id":1,', b'{"error":{')):
                answer = (size, beginning)
                break
            beginning, size, piece = b"", 0, piece[newline + 1:]
    with open(f"/proc/{process.pid}/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    process.stdin.close()
    for _ in iter(lambda: process.stdout.read(1 << 20), b""):
        pass
    process.wait()
    if b'"error":{"code"' in answer[1][:40]:
        print(f"{method}: {answer[1][:200]}", file=sys.stderr)
    return peak / 1024


def bytes_of(text):
    units = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    return int(text[:-1]) * units[text[-1]] if text[-1] in units else int(text)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("server")
    options.add_argument("--size", action="append", required=True)
    options.add_argument("--kind", action="append")
    options.add_argument("--method", action="append")
    options.add_argument("--folder", help="where homes are made")
    options = options.parse_args()
    methods = options.method or list(METHODS)
    most = 0
    for size in options.size:
        print(f"\n| a line of {size} | " + " | ".join(methods) + " |")
        print("|" + "---|" * (len(methods) + 1), flush=True)
        for kind in options.kind or KINDS:
            cells, home = [], None
            for method in methods:
                if home is None:
                    home = tempfile.mkdtemp(dir=options.folder)
                    make_home(home, kind, bytes_of(size))
                cells.append(peak(options.server, home, *METHODS[method]))
                if method in ("fork", "inject") or method == methods[-1]:
                    shutil.rmtree(home)
                    home = None
            most = max(most, *cells)
            print(f"| {kind} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |", flush=True)
    print(f"\nThe most is {most:.0f} MiB.")


if __name__ == "__main__":
    main()
