"""The primitives and the sessions as the second implementations in tools have them, each written from its document."""
import asyncio
import importlib.util
import os
import pathlib
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[3]


def load(name):
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


S = load("check-sessions")  # docs/protocol/sessions.md
P = S.P  # docs/protocol/primitives.md


class Key:
    """An Ed25519 key made from a seed."""

    def __init__(self, seed):
        digest = P.hashlib.sha512(seed).digest()
        self.seed, self.scalar, self.prefix = seed, P.clamp(digest), digest[32:]
        self.public = P.pack(P.mul(self.scalar, P.BASE))

    def sign(self, message):
        r = P.sha512_number(self.prefix + message) % P.L
        return P.finish_signature(r, self.scalar, self.public, message)


def to_x25519(public):
    """The same point as an X25519 key: (1 + y) / (1 - y)."""
    y = int.from_bytes(public, "little") & 2**255 - 1
    return P.small((1 + y) * pow(1 - y, -1, P.P) % P.P)


def open_xsalsa(key, nonce, sealed):
    text = P.xsalsa_seal(key, nonce, sealed[16:])[16:]  # the cipher is its own inverse
    return text if P.xsalsa_seal(key, nonce, text) == sealed else None


def parts(data, *sizes):
    """Fields of these sizes, and what is left."""
    found = []
    for size in sizes:
        if size > len(data):
            raise ValueError("truncated")
        found.append(data[:size])
        data = data[size:]
    return [*found, data]


def spawn(work):
    """A task whose failure is the end of the program, not a silence."""
    def ended(task):
        if not task.cancelled() and task.exception():
            traceback.print_exception(task.exception())
            os._exit(1)
    task = asyncio.get_running_loop().create_task(work)
    task.add_done_callback(ended)
    return task
