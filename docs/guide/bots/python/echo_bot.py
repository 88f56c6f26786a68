#!/usr/bin/env python3
"""An echo bot: what others write in any chat of an identity, it writes back. Python's standard library and libsodium, nothing else.

Usage: echo_bot.py CONNECT.JSON     (the file that `secrets daemon` names when it is ready)
"""
import base64
import ctypes
import hashlib
import hmac
import json
import os
import socket
import struct
import sys
import time

sodium = ctypes.CDLL("libsodium.so.23")
sodium.sodium_init()


def made(size, function, *arguments):
    """What a function of libsodium writes; lengths are 64 bits there."""
    out = ctypes.create_string_buffer(size)
    if getattr(sodium, function)(out, *(ctypes.c_ulonglong(a) if isinstance(a, int) else a for a in arguments)) != 0:
        raise ConnectionError(f"refused by {function}")
    return out.raw


def seal(key, nonce, text):
    return made(len(text) + 16, "crypto_secretbox_easy", text, len(text), nonce, key)


def unseal(key, nonce, box):
    return made(len(box) - 16, "crypto_secretbox_open_easy", box, len(box), nonce, key)


def agree(private, public):
    return made(32, "crypto_scalarmult", private, public)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


class Refused(Exception):
    """The daemon's word for why it didn't do something."""


class Daemon:
    """A connection to the daemon: docs/protocol/stack.md, the side that dials, with calls and one source."""

    def __init__(self, address, app_key, seed):
        way, _, key = address.split(";")[0].partition("~shs:")
        if way.startswith("unix:"):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(way[5:])
        else:
            host, _, port = way.removeprefix("net:").rpartition(":")
            self.socket = socket.create_connection((host, int(port)))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.shake_hands(app_key, seed, base64.b64decode(key))
        self.data, self.number, self.answers, self.items = b"", 0, {}, []

    # Section 3.2: who are you, without telling anybody else
    def shake_hands(self, app_key, seed, server):
        mac = lambda key: hmac.new(app_key, key, "sha512").digest()[:32]
        client = made(32, "crypto_sign_seed_keypair", ctypes.create_string_buffer(64), seed)
        private = seed + client
        ephemeral = os.urandom(32)
        a = made(32, "crypto_scalarmult_base", ephemeral)
        self.socket.sendall(mac(a) + a)
        challenge = self.take(64)
        b = challenge[32:]
        if not hmac.compare_digest(mac(b), challenge[:32]) or a == b:
            raise ConnectionError("another app key")
        ab = agree(ephemeral, b)
        aB = agree(ephemeral, made(32, "crypto_sign_ed25519_pk_to_curve25519", server))
        Ab = agree(made(32, "crypto_sign_ed25519_sk_to_curve25519", private), b)
        sign = lambda text: made(64, "crypto_sign_detached", None, text, len(text), private)
        hello = sign(app_key + server + sha256(ab)) + client
        self.socket.sendall(seal(sha256(app_key, ab, aB), bytes(24), hello))
        signature = unseal(sha256(app_key, ab, aB, Ab), bytes(24), self.take(80))
        signed = app_key + hello + sha256(ab)
        if sodium.crypto_sign_verify_detached(signature, signed, ctypes.c_ulonglong(len(signed)), server) != 0:
            raise ConnectionError("the daemon has another key")
        shared = sha256(sha256(app_key, ab, aB, Ab))
        self.send_key, self.send_nonce = sha256(shared, server), int.from_bytes(mac(b)[:24], "big")
        self.take_key, self.take_nonce = sha256(shared, client), int.from_bytes(mac(a)[:24], "big")

    def take(self, size):
        data = b""
        while len(data) < size:
            more = self.socket.recv(size - len(data))
            if not more:
                raise ConnectionError("the daemon is gone")
            data += more
        return data

    # Section 3.3: boxes of at most 4,096 bytes, two nonces each
    def send(self, data):
        for at in range(0, len(data), 4096):
            n = self.send_nonce
            self.send_nonce = (n + 2) % 2**192
            body = seal(self.send_key, ((n + 1) % 2**192).to_bytes(24, "big"), data[at:at + 4096])
            head = seal(self.send_key, n.to_bytes(24, "big"), struct.pack(">H", len(body) - 16) + body[:16])
            self.socket.sendall(head + body[16:])

    def take_box(self):
        n = self.take_nonce
        self.take_nonce = (n + 2) % 2**192
        head = unseal(self.take_key, n.to_bytes(24, "big"), self.take(34))
        if not any(head):
            raise ConnectionError("the daemon said goodbye")
        return unseal(self.take_key, ((n + 1) % 2**192).to_bytes(24, "big"), head[2:] + self.take(struct.unpack(">H", head[:2])[0]))

    # Section 3.4: packets; answers and items come under the negative of the number that we gave
    def ask(self, flags, name, argument, **more):
        self.number += 1
        body = json.dumps({"name": name.split("."), "args": [argument], **more}).encode()
        self.send(struct.pack(">BIi", flags, len(body), self.number) + body)
        return self.number

    def take_packet(self):
        while len(self.data) < 9 or len(self.data) < 9 + struct.unpack(">I", self.data[1:5])[0]:
            self.data += self.take_box()
        flags, size, number = struct.unpack(">BIi", self.data[:9])
        body, self.data = self.data[9:9 + size], self.data[9 + size:]
        if flags == size == number == 0:
            raise ConnectionError("the daemon said goodbye")
        if flags & 3 == 1:
            body = json.dumps(body.decode()).encode()
        if flags & 8:
            self.items.append((flags, json.loads(body)))
        elif number < 0:
            self.answers[-number] = (flags, json.loads(body))

    def call(self, name, **argument):
        number = self.ask(0x02, name, argument)
        while number not in self.answers:
            self.take_packet()
        flags, answer = self.answers.pop(number)
        if flags & 4:
            raise Refused(answer["name"], answer["message"])
        return answer

    def events(self):
        self.ask(0x0A, "events", {}, type="source")
        while True:
            while not self.items:
                self.take_packet()
            flags, item = self.items.pop(0)
            if flags & 4:
                raise ConnectionError(f"the events ended: {item}")
            yield item


class EchoBot:
    def __init__(self):
        self.begun, self.answered = False, {}  # the position in each chat up to which it is answered

    def answer(self, daemon, chat):
        for message in daemon.call("messages.page", chat=chat, before=None, count=100):
            if message["position"] <= self.answered.get(chat, 0):
                continue
            self.answered[chat] = message["position"]
            if message["kind"] == "text" and not message["own"]:
                try:
                    daemon.call("messages.send", chat=chat, text=message["text"])
                except Refused as refusal:
                    print("not echoed:", *refusal.args, file=sys.stderr)

    def live(self, daemon):
        for event in daemon.events():
            if event["kind"] == "message_added" and not event["message"]["own"]:
                self.answer(daemon, event["chat"]["id"])
            elif event["kind"] == "listening":
                for chat in daemon.call("chats.list"):
                    if self.begun:  # back again: what was said meanwhile
                        self.answer(daemon, chat["id"])
                    elif chat["last_message"]:  # what was there before is not echoed
                        self.answered[chat["id"]] = chat["last_message"]["position"]
                self.begun = True
                print("listening", flush=True)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        connect = json.load(file)
    bot = EchoBot()
    while True:
        try:
            bot.live(Daemon(connect["address"], bytes.fromhex(connect["app_key"]), bytes.fromhex(connect["seed"])))
        except (OSError, Refused) as failure:  # the daemon isn't there, or not any more
            print("again in a second:", *failure.args, file=sys.stderr)
        time.sleep(1)


main()
