"""docs/protocol/boxes.md: channels, sealing and opening, and a relay's cells over one duplex stream."""
import asyncio
import os
import struct

from shared import P, S, Key, parts, spawn
from stack import Connection

APP_KEY = P.blake2b(b"secrets/1/app-key", 32)
SMALL, LARGE = 1, 2
DATA, SESSION, OFFER, ANSWER = 1, 2, 3, 4
READ, WRITE, DELETE = 1, 2, 3
OK, NONE, DELETED, OCCUPIED, REFUSED = range(5)
SHORT, SHORT_ANSWER = 1, 2
WINDOW = 16
SEALED = {SMALL: 4096, LARGE: 65536}


def hkdf_b(ikm, salt, info, size):
    return P.hkdf(P.hmac_blake2b, 64, ikm, salt, info, size)


class State:
    """An index state: Idx64, K, E, H."""

    def __init__(self, data):
        index, self.k, self.e, self.h, _ = parts(data, 8, 32, 32, 32)
        self.index = struct.unpack("<Q", index)[0]

    def __bytes__(self):
        return struct.pack("<Q", self.index) + self.k + self.e + self.h

    def advanced(self):
        h, e, k, _ = parts(hkdf_b(self.h, b"", struct.pack("<Q", self.index), 96), 32, 32, 32)
        return State(struct.pack("<Q", self.index + 1) + k + e + h)

    def bound(self, relay, box_class=SMALL):
        """The blinding factor and the sealing key at one relay."""
        context = b"secrets/1/box" + bytes([box_class]) + relay
        return P.factor(hkdf_b(self.k, context, b"", 32)), hkdf_b(self.e, context, b"", 32)


class Writer:
    def __init__(self, capability):
        self.key, self.state = Key(capability[:32]), State(capability[32:])
        self.first = self.state.index

    @classmethod
    def start(cls):
        random, mask = struct.unpack("<2Q", os.urandom(16)), 2**62 - 1
        start = State(struct.pack("<Q", (random[0] & mask) + (random[1] & mask)) + bytes(64) + os.urandom(32))
        return cls(os.urandom(32) + bytes(start.advanced()))

    @property
    def read_capability(self):
        return self.key.public + bytes(self.state)

    def write(self, relay, kind, body, box_class=SMALL):
        """Seals one body at the present index and advances: address, signature, payload."""
        address, key, s = self.keys(relay, box_class)
        plaintext = (bytes([1, kind]) + struct.pack(">H", len(body)) + body).ljust(SEALED[box_class] - 40, b"\0")
        payload = P.synthetic_seal(key, address, plaintext)
        self.state = self.state.advanced()
        return address, sign_blinded(s, address, payload), payload

    def tombstone(self, relay):
        """What deletes the small box of the present index: a box without payload. Advances."""
        address, _, s = self.keys(relay, SMALL)
        self.state = self.state.advanced()
        return address, sign_blinded(s, address, b""), b""

    def keys(self, relay, box_class):
        f, key = self.state.bound(relay, box_class)
        s = f * self.key.scalar % P.L
        return P.pack(P.mul(s, P.BASE)), key, s


def sign_blinded(s, address, payload):
    d = P.hashlib.sha512(P.small(s)).digest()
    return P.finish_signature(P.sha512_number(d[32:] + payload + d[33:]) % P.L, s, address, payload)


class Place:
    """What a reader derives for one index at one relay."""

    def __init__(self, public, state, relay, box_class=SMALL):
        self.box_class = box_class
        f, self.key = state.bound(relay, box_class)
        self.index, self.address = state.index, P.pack(P.mul(f, P.read_point(public)))

    def open(self, signature, payload):
        """Kind and body, or nothing if it is not what 4.5 asks for."""
        if len(payload) != SEALED[self.box_class] or not P.verify(self.address, payload, signature):
            return None
        plaintext = P.synthetic_open(self.key, self.address, payload)
        if plaintext is None or plaintext[0] != 1 or not 1 <= plaintext[1] <= 6:
            return None
        length = struct.unpack(">H", plaintext[2:4])[0]
        return None if length > len(plaintext) - 4 or any(plaintext[4 + length:]) else (plaintext[1], plaintext[4:4 + length])


