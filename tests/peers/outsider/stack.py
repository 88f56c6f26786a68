"""docs/protocol/stack.md, the side that dials: secret-handshake, box stream, packets, calls and streams over TCP."""
import asyncio
import base64
import hmac
import json
import os
import struct

from shared import Key, P, S, open_xsalsa, to_x25519

BYTES, TEXT, JSON = 0, 1, 2
END, STREAM = 4, 8


def sha256(*x):
    return P.hashlib.sha256(b"".join(x)).digest()


def read_address(text):
    """The first alternative over TCP: host, port, key."""
    for endpoint in text.split(";"):
        transport, found, key = endpoint.partition("~shs:")
        if found and transport.startswith("net:"):
            host, _, port = transport[4:].rpartition(":")
            return host or "localhost", int(port), base64.b64decode(key)
    raise ValueError("no alternative over TCP")


class Boxes:
    """One direction of a box stream."""

    def __init__(self, key, nonce):
        self.key, self.nonce = key, int.from_bytes(nonce, "big")

    def _next(self):
        nonce, self.nonce = self.nonce, (self.nonce + 1) % 2**192
        return nonce.to_bytes(24, "big")

    def seal(self, data):
        out = b""
        for at in range(0, len(data), 4096):
            head = self._next()
            body = P.xsalsa_seal(self.key, self._next(), data[at:at + 4096])
            out += P.xsalsa_seal(self.key, head, struct.pack(">H", len(body) - 16) + body[:16]) + body[16:]
        return out

    def goodbye(self):
        return P.xsalsa_seal(self.key, self._next(), bytes(18))

    async def open(self, stream):
        head = open_xsalsa(self.key, self._next(), await stream.readexactly(34))
        if head is None or head[:2] == b"\0\0" and any(head):
            raise ConnectionError("BadBoxHeader")
        if not any(head):
            return None
        body = open_xsalsa(self.key, self._next(), head[2:] + await stream.readexactly(struct.unpack(">H", head[:2])[0]))
        if body is None:
            raise ConnectionError("BadBoxBody")
        return body


async def handshake(reader, writer, app_key, own, server):
    """Section 3.2 and 4.1; gives the two directions."""
    mac = lambda k: hmac.new(app_key, k, "sha512").digest()[:32]
    ephemeral = os.urandom(32)
    a = S.public(ephemeral)
    writer.write(mac(a) + a)
    challenge = await reader.readexactly(64)
    b = challenge[32:]
    if mac(b) != challenge[:32] or a == b:
        raise ConnectionError("BadChallenge")
    ab, aB = S.dh(ephemeral, b), S.dh(ephemeral, to_x25519(server))
    Ab = S.dh(P.small(own.scalar), b)
    if not (any(ab) and any(aB) and any(Ab)):
        raise ConnectionError("LowOrderKey")
    hello = own.sign(app_key + server + sha256(ab)) + own.public
    writer.write(P.xsalsa_seal(sha256(app_key, ab, aB), bytes(24), hello))
    signature = open_xsalsa(sha256(app_key, ab, aB, Ab), bytes(24), await reader.readexactly(80))
    if signature is None or not P.verify(server, app_key + hello + sha256(ab), signature):
        raise ConnectionError("BadAccept")
    shared = sha256(sha256(app_key, ab, aB, Ab))
    return Boxes(sha256(shared, server), mac(b)[:24]), Boxes(sha256(shared, own.public), mac(a)[:24])


class Connection:
    """Calls and streams that this side opens; it serves none."""

    @classmethod
    async def dial(cls, address, app_key):
        host, port, server = read_address(address)
        self = cls()
        self.reader, self.writer = await asyncio.open_connection(host, port)
        self.sealer, self.opener = await handshake(self.reader, self.writer, app_key, Key(os.urandom(32)), server)
        self.number, self.waiting, self.streams = 0, {}, {}
        self.task = asyncio.create_task(self._read())
        return self

    def _send(self, flags, number, body):
        self.writer.write(self.sealer.seal(struct.pack(">BIi", flags, len(body), number) + body))

    def _open(self, flags, request):
        self.number += 1
        self._send(flags | JSON, self.number, json.dumps(request).encode())
        return self.number

    async def call(self, path, *arguments):
        answer = asyncio.get_running_loop().create_future()
        self.waiting[self._open(0, {"name": path.split("."), "args": list(arguments)})] = answer
        return await answer

    def duplex(self, path, take):
        """Opens a duplex stream; what comes goes to take, what is given to the result is sent."""
        number = self._open(STREAM, {"name": path.split("."), "args": [], "type": "duplex"})
        self.streams[number] = take
        return lambda item: self._send(STREAM | BYTES, number, item)

    async def _read(self):
        data = b""
        try:
            while True:
                while len(data) < 9 or len(data) < 9 + struct.unpack(">I", data[1:5])[0]:
                    more = await self.opener.open(self.reader)
                    if more is None:
                        return
                    data += more
                flags, length, number = struct.unpack(">BIi", data[:9])
                body, data = data[9:9 + length], data[9 + length:]
                if flags == length == number == 0:
                    return
                self._take(flags, -number, body)
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            pass
        finally:
            for answer in self.waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionError("Closed"))
            for take in self.streams.values():
                take(None)

    def _take(self, flags, number, body):
        value = body if flags & 3 == BYTES else body.decode() if flags & 3 == TEXT else json.loads(body)
        if number < 0:
            return  # the other side opens nothing here that this client serves
        if not flags & STREAM:
            answer = self.waiting.pop(number, None)
            if answer and not answer.done():
                if flags & END:
                    answer.set_exception(ConnectionError(str(value)))
                else:
                    answer.set_result(value)
        elif number in self.streams:
            if flags & END:
                self._send(STREAM | END | JSON, number, b"true")
                self.streams.pop(number)(None)
            else:
                self.streams[number](value)

    async def close(self):
        self.task.cancel()
        self.writer.write(self.sealer.seal(bytes(9)) + self.sealer.goodbye())
        self.writer.close()
