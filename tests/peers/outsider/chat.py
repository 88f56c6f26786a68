"""docs/protocol/chains.md (first link) and docs/protocol/chats.md: content messages, their names, logs, acknowledgements."""
import os
import random
import struct
import time
import unicodedata

from shared import Key, P, S, parts

TEXT, TEXT_PART, ATTACHMENT, CONFIRM, READ_CAPABILITY, ACKNOWLEDGEMENT = 1, 2, 3, 0x4001, 0x4002, 0x4003
CONTROL, RIDERS = 0x4000, 2
SESSION, DATA_BOX = "session", "data box"
TAGS = {SESSION: 4, DATA_BOX: 16}
LONGEST = {SESSION: 1652, DATA_BOX: 4052}
LONGEST_SAID = {SESSION: 1526, DATA_BOX: 3830}


def tag(ms, label, other, size):
    return P.blake2b(label + other, size, ms)


# Chains
def create_chain(device, ik):
    """The first link, with a recovery key from a backup root that is not kept."""
    chain_random, beta, root = os.urandom(16), os.urandom(32), Key(os.urandom(32))
    recovery = P.pack(P.mul(P.factor(S.h(b"secrets/1/recovery", beta, chain_random)) * root.scalar % P.L, P.BASE))
    link = b"\1\1" + chain_random + device.public + ik + recovery
    return link + device.sign(b"secrets/1/chain/sign-first" + S.h(b"secrets/1/chain/first", link))


def read_first_link(link):
    """The participant id and the agreement key."""
    head, _, device, ik, recovery, signature, rest = parts(link, 2, 16, 32, 32, 32, 64)
    if head != b"\1\1" or rest or not any(ik) or not P.read_point(device) or not P.read_point(recovery) or device == recovery:
        raise ValueError("first link")
    participant = S.h(b"secrets/1/chain/first", link[:114])
    if not P.verify(device, b"secrets/1/chain/sign-first" + participant, signature):
        raise ValueError("first link")
    return participant, ik


def channel_id(capability):
    return S.h(b"secrets/1/channel", capability[:32])[:16]


# Texts
def allowed(text):
    return all(c in "\n\t" or unicodedata.category(c) != "Cc" for c in text)


def read_text(body):
    text = body.decode()
    if not 1 <= len(body) <= 65536 or not allowed(text):
        raise ValueError("text")
    return text


class Assembler:
    """Texts in parts (4.6)."""

    def __init__(self):
        self.texts = {}

    def add(self, body):
        name, index, count, length, part = parts(body, 16, 1, 1, 2)
        index, count, length = index[0], count[0], struct.unpack(">H", length)[0]
        found = self.texts.setdefault(name, (count, length, {}))
        if not 2 <= count <= 8 or index >= count or not part or found[:2] != (count, length) or found[2].setdefault(index, part) != part:
            self.texts.pop(name, None)
            raise ValueError("PartMismatch")
        if len(self.texts) > 8:
            self.texts.pop(next(iter(self.texts)))
        if len(found[2]) < count:
            return None
        del self.texts[name]
        whole = b"".join(found[2][i] for i in range(count))
        if len(whole) != length:
            raise ValueError("PartMismatch")
        return read_text(whole)


# Attachments (4.7)
CHUNK = 65476


def seal_chunks(key, data):
    count = 1
    while count * CHUNK < len(data):
        count *= 2
    return [P.xchacha_seal(key, bytes(16) + struct.pack(">Q", i), b"secrets/1/attachment" + struct.pack(">H", count),
                           data[i * CHUNK:(i + 1) * CHUNK].ljust(CHUNK, b"\0")) for i in range(count)]


class Pointer:
    """The body of an attachment: where its boxes lie, and what opens them."""

    def __init__(self, body):
        kind, self.capability, count, self.key, self.hash, size, length, rest = parts(body, 1, 136, 2, 32, 32, 8, 1)
        self.is_text, self.count, self.size = kind == b"\1", struct.unpack(">H", count)[0], struct.unpack(">Q", size)[0]
        if kind[0] > 1 or self.count & (self.count - 1) or not 1 <= self.count <= 256 or self.size > self.count * CHUNK:
            raise ValueError("attachment")
        _, length, rest = parts(rest, length[0], 1)
        _, rest = parts(rest, length[0])
        self.relays = S.read_texts(rest)
        self.chunks = {}

    def add(self, number, sealed):
        opened = S.xchacha_open(self.key, bytes(16) + struct.pack(">Q", number), b"secrets/1/attachment" + struct.pack(">H", self.count), sealed)
        if opened is None:
            raise ValueError("Rejected")
        self.chunks[number] = opened

    def text(self):
        """The text when all chunks are there."""
        if len(self.chunks) < self.count:
            return None
        data = b"".join(self.chunks[i] for i in range(self.count))[:self.size]
        if P.blake2b(data, 32) != self.hash:
            raise ValueError("Rejected")
        return read_text(data)


def write_pointer(capability, count, key, data, relays):
    kind = b"text/plain"
    return (b"\1" + capability + struct.pack(">H", count) + key + P.blake2b(data, 32) + struct.pack(">Q", len(data))
            + bytes([len(kind)]) + kind + b"\0" + S.texts(relays))