class Cells:
    """One duplex stream of requests and answers. An address has one open request at most on it."""

    def __init__(self, connection):
        self.open_requests, self.rest = {}, b""
        self.send = connection.duplex("boxes.cells", self._take)

    def _take(self, item):
        if item is None:
            for waiting in self.open_requests.values():
                if not waiting.done():
                    waiting.set_exception(ConnectionError("Closed"))
            return
        self.rest += item
        while len(self.rest) >= 256:
            size = 256 if self.rest[2] & SHORT else 256 + SEALED[self.rest[1]]
            if len(self.rest) < size:
                return
            cell, self.rest = self.rest[:size], self.rest[size:]
            waiting = self.open_requests.pop(cell[4:36], None)
            if waiting and not waiting.done():
                waiting.set_result((cell[0], cell[36:100], cell[256:]))

    async def ask(self, operation, address, signature=bytes(64), payload=b"", wait=0, box_class=SMALL):
        """One cell and its answer, on the direct route: status, signature, payload."""
        assert address not in self.open_requests
        flags = SHORT_ANSWER | (SHORT if operation != WRITE else 0)
        answer = self.open_requests[address] = asyncio.get_running_loop().create_future()
        self.send(bytes([operation, box_class, flags, wait]) + address + signature + bytes(156) + payload)
        return await answer


class Relay:
    """A relay, with one stream for reads and one for what is written and deleted, as one may wait for an address that the other writes to."""

    @classmethod
    async def dial(cls, address):
        self = cls()
        self.connection = await Connection.dial(address, APP_KEY)
        manifest = await self.connection.call("boxes.manifest")
        signed, signature = manifest[:-64], manifest[-64:]
        self.id = manifest[1:33]
        if manifest[0] != 1 or not P.verify(self.id, S.h(b"secrets/1/manifest", signed), signature):
            raise ConnectionError("the manifest is not signed by the relay")
        self.reads, self.writes = Cells(self.connection), Cells(self.connection)
        return self

    async def read(self, address, wait, box_class=SMALL):
        return await self.reads.ask(READ, address, wait=wait, box_class=box_class)

    async def delete(self, address, signature, _payload):
        return await self.writes.ask(DELETE, address, signature)

    async def put(self, box, box_class=SMALL):
        """Writes a sealed box until the relay has it; the status, and what lies there if it is another."""
        pause = 1
        while True:
            status, signature, payload = await self.writes.ask(WRITE, *box, box_class=box_class)
            if status != REFUSED:
                return status, signature, payload
            await asyncio.sleep(pause)
            pause = min(2 * pause, 3600)


class Reader:
    """Follows a channel: hands each box to take(index, kind, body) in the order in which they come."""

    def __init__(self, relay, capability, take, last=None, box_class=SMALL):
        self.box_class = box_class
        self.relay, self.public, self.state, self.take = relay, capability[:32], State(capability[32:]), take
        self.last, self.tasks, self.next = last, {}, self.state.index
        if not P.read_point(self.public):
            raise ValueError("the channel's key")
        self.fill()

    def fill(self):
        """Waits at every index of the window; the holes that it leaves behind are waited for too."""
        while self.state.index < self.next + WINDOW and (self.last is None or self.state.index <= self.last):
            self.tasks[self.state.index] = spawn(self.wait(Place(self.public, self.state, self.relay.id, self.box_class)))
            self.state = self.state.advanced()

    def end(self, last):
        """Nothing comes behind this index; what is missing before it is still waited for."""
        self.last = last
        for index in [i for i in self.tasks if i > last]:
            self.tasks.pop(index).cancel()

    async def wait(self, place):
        while True:
            status, signature, payload = await self.relay.read(place.address, 60, self.box_class)
            if status == DELETED and P.verify(place.address, b"", signature):
                break
            opened = place.open(signature, payload) if status == OK else None
            if opened:
                self.take(place.index, *opened)
                break
            if status != NONE:
                await asyncio.sleep(5)
        del self.tasks[place.index]
        self.next = max(self.next, place.index + 1)
        self.fill()
