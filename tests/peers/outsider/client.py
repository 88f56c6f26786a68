#!/usr/bin/env python3
"""A participant in a chat of two, written from docs/protocol alone: slow, not constant time, all state in memory. Never use it to talk.

Usage: client.py [--name NAME] [--relay ADDRESS] [--ack-after SECONDS] [--rotate-after BOXES]
           joins: the first line of standard input is the secret
       client.py --create --relay ADDRESS …
           creates the chat, and prints its secret
Each further line is a text to say, plain or as a JSON string; the end of input ends it.
Prints one JSON object a line: secret, offer, answered, confirmed, said, received, text, rotated, unknown, problem.
"""
import argparse
import asyncio
import json
import os
import random
import struct
import sys
import time

import chat
from boxes import ANSWER, DATA, LARGE, OCCUPIED, OFFER, OK, SESSION, Place, Reader, Relay, Writer
from shared import Key, S, parts, spawn

PAIR, DATA_CHANNEL, CONFIRM_CHANNEL = "pair", "data", "confirm"


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


class Participant:
    def __init__(self, options):
        self.options = options
        self.ik = os.urandom(32)
        self.link = chat.create_chain(Key(os.urandom(32)), S.public(self.ik))
        self.id = chat.read_first_link(self.link)[0]
        self.known, self.clock, self.parts = chat.Known(), chat.Clock(), chat.Assembler()
        self.out = {PAIR: chat.SendingLog(Writer.start(), chat.SESSION), DATA_CHANNEL: chat.SendingLog(Writer.start(), chat.DATA_BOX)}
        self.capabilities = {name: log.writer.read_capability for name, log in self.out.items()}
        self.incoming, self.sent = [], {}  # logs of the channels that are read; texts that are not acknowledged
        self.confirmed, self.due, self.order = asyncio.Event(), None, asyncio.Lock()

    # The guest (sessions.md 4.1, 4.2)
    async def join(self, text):
        error, secret = S.parse_text(text)
        if error != "ok":
            raise ValueError(error)
        self.secret = bytes.fromhex(secret["secret"])
        self.relay = await Relay.dial(self.options.relay or secret["relays"][0])
        offer = await self.find_offer()
        error, content = S.accept_offer({"offer": offer.hex(), "secret": secret["secret"], "now": int(time.time())})
        if error != "ok":
            raise ValueError(error)
        self.peer, ik = chat.read_first_link(bytes.fromhex(content["firstLink"]))
        if ik.hex() != content["ik"] or ik == S.public(self.ik):
            raise ValueError("the offer's key")
        self.relays = content["relays"]
        say("offer", name=content["name"], kind=content["kind"], relays=content["relays"])
        answer = S.create_answer({
            "secret": secret["secret"], "offer": offer.hex(), "identity": self.ik.hex(), "links": [self.link.hex()], "seed": None,
            "pairChannel": self.capabilities[PAIR].hex(), "dataChannel": self.capabilities[DATA_CHANNEL].hex(), "ownSecret": bytes(32).hex(),
            "name": self.options.name, "relays": self.relays, "text": ""})
        self.session = S.Session(bytes.fromhex(answer["state"]))
        await self.write_answer(bytes.fromhex(answer["answer"]))
        say("answered", safety=self.safety())
        confirm = Writer(bytes.fromhex(answer["confirmChannel"]))
        Reader(self.relay, confirm.read_capability, self.take_confirm, last=1)

    async def find_offer(self):
        channel = Writer(S.meeting(self.secret, b"offer"))
        place = Place(channel.key.public, channel.state, self.relay.id)
        status, signature, payload = await self.relay.read(place.address, 20)
        opened = place.open(signature, payload) if status == OK else None
        if opened is None or opened[0] != OFFER:
            raise ValueError("there is no offer")
        return opened[1]

    async def write_answer(self, answer):
        channel = Writer(S.meeting(self.secret, b"answer"))
        for _ in range(4):
            status, _, _ = await self.relay.put(channel.write(self.relay.id, ANSWER, answer))
            if status == OK:
                return
            if status == OCCUPIED:
                say("problem", what="somebody has answered before")
        raise ValueError("no answer could be written")

    def take_confirm(self, index, kind, body):
        plaintext = self.decrypt(body) if kind == SESSION else None
        if plaintext is None:
            return
        content = chat.Content(plaintext, chat.SESSION)
        pair, data, rest = parts(content.body, 136, 136)
        if content.type != chat.CONFIRM or rest:
            say("problem", what="confirmation")
            return
        self.open(pair, data)

    # The owner
    async def create(self):
        self.relay, self.relays = await Relay.dial(self.options.relay), [self.options.relay]
        keys = os.urandom(96)
        self.offer = {"keys": keys.hex(), "seed": None, "kind": 1, "notAfterHours": int(time.time()) // 3600 + 24, "ik": S.public(self.ik).hex(),
                      "firstLink": self.link.hex(), "name": self.options.name, "relays": self.relays}
        offer = S.create_offer(self.offer)
        self.secret = S.h(b"secrets/1/offer", offer)
        status, _, _ = await self.relay.put(Writer(S.meeting(self.secret, b"offer")).write(self.relay.id, OFFER, offer))
        if status != OK:
            raise ValueError("the offer could not be written")
        self.answers = asyncio.Queue()
        answers = Writer(S.meeting(self.secret, b"answer"))
        Reader(self.relay, answers.read_capability, lambda i, k, b: self.answers.put_nowait((k, b)), last=4)
        say("secret", text=S.secret_text(self.secret, self.relays))

    async def take_answers(self):
        while True:
            kind, body = await self.answers.get()
            error, content = S.open_answer({"secret": self.secret.hex(), "answer": body.hex(), "keys": self.offer["keys"], "identity": self.ik.hex()}) \
                if kind == ANSWER else ("kind", {})
            if error == "ok" and chat.read_first_link(bytes.fromhex(content["links"][0]))[1].hex() != content["peer"]:
                error = "BadContent"
            if error != "ok":
                say("problem", what=error)
                continue
            break
        self.peer = chat.read_first_link(bytes.fromhex(content["links"][0]))[0]
        self.session = S.Session(bytes.fromhex(content["state"]))
        say("answered", name=content["name"], safety=self.safety())
        self.out[CONFIRM_CHANNEL] = chat.SendingLog(Writer(bytes.fromhex(content["confirmChannel"])), chat.SESSION)
        await self.send(chat.CONFIRM, self.capabilities[PAIR] + self.capabilities[DATA_CHANNEL], CONFIRM_CHANNEL)
        for direction, count in ((b"offer", 1), (b"answer", 4)):
            channel = Writer(S.meeting(self.secret, direction))
            for _ in range(count):
                await self.relay.delete(*channel.tombstone(self.relay.id))
        self.open(bytes.fromhex(content["pairChannel"]), bytes.fromhex(content["dataChannel"]))

    def open(self, pair, data):
        self.follow(PAIR, pair)
        self.follow(DATA_CHANNEL, data)
        self.confirmed.set()
        say("confirmed", steps=self.session.steps)

    def follow(self, name, capability):
        log = chat.ReceivingLog(name, capability)
        if all(log.id != other.id for other in self.incoming):
            self.incoming.append(log)
            log.reader = Reader(self.relay, capability, lambda i, k, b: self.take_box(log, i, k, b))

    def safety(self):
        return S.run("SafetyNumber.Compute", {"a": self.id.hex(), "b": self.peer.hex(), "suite": 1})[1]["digits"]

    # Receiving (chats.md 4.2)
    def decrypt(self, body):
        error, plaintext = self.session.decrypt(body)
        if error != "ok":
            say("problem", what=error)
        return plaintext

    def take_box(self, log, index, kind, body):
        try:
            name = log.name
            if kind != (SESSION if name == PAIR else DATA):
                raise ValueError("kind")
            plaintext = self.decrypt(body) if name == PAIR else body
            if plaintext is not None:
                self.take(log, index, chat.Content(plaintext, chat.SESSION if name == PAIR else chat.DATA_BOX))
        except (ValueError, struct.error, IndexError) as problem:
            say("problem", what=str(problem))

    def take(self, log, index, content):
        outcome = log.add(index, content)
        if outcome not in ("Added", "AddedLate"):
            say("problem", what=outcome)
            if outcome != "Inconsistent":
                return
        if content.type == chat.READ_CAPABILITY and content.body[:1] == b"\1":
            log.reader.end(index)
        self.clock.observe(content)
        if content.type != chat.ACKNOWLEDGEMENT and self.due is None:
            low, high = self.options.ack_after or 300, self.options.ack_after or 900
            self.due = time.monotonic() + random.SystemRandom().uniform(low, high)
        if not self.known.note(self.peer, content.ms, content.heads):
            return
        self.take_body(log.name, content.type, content.body, content)
        for kind, body in content.riders:
            self.take_body(log.name, kind, body, content)

    def take_body(self, name, kind, body, content):
        if kind == chat.TEXT:
            self.show(name, chat.read_text(body))
        elif kind == chat.TEXT_PART:
            whole = self.parts.add(body)
            if whole is not None:
                self.show(name, whole)
        elif kind == chat.ATTACHMENT and chat.Pointer(body).is_text:
            self.fetch(name, chat.Pointer(body))
        elif kind == chat.ACKNOWLEDGEMENT:
            for channel, (upto, holes) in chat.read_acknowledgement(body).items():
                for place in [p for p in self.sent if p[0] == channel and p[1] < upto and p[1] not in holes]:
                    say("received", text=self.sent.pop(place))
        elif kind == chat.READ_CAPABILITY and body[0] == 1 and len(body) == 137:
            self.follow(PAIR, body[1:])
            say("rotated", who="they")
        elif not kind & chat.CONTROL and not content.flags & 1:
            say("unknown", type=kind)

    def fetch(self, name, pointer):
        first = struct.unpack("<Q", pointer.capability[32:40])[0]

        def take(index, kind, body):
            pointer.add(index - first, body)
            text = pointer.text()
            if text is not None:
                self.show(name, text)
        Reader(self.relay, pointer.capability, take, first + pointer.count - 1, LARGE)

    def show(self, name, text):
        say("text", text=text, channel=name, steps=self.session.steps)

    # Sending (chats.md 4.1)
    async def send(self, kind, body, name):
        """One content message into the next box of a channel; gives its channel id and index."""
        async with self.order:
            if name == PAIR and self.out[PAIR].number >= self.options.rotate_after:
                writer = Writer.start()
                await self.write(chat.READ_CAPABILITY, b"\1" + writer.read_capability, PAIR)
                self.out[PAIR] = chat.SendingLog(writer, chat.SESSION)
                say("rotated", who="me")
            return await self.write(kind, body, name)

    async def write(self, kind, body, name):
        log, riders = self.out[name], []
        if name == PAIR and self.due is not None and not kind & chat.CONTROL and len(body) < 1300:
            riders.append((chat.ACKNOWLEDGEMENT, self.acknowledgement()))
        data = log.compose(kind, body, self.id, self.clock, self.known, riders)
        index = log.writer.state.index
        box = (DATA, data) if log.carrier == chat.DATA_BOX else (SESSION, self.session.encrypt(data, S.Random(None)))
        status, _, _ = await self.relay.put(log.writer.write(self.relay.id, *box))
        if status != OK:
            raise ConnectionError("the relay has something else there")
        return chat.channel_id(log.writer.key.public), index

    async def say(self, text):
        """By the data channel until the confirmation is here, then by the ratchet."""
        body, name = text.encode(), PAIR if self.confirmed.is_set() else DATA_CHANNEL
        for kind, piece in await self.split(body, chat.LONGEST_SAID[self.out[name].carrier]):
            place = await self.send(kind, piece, name)
        self.sent[place] = text
        say("said", text=text, channel=name, steps=self.session.steps)

    async def split(self, body, room):
        if len(body) <= room:
            return [(chat.TEXT, body)]
        pieces = [body[i:i + room - 20] for i in range(0, len(body), room - 20)]
        if len(pieces) <= 8:
            name = os.urandom(16)
            return [(chat.TEXT_PART, name + struct.pack(">BBH", i, len(pieces), len(body)) + x) for i, x in enumerate(pieces)]
        channel, key = Writer.start(), os.urandom(32)
        capability, chunks = channel.read_capability, chat.seal_chunks(key, body)
        for chunk in chunks:
            await self.relay.put(channel.write(self.relay.id, DATA, chunk, LARGE), LARGE)
        return [(chat.ATTACHMENT, chat.write_pointer(capability, len(chunks), key, body, self.relays))]

    def acknowledgement(self):
        self.due = None
        logs = [log for log in reversed(self.incoming) if log.next > log.start][:4]
        return bytes([len(logs)]) + b"".join(log.acknowledgement() for log in logs)

    async def acknowledge(self):
        while True:
            await asyncio.sleep(0.2)
            if self.confirmed.is_set() and self.due is not None and any(log.next > log.start for log in self.incoming) and time.monotonic() >= self.due:
                await self.send(chat.ACKNOWLEDGEMENT, self.acknowledgement(), PAIR)


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--create", action="store_true")
    arguments.add_argument("--name", default="Outsider")
    arguments.add_argument("--ack-after", type=float)
    arguments.add_argument("--rotate-after", type=int, default=255)
    arguments.add_argument("--relay")
    options = arguments.parse_args()
    participant, lines = Participant(options), asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    if options.create:
        await participant.create()
        await participant.take_answers()
    else:
        await participant.join((await lines.readline()).decode())
    acknowledging = spawn(participant.acknowledge())
    while line := await lines.readline():
        await participant.say(json.loads(line) if line.startswith(b'"') else line.decode().rstrip("\n"))
    acknowledging.cancel()
    await participant.relay.connection.close()


if __name__ == "__main__":
    asyncio.run(main())
