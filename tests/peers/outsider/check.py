#!/usr/bin/env python3
"""Runs the relay and the console as they were built, and talks to the console with client.py, which was written from the documents alone.

Usage: check.py [Release|Debug]
"""
import json
import os
import pathlib
import queue
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PATIENCE = 60


def program(name):
    for configuration in sys.argv[1:] or ["Release", "Debug"]:
        path = ROOT / "src" / name / "bin" / configuration / "net10.0" / name
        if path.exists():
            return str(path)
    raise SystemExit(f"{name} is not built")


class Running:
    """A program whose lines of output are waited for."""

    all = []

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.all.append(self.process)
        self.lines, self.seen = queue.Queue(), []
        threading.Thread(target=self.pump, daemon=True).start()

    def pump(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def line(self):
        try:
            found = self.lines.get(timeout=PATIENCE)
        except queue.Empty:
            found = None
        if found is None:
            raise AssertionError(f"nothing came after {self.seen}")
        return found

    def event(self, name, **fields):
        """The next event of this name with these fields; what comes before it is kept, problems end the run."""
        for found in self.seen:
            if found["event"] == name and all(found.get(k) == v for k, v in fields.items()):
                self.seen.remove(found)
                return found
        while True:
            found = json.loads(self.line())
            assert found["event"] not in ("problem", "unknown"), found
            if found["event"] == name and all(found.get(k) == v for k, v in fields.items()):
                return found
            self.seen.append(found)

    def tell(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def end(self):
        self.process.stdin.close()
        assert self.process.wait(PATIENCE) == 0, "the client failed"


class Console:
    """One identity of the console."""

    def __init__(self, folder, name):
        self.store, self.password = folder / name, folder / f"{name}.password"
        self.password.write_text(f"the password of {name}\n")
        self.run("identity", "create", "--name", name)

    def run(self, *arguments, given=None):
        done = subprocess.run([program("Secrets.Console"), *arguments, "--store", str(self.store), "--password-file", str(self.password), "--json"],
                              input=given, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def messages(self, chat):
        return [line for line in self.run("read", chat) if line["type"] == "message"]

    def await_texts(self, chat, *texts):
        """Reads until these texts of the other side are there, in this order."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = [m["text"] for m in self.messages(chat) if m["kind"] == "text" and not m["own"]]
            if found == list(texts):
                return
            assert time.monotonic() < deadline, [text[:40] for text in found]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def talk(console, chat, client, already):
    """Texts in both directions, one side after the other, so that each makes root steps."""
    said, steps = list(already), -1
    for turn in range(3):
        console.run("send", chat, f"noodles {turn}?")
        came = client.event("text", text=f"noodles {turn}?", channel="pair")
        assert came["steps"] > steps, "no root step"
        steps = came["steps"]
        for text in (f"yes {turn}", f"with tofu {turn} \u8c46\u8150"):
            client.tell(text)
            client.event("said", text=text, channel="pair")
            said.append(text)
        # a side makes its step with the first text after what it has read
        console.await_texts(chat, *said)
    # in parts, and in large boxes of a temporary channel
    for text in ("parts " * 1000, "long " * 13000):
        console.run("send", chat, text)
        client.event("text", text=text, channel="pair")
        client.tell(json.dumps(text))
        client.event("said", text=text, channel="pair")
        said.append(text)
    console.await_texts(chat, *said)
    notices = {m["notice"] for m in console.messages(chat) if m["kind"] == "notice"}
    assert notices <= {"they_joined", "you_joined"}, notices
    # acknowledgements: theirs of our texts, ours of theirs
    deadline = time.monotonic() + PATIENCE
    while any(m["own"] and m["kind"] == "text" and m["state"] != "received" for m in console.messages(chat)):
        assert time.monotonic() < deadline, "texts of the console were not acknowledged"
    console.run("send", chat, "bye")
    for text in said:
        client.event("received", text=text)


def joins(folder, relay):
    """The console creates a chat, the client joins it."""
    alice = Console(folder, "Alice")
    secret = alice.run("chat", "create", "Lunch")[0]["secret"]
    client = Running(sys.executable, str(HERE / "client.py"), "--name", "Otto", "--ack-after", "1", "--rotate-after", "4")
    client.tell(secret)
    client.tell("before the confirmation")
    assert client.event("offer")["name"] == "Alice"
    safety = client.event("answered")["safety"]
    client.event("said", channel="data")
    alice.run("sync")
    client.event("confirmed")
    shown = alice.run("chat", "show", "Lunch")[0]
    assert (shown["safety_number"], shown["their_name"], shown["stage"]) == (safety, "Otto", "open"), shown
    talk(alice, "Lunch", client, ["before the confirmation"])
    client.end()


def creates(folder, relay):
    """The client creates a chat, the console joins it."""
    bob = Console(folder, "Bob")
    client = Running(sys.executable, str(HERE / "client.py"), "--create", "--relay", relay, "--name", "Otto", "--ack-after", "1", "--rotate-after", "4")
    secret = client.event("secret")["text"]
    bob.run("chat", "join", "--name", "Otto", given=secret + "\n")
    answered = client.event("answered")
    client.event("confirmed")
    bob.run("sync")
    shown = bob.run("chat", "show", "Otto")[0]
    assert (shown["safety_number"], answered["name"], shown["stage"]) == (answered["safety"], "Bob", "open"), shown
    talk(bob, "Otto", client, [])
    client.end()


def main():
    os.environ.pop("SECRETS_STORE", None)
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        relay = Running(program("Secrets.Relay"), "--data", f"{folder}/relay", "--listen", "none", "--listen-tcp", f"127.0.0.1:{port}")
        try:
            line = relay.line().split()[-1]
            address = next(a for a in line.split(";") if a.startswith("net:"))
            os.environ["SECRETS_RELAY"] = address
            for scenario in (joins, creates):
                started = time.monotonic()
                scenario(pathlib.Path(folder), address)
                print(f"{scenario.__name__}: {time.monotonic() - started:.1f} s")
        finally:
            for process in Running.all:
                process.terminate()
                process.wait(PATIENCE)


main()