# Content messages
class Content:
    def __init__(self, data, carrier):
        head, rest = data[:78], data[78:]
        (self.type, self.flags, self.time, self.counter, self.number, self.ms, self.previous, self.generation, self.expiry) = \
            struct.unpack(">HHQHQ16s32sII", head)
        if self.type == 0 or self.flags & 0xFC or self.time >= 2**48:
            raise ValueError("header")
        self.hash, self.heads, self.reply, self.riders = S.h(b"secrets/1/content", data), [], None, []
        if not self.type & CONTROL:
            size = 8 * TAGS[carrier]
            tags, self.reply, rest = parts(rest, size, 16)
            self.heads = [tags[i:i + 8] for i in range(0, size, 8)]
        if self.flags & RIDERS:
            length, rest = struct.unpack(">H", rest[:2])[0], rest[2:]
            rest, riders = parts(rest, length)
            while riders:
                kind, size = struct.unpack(">HH", riders[:4])
                body, riders = parts(riders[4:], size)
                if not kind & CONTROL or len(self.riders) == 8:
                    raise ValueError("InvalidRider")
                self.riders.append((kind, body))
            if not self.riders:
                raise ValueError("InvalidRider")
        self.body = rest


class Known:
    """The messages of a chat by their secrets (4.3), and which of them are to be named next."""

    def __init__(self):
        self.messages = {}  # (author, ms) -> to be named

    def note(self, author, ms, heads):
        """False if it is known already."""
        if (author, ms) in self.messages:
            return False
        for known in self.messages:
            if tag(known[1], b"head", ms, 8) in heads:
                self.messages[known] = False
        self.messages[author, ms] = True
        while len(self.messages) > 2000:
            del self.messages[next(iter(self.messages))]
        return True

    def tags(self, author, ms, count):
        heads = [key for key, named in reversed(self.messages.items()) if named][:count]
        tags = [tag(key[1], b"head", ms, 8) for key in heads] + [os.urandom(8) for _ in range(count - len(heads))]
        random.SystemRandom().shuffle(tags)
        for key in heads:
            self.messages[key] = False
        self.messages[author, ms] = True
        return b"".join(tags)


class Clock:
    """Times of a chat (4.1): milliseconds and a counter within one."""

    def __init__(self):
        self.latest = (0, 0)

    def next(self):
        now = (time.time_ns() // 1_000_000, 0)
        self.latest = max(now, (self.latest[0], self.latest[1] + 1) if self.latest[1] < 65535 else (self.latest[0] + 1, 0))
        return self.latest

    def observe(self, content):
        if content.time <= time.time_ns() // 1_000_000 + 86_400_000:
            self.latest = max(self.latest, (content.time, content.counter))


class SendingLog:
    """A channel of this side: numbers and hashes of what is written to it."""

    def __init__(self, writer, carrier):
        self.writer, self.carrier, self.number, self.previous = writer, carrier, 0, bytes(32)

    def compose(self, kind, body, author, clock, known, riders=()):
        ms = os.urandom(16)
        flags = RIDERS if riders else 0
        head = struct.pack(">HHQHQ16s32sII", kind, flags, *clock.next(), self.number, ms, self.previous, 0, 0)
        said = b"" if kind & CONTROL else known.tags(author, ms, TAGS[self.carrier]) + os.urandom(16)
        tail = body if not riders else struct.pack(">H", len(body)) + body + b"".join(struct.pack(">HH", k, len(b)) + b for k, b in riders)
        data = head + said + tail
        assert len(data) <= LONGEST[self.carrier]
        self.number, self.previous = self.number + 1, S.h(b"secrets/1/content", data)
        return data


class ReceivingLog:
    """A channel of the other side (4.2): what came, and what is missing."""

    def __init__(self, name, capability):
        self.name, self.id = name, channel_id(capability)
        self.start = self.next = struct.unpack("<Q", capability[32:40])[0]
        self.base, self.taken = None, {}  # base: index of the message with number 0

    def add(self, index, content):
        base = index - content.number
        if index < self.start:
            return "TooOld"
        if content.number > index or base > self.start or self.base not in (None, base):
            return "WrongNumber"
        if index >= self.next + 1024:
            return "TooFarAhead"
        if index in self.taken:
            return "Duplicate" if self.taken[index][0] == content.hash else "Equivocation"
        before, after = self.taken.get(index - 1), self.taken.get(index + 1)
        self.base, self.taken[index] = base, (content.hash, content.previous)
        late, self.next = index < self.next, max(self.next, index + 1)
        if before and before[0] != content.previous or after and after[1] != content.hash:
            return "Inconsistent"
        return "AddedLate" if late else "Added"

    def acknowledgement(self):
        holes = [i for i in range(self.start, self.next) if i not in self.taken]
        upto = self.next if len(holes) <= 64 else holes[64]
        return self.id + struct.pack(">QB", upto, len(holes[:64])) + b"".join(struct.pack(">H", upto - i) for i in holes[:64])


def read_acknowledgement(body):
    """Channel id -> (next, holes)."""
    count, rest, found = body[0], body[1:], {}
    for _ in range(count):
        channel, upto, holes, rest = parts(rest, 16, 8, 1)
        upto = struct.unpack(">Q", upto)[0]
        distances, rest = parts(rest, 2 * holes[0])
        found[channel] = (upto, {upto - d for d in struct.unpack(f">{holes[0]}H", distances)})
    if rest or not 1 <= count <= 4:
        raise ValueError("acknowledgement")
    return found
