#!/usr/bin/env python3
"""A second implementation of docs/protocol/sessions.md, written from that document: runs vectors/sessions and says how many cases agree.

Shares nothing with the C# code. The primitives come from check-primitives.py; ML-KEM-768 is below, as FIPS 203 has it.
"""
import hashlib
import hmac
import importlib.util
import json
import os
import pathlib
import struct

ROOT = pathlib.Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location("primitives", ROOT / "tools/check-primitives.py")
P = importlib.util.module_from_spec(spec)
spec.loader.exec_module(P)

# --- ML-KEM-768 (FIPS 203) ---
Q, N, K = 3329, 256, 3


def bitrev(i):
    return int(f"{i:07b}"[::-1], 2)


ZETAS = [pow(17, bitrev(i), Q) for i in range(128)]
GAMMAS = [pow(17, 2 * bitrev(i) + 1, Q) for i in range(128)]


def ntt(f):
    f, i, size = list(f), 1, 128
    while size >= 2:
        for start in range(0, N, 2 * size):
            z, i = ZETAS[i], i + 1
            for j in range(start, start + size):
                t = z * f[j + size] % Q
                f[j + size], f[j] = (f[j] - t) % Q, (f[j] + t) % Q
        size //= 2
    return f


def inverse_ntt(f):
    f, i, size = list(f), 127, 2
    while size <= 128:
        for start in range(0, N, 2 * size):
            z, i = ZETAS[i], i - 1
            for j in range(start, start + size):
                t = f[j]
                f[j], f[j + size] = (t + f[j + size]) % Q, z * (f[j + size] - t) % Q
        size *= 2
    return [x * 3303 % Q for x in f]


def times(a, b):
    c = [0] * N
    for i in range(128):
        a0, a1, b0, b1 = a[2 * i], a[2 * i + 1], b[2 * i], b[2 * i + 1]
        c[2 * i], c[2 * i + 1] = (a0 * b0 + a1 * b1 * GAMMAS[i]) % Q, (a0 * b1 + a1 * b0) % Q
    return c


def plus(*fs):
    return [sum(x) % Q for x in zip(*fs)]


def pack_bits(f, d):
    n = 0
    for i, x in enumerate(f):
        n |= x << (d * i)
    return n.to_bytes(32 * d, "little")


def unpack_bits(b, d):
    n = int.from_bytes(b, "little")
    return [n >> (d * i) & (1 << d) - 1 for i in range(N)]


def compress(f, d):
    return [((x << d) + Q // 2) // Q & (1 << d) - 1 for x in f]


def decompress(f, d):
    return [(x * Q + (1 << d - 1)) >> d for x in f]


def uniform(seed):
    b, f, i = hashlib.shake_128(seed).digest(2000), [], 0
    while len(f) < N:
        x, y = b[i] | (b[i + 1] & 15) << 8, b[i + 1] >> 4 | b[i + 2] << 4
        f += [v for v in (x, y) if v < Q]
        i += 3
    return f[:N]


def binomial(seed, n):
    bits = int.from_bytes(hashlib.shake_256(seed + bytes([n])).digest(128), "little")
    return [((bits >> 4 * i & 1) + (bits >> 4 * i + 1 & 1) - (bits >> 4 * i + 2 & 1) - (bits >> 4 * i + 3 & 1)) % Q for i in range(N)]


def matrix(rho):
    return [[uniform(rho + bytes([j, i])) for j in range(K)] for i in range(K)]


def kem_key(seed):
    """Seed d ‖ z -> (ek, dk)."""
    g = hashlib.sha3_512(seed[:32] + bytes([K])).digest()
    a = matrix(g[:32])
    s = [ntt(binomial(g[32:], i)) for i in range(K)]
    e = [ntt(binomial(g[32:], K + i)) for i in range(K)]
    t = [plus(*[times(a[i][j], s[j]) for j in range(K)], e[i]) for i in range(K)]
    ek = b"".join(pack_bits(f, 12) for f in t) + g[:32]
    return ek, (b"".join(pack_bits(f, 12) for f in s), ek, seed[32:])


def kem_encrypt(ek, m, r):
    t = [unpack_bits(ek[384 * i:384 * i + 384], 12) for i in range(K)]
    a = matrix(ek[1152:])
    y = [ntt(binomial(r, i)) for i in range(K)]
    u = [plus(inverse_ntt(plus(*[times(a[j][i], y[j]) for j in range(K)])), binomial(r, K + i)) for i in range(K)]
    v = plus(inverse_ntt(plus(*[times(t[j], y[j]) for j in range(K)])), binomial(r, 2 * K), decompress(unpack_bits(m, 1), 1))
    return b"".join(pack_bits(compress(f, 10), 10) for f in u) + pack_bits(compress(v, 4), 4)


def encapsulate(ek, m):
    g = hashlib.sha3_512(m + hashlib.sha3_256(ek).digest()).digest()
    return kem_encrypt(ek, m, g[32:]), g[:32]


def decapsulate(dk, ct):
    secret, ek, z = dk
    s = [unpack_bits(secret[384 * i:384 * i + 384], 12) for i in range(K)]
    u = [ntt(decompress(unpack_bits(ct[320 * i:320 * i + 320], 10), 10)) for i in range(K)]
    v = decompress(unpack_bits(ct[960:], 4), 4)
    w = inverse_ntt(plus(*[times(s[j], u[j]) for j in range(K)]))
    m = pack_bits(compress([(x - y) % Q for x, y in zip(v, w)], 1), 1)
    again, ss = encapsulate(ek, m)
    return ss if again == ct else hashlib.shake_256(z + ct).digest(32)


def reduced(ek):
    return all(x < Q for i in range(K) for x in unpack_bits(ek[384 * i:384 * i + 384], 12))


# --- what the document uses ---
def lp(x):
    return struct.pack(">I", len(x)) + x


def h(label, *fields):
    return hashlib.blake2b(lp(label) + b"".join(map(lp, fields)), digest_size=32).digest()


def mac(key, message, name="sha256"):
    return hmac.new(key, message, name).digest()


def expand(prk, info, size, name="sha256"):
    out = block = b""
    while len(out) < size:
        block = mac(prk, block + info + bytes([len(out) // hashlib.new(name).digest_size + 1]), name)
        out += block
    return out[:size]


def dh(private, public):
    return P.x25519(private, public)


def public(private):
    return P.x25519(private, b"\x09" + bytes(31))


def parts(b, *sizes):
    out, at = [], 0
    for size in sizes:
        out.append(b[at:at + size])
        at += size
    return out


class Random:
    """A seeded source; without a seed that of the system."""

    def __init__(self, seed):
        self.bytes, self.at = seed is not None and P.seeded(struct.pack(">Q", seed), 4096), 0

    def take(self, size):
        if not self.bytes:
            return os.urandom(size)
        self.at += size
        return self.bytes[self.at - size:self.at]


# --- 3.2 text forms ---
ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
PREFIXES = ["secret", "device", "vault", "room", "paper"]


def polymod(prefix, symbols):
    state = 1
    for v in [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + symbols:
        top, state = state >> 25, (state & 0x1ffffff) << 5 ^ v
        for i, g in enumerate((0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3)):
            state ^= g if top >> i & 1 else 0
    return state


def constant(prefix):
    return int.from_bytes(h(b"secrets/1/text", prefix.encode())[:4], "big") >> 2


def encode_text(prefix, data):
    bits = "".join(f"{b:08b}" for b in data)
    bits += "0" * (-len(bits) % 5)
    symbols = [int(bits[i:i + 5], 2) for i in range(0, len(bits), 5)]
    check = polymod(prefix, symbols + [0] * 6) ^ constant(prefix)
    return prefix + "1" + "".join(ALPHABET[s] for s in symbols) + "".join(ALPHABET[check >> 5 * (5 - i) & 31] for i in range(6))


def secret_text(s, relays):
    import base64
    data = b"\1" + s + bytes([len(relays)])
    for relay in relays:
        start, found, key = relay.partition("~shs:")
        data += b"\1" + bytes([len(start)]) + start.encode() + base64.b64decode(key) if found else b"\0" + bytes([len(relay)]) + relay.encode()
    return encode_text("secret", data)


def parse_text(text):
    import base64
    line = "".join(text.split("#")[-1].split()).strip("<>()\"'.,;").lower()
    prefix, found, rest = line.partition("1")
    if not found or prefix not in PREFIXES:
        return "Malformed", {}
    if any(c not in ALPHABET for c in rest):
        return "Typo", {}
    symbols = [ALPHABET.index(c) for c in rest]
    if polymod(prefix, symbols) != constant(prefix):
        return "Typo", {}
    if prefix != "secret":
        return "OtherKind", {}
    bits = "".join(f"{s:05b}" for s in symbols[:-6])
    data = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) // 8 * 8, 8))
    if data[0] != 1:
        return "OtherVersion", {}
    s, count, at, relays = data[1:33], data[33], 34, []
    if count > 3:
        return "Malformed", {}
    for _ in range(count):
        form, size = data[at], data[at + 1]
        relay, at = data[at + 2:at + 2 + size].decode(), at + 2 + size
        if form:
            relay, at = relay + "~shs:" + base64.b64encode(data[at:at + 32]).decode(), at + 32
        relays.append(relay)
    return "ok", {"secret": s.hex(), "id": h(b"secrets/1/id", s).hex(), "relays": relays}


# --- 3.3 offer ---
def texts(items):
    return bytes([len(items)]) + b"".join(bytes([len(x)]) + x.encode() for x in items)


def read_texts(b):
    """A list of texts, and nothing behind it."""
    found, count, b = [], b[0], b[1:]
    for _ in range(count):
        found.append(b[1:1 + b[0]].decode())
        b = b[1 + b[0]:]
    if b:
        raise ValueError("bytes left over")
    return found


def create_offer(v):
    key, seed = bytes.fromhex(v["keys"])[:32], bytes.fromhex(v["keys"])[32:]
    link = bytes.fromhex(v["firstLink"])
    return (b"\0\1" + Random(v["seed"]).take(32) + bytes([v["kind"], 0]) + struct.pack(">I", v["notAfterHours"]) + bytes.fromhex(v["ik"])
            + public(key) + kem_key(seed)[0] + bytes([len(link)]) + link + bytes([len(v["name"].encode())]) + v["name"].encode() + texts(v["relays"]))


def read_offer(b):
    suite, _, kind, flags, hours, ik, pk, ek = parts(b, 2, 32, 1, 1, 4, 32, 32, 1184)
    rest = b[1288:]
    link, rest = rest[1:1 + rest[0]], rest[1 + rest[0]:]
    name, rest = rest[1:1 + rest[0]], rest[1 + rest[0]:]
    relays, count, rest = [], rest[0], rest[1:]
    for _ in range(count):
        relays.append(rest[1:1 + rest[0]].decode())
        rest = rest[1 + rest[0]:]
    if suite != b"\0\1":
        return "OtherSuite", {}
    if kind[0] not in (1, 2, 3, 4) or flags != b"\0" or rest:
        return "Malformed", {}
    if not reduced(ek) or not any(ik) or not any(pk):
        return "BadKey", {}
    return "ok", {"kind": kind[0], "notAfterHours": struct.unpack(">I", hours)[0], "ik": ik.hex(), "pk": pk.hex(), "firstLink": link.hex(),
                  "name": name.decode(), "relays": relays, "ek": ek}


def accept_offer(v):
    if h(b"secrets/1/offer", bytes.fromhex(v["offer"])) != bytes.fromhex(v["secret"]):
        return "NotCommitted", {}
    error, offer = read_offer(bytes.fromhex(v["offer"]))
    if error == "ok" and v["now"] > offer["notAfterHours"] * 3600 + 3600:
        return "Expired", {}
    if error == "ok" and offer["notAfterHours"] * 3600 > v["now"] + (60 if offer["kind"] == 4 else 14) * 86400 + 3600:
        return "TooLong", {}
    offer.pop("ek", None)
    return error, offer


# --- 4.4 key agreement ---
def transcript(v, answer):
    fields = [b"\0\1", bytes.fromhex(v["secret"]), answer[2:34], answer[34:66], answer[66:1154]]
    if "chat" in v:
        fields += [bytes.fromhex(v["chat"]), bytes.fromhex(v["introducer"])]
    return h(b"secrets/1/th1", *fields)


def capability(seed, h0):
    """The channel that follows from a seed and H_0: index 0, advanced once (boxes.md 4.1)."""
    out = P.hkdf(P.hmac_blake2b, 64, h0, b"", bytes(8), 96)
    return seed + struct.pack("<Q", 1) + out[64:] + out[32:64] + out[:32]


def meeting(s, direction):
    m = expand(mac(b"secrets/1/meet", s, "sha512"), direction, 64, "sha512")
    return capability(m[:32], m[32:])


def schedule(v, th1, shared):
    prk = mac(bytes.fromhex(v["secret"]), shared)
    return prk, expand(prk, b"secrets/1/answer" + th1, 32)


def agreed(th1, inner, prk, role, own, peer):
    th2 = h(b"secrets/1/th2", th1, inner)
    rk, hk, nhk, seed, h0, e2 = parts(expand(prk, b"secrets/1/session" + th2, 192), *[32] * 6)
    zero = bytes(32)
    keys = [rk, zero, hk, zero, nhk, zero] if role == 0 else [rk, zero, nhk, zero, hk, zero]
    state = b"\1\0\1" + bytes([role, 2 if role == 0 else 4]) + th2 + b"".join(keys) + bytes(16) + own + peer + b"\0"
    return {"th1": th1.hex(), "th2": th2.hex(), "chat": h(b"secrets/1/chat", th1).hex(), "confirmChannel": capability(seed, h0).hex(), "exporter": e2.hex(), "state": state.hex()}


def create_answer(v):
    offer, random, ik = read_offer(bytes.fromhex(v["offer"]))[1], Random(v["seed"]), bytes.fromhex(v["identity"])
    e = random.take(32)
    ct, ss = encapsulate(offer["ek"], random.take(32))
    pk, oik = bytes.fromhex(offer["pk"]), bytes.fromhex(offer["ik"])
    r, rek_seed = random.take(32), random.take(64)
    answer = b"\0\1" + public(ik) + public(e) + ct
    th1 = transcript(v, answer)
    prk, ka = schedule(v, th1, dh(ik, pk) + dh(e, oik) + dh(e, pk) + ss)
    links, text, name = [bytes.fromhex(x) for x in v["links"]], bytes.fromhex(v["text"]), v["name"].encode()
    inner = (bytes([len(links)]) + b"".join(struct.pack(">H", len(x)) + x for x in links) + public(r) + kem_key(rek_seed)[0]
             + bytes.fromhex(v["pairChannel"]) + bytes.fromhex(v["dataChannel"]) + bytes.fromhex(v["ownSecret"])
             + bytes([len(name)]) + name + texts(v["relays"]) + struct.pack(">H", len(text)) + text)
    sealed = P.xchacha_seal(ka, bytes(24), th1, inner)
    return {"answer": (answer + sealed).hex(), **agreed(th1, sealed, prk, 1, r + rek_seed, bytes(2304))}


def accept_answer(v):
    error, content = open_answer(v)
    return error, {k: x for k, x in content.items() if k not in ("pairChannel", "dataChannel")}


def open_answer(v):
    answer, keys, ik = bytes.fromhex(v["answer"]), bytes.fromhex(v["keys"]), bytes.fromhex(v["identity"])
    if answer[:2] != b"\0\1":
        return "OtherSuite", {}
    if len(answer) < 1154 + 17 or not any(answer[2:34]) or not any(answer[34:66]):
        return "Malformed", {}
    gik, e, ct, sealed = answer[2:34], answer[34:66], answer[66:1154], answer[1154:]
    results = [dh(keys[:32], gik), dh(ik, e), dh(keys[:32], e)]
    if not all(any(x) for x in results):
        return "Rejected", {}
    th1 = transcript(v, answer)
    prk, ka = schedule(v, th1, b"".join(results) + decapsulate(kem_key(keys[32:])[1], ct))
    inner = xchacha_open(ka, bytes(24), th1, sealed)
    if inner is None:
        return "Rejected", {}
    links, at = [], 1
    for _ in range(inner[0]):
        size = struct.unpack(">H", inner[at:at + 2])[0]
        links.append(inner[at + 2:at + 2 + size].hex())
        at += 2 + size
    r, rek, pair, data, own = parts(inner[at:], 32, 1184, 136, 136, 32)
    rest = inner[at + 1520:]
    name, rest = rest[1:1 + rest[0]].decode(), rest[1 + rest[0]:]
    relays, count, rest = [], rest[0], rest[1:]
    for _ in range(count):
        relays.append(rest[1:1 + rest[0]].decode())
        rest = rest[1 + rest[0]:]
    return "ok", {"peer": gik.hex(), "links": links, "pairChannel": pair.hex(), "dataChannel": data.hex(), "name": name, "relays": relays, "ownSecret": own.hex(), "text": rest[2:].hex(),
                  **agreed(th1, sealed, prk, 0, b"", r + rek + bytes(1088))}


def xchacha_open(key, nonce, ad, sealed):
    # the stream cipher is its own inverse: seal the ciphertext to get the text, then seal that to compare
    message = P.xchacha_seal(key, nonce, ad, sealed[:-16])[:-16]
    return message if P.xchacha_seal(key, nonce, ad, message) == sealed else None


# --- 4.6 to 4.8 ratchet ---
class Session:
    def __init__(self, b):
        self.role, flags = b[3], b[4]
        self.th2 = b[5:37]
        self.rk, self.hks, self.nhks, self.cks, self.nhkr, self.ckr = parts(b[37:], *[32] * 6)
        self.ns, self.pn, self.nr, self.steps = struct.unpack(">4I", b[229:245])
        at = 245
        self.can, self.pending = bool(flags & 1), bool(flags & 2)
        self.own = self.step = self.hkr = None
        if flags & 4:
            self.own, at = b[at:at + 96], at + 96
        if flags & 1:
            self.step, at = b[at:at + 2304], at + 2304
        self.peer, at = b[at:at + 2304], at + 2304
        self.skipped, self.old = [], []
        if flags & 8:
            (self.hkr, self.skipped), at = self.chain(b, at)
        for _ in range(b[at]):
            older, end = self.chain(b, at + 1)
            self.old, at = self.old + [older], end - 1

    @staticmethod
    def chain(b, at):
        count = struct.unpack(">H", b[at + 32:at + 34])[0]
        if at + 34 + 36 * count > len(b):
            raise IndexError
        return (b[at:at + 32], [(struct.unpack(">I", b[at + 34 + 36 * i:at + 38 + 36 * i])[0], b[at + 38 + 36 * i:at + 70 + 36 * i]) for i in range(count)]), at + 34 + 36 * count

    def write(self):
        flags = self.can | self.pending << 1 | (self.own is not None) << 2 | (self.hkr is not None) << 3
        chain = lambda key, skipped: key + struct.pack(">H", len(skipped)) + b"".join(struct.pack(">I", n) + k for n, k in skipped)
        return (b"\1\0\1" + bytes([self.role, flags]) + self.th2 + self.rk + self.hks + self.nhks + self.cks + self.nhkr + self.ckr
                + struct.pack(">4I", self.ns, self.pn, self.nr, self.steps) + (self.own or b"") + (self.step or b"") + self.peer
                + (chain(self.hkr, self.skipped) if self.hkr else b"") + bytes([len(self.old)]) + b"".join(chain(*c) for c in self.old))

    def root(self, shared, new, peer):
        prk = mac(self.rk, shared)
        step = h(b"secrets/1/step", new[:32], new[32:1216], new[1216:], peer[:32], peer[32:1216])
        return parts(expand(prk, b"secrets/1/root" + step, 96), 32, 32, 32)

    def encrypt(self, plaintext, random):
        if self.pending:
            key, seed = random.take(32), random.take(64)
            ct, ss = encapsulate(self.peer[32:1216], random.take(32))
            self.step = public(key) + kem_key(seed)[0] + ct
            self.hks = self.nhks
            self.rk, self.cks, self.nhks = self.root(dh(key, self.peer[:32]) + ss, self.step, self.peer)
            self.own, self.pn, self.ns, self.pending, self.can, self.steps = key + seed, self.ns, 0, False, True, self.steps + 1
        header = b"\1\0" + struct.pack(">H", len(plaintext)) + self.step[:32] + struct.pack(">II", self.pn, self.ns) + self.step[32:] + bytes(4)
        nonce = random.take(24)
        sealed = nonce + P.xchacha_seal(self.hks, nonce, b"secrets/1/hdr\0\1" + bytes([self.role]), header)
        mk, self.cks, self.ns = mac(self.cks, b"\1"), mac(self.cks, b"\2"), self.ns + 1
        ad = self.th2 + bytes([self.role]) + sealed
        return sealed + P.synthetic_seal(expand(mk, b"secrets/1/body", 32), ad, plaintext + bytes(1652 - len(plaintext)))

    def open_body(self, mk, message, header):
        key = expand(mk, b"secrets/1/body", 32)
        ad = self.th2 + bytes([1 - self.role]) + message[:2360]
        text, length = P.synthetic_open(key, ad, message[2360:]), struct.unpack(">H", header[2:4])[0]
        return None if text is None or any(text[length:]) else text[:length]

    def decrypt(self, message):
        if len(message) != 4052:
            return "Malformed", None
        ad = b"secrets/1/hdr\0\1" + bytes([1 - self.role])
        keys = [("present", self.hkr), ("next", self.nhkr if self.own else None)] + [(older, older[0]) for older in reversed(self.old)]
        for kind, key in keys:
            header = xchacha_open(key, message[:24], ad, message[24:2360]) if key else None
            if header:
                break
        else:
            return "Rejected", None
        pn, n = struct.unpack(">II", header[36:44])
        if header[:2] != b"\1\0" or any(header[2316:]) or struct.unpack(">H", header[2:4])[0] > 1652:
            return "Rejected", None
        if isinstance(kind, tuple) or kind == "present" and n < self.nr:
            return self.decrypt_skipped(kind, n, message, header)
        if kind == "present" and header[4:36] + header[44:2316] != self.peer or kind == "next" and (self.hkr and pn < self.nr or not any(header[4:36]) or not reduced(header[44:1228])):
            return "Rejected", None
        if n - self.nr > 25000 if kind == "present" else n + (pn - self.nr if self.hkr else 0) > 25000:
            return "TooFarAhead", None
        ckr, nr, before, skipped = self.ckr, self.nr, [], []
        if kind == "next":
            new = header[4:36] + header[44:2316]
            ek, dk = kem_key(self.own[32:])
            while self.hkr and nr < pn:
                before.append((nr, mac(ckr, b"\1")))
                ckr, nr = mac(ckr, b"\2"), nr + 1
            rk, ckr, nhk = self.root(dh(self.own[:32], new[:32]) + decapsulate(dk, new[1216:]), new, public(self.own[:32]) + ek)
            nr = 0
        while nr < n:
            skipped.append((nr, mac(ckr, b"\1")))
            ckr, nr = mac(ckr, b"\2"), nr + 1
        text = self.open_body(mac(ckr, b"\1"), message, header)
        if text is None:
            return "Rejected", None
        if kind == "next":
            if self.skipped + before:
                self.old.append((self.hkr, self.skipped + before))
            self.hkr, self.nhkr, self.rk, self.peer, self.skipped = self.nhkr, nhk, rk, new, []
            self.own = self.step = None
            self.hks = self.cks = bytes(32)
            self.can, self.pending, self.steps = False, True, self.steps + 1
        self.skipped, self.ckr, self.nr = self.skipped + skipped, mac(ckr, b"\2"), nr + 1
        self.old = self.old[-3:]
        surplus = sum(len(c[1]) for c in self.old) + len(self.skipped) - 2000
        while surplus > 0:
            source = self.old[0][1] if self.old else self.skipped
            cut = min(surplus, len(source))
            del source[:cut]
            surplus -= cut
            if self.old and not self.old[0][1]:
                del self.old[0]
        return "ok", text

    def decrypt_skipped(self, older, n, message, header):
        source = self.skipped if older == "present" else older[1]
        found = [k for m, k in source if m == n]
        if not found:
            return "Duplicate", None
        text = self.open_body(found[0], message, header)
        if text is None:
            return "Rejected", None
        source[:] = [(m, k) for m, k in source if m != n]
        self.old = [c for c in self.old if c[1]]
        return "ok", text


# --- the cases ---
def run(operation, v):
    x = lambda name: bytes.fromhex(v[name])
    if operation == "Secret.Of":
        s = h(b"secrets/1/offer", x("offer"))
        text = secret_text(s, v["relays"])
        return "ok", {"secret": s.hex(), "id": h(b"secrets/1/id", s).hex(), "text": text, "qr": text.upper(), "link": v["app"] + "#" + text}
    if operation == "Secret.TryParse":
        return parse_text(v["text"])
    if operation == "Offer.Create":
        return "ok", {"offer": create_offer(v).hex()}
    if operation == "Offer.TryAccept":
        return accept_offer(v)
    if operation == "Meeting.Derive":
        return "ok", {"writeCapability": meeting(x("secret"), v["direction"].encode() + bytes.fromhex(v.get("answerer", ""))).hex()}
    if operation == "GuestAgreement.TryCreate":
        return "ok", create_answer(v)
    if operation == "OwnerAgreement.TryAccept":
        return accept_answer(v)
    if operation == "OwnerAgreement.TryReadTranscript":
        return "ok", {"th1": transcript(v, x("answer")).hex()}
    if operation == "Session.Encrypt":
        session = Session(x("state"))
        message = session.encrypt(x("plaintext"), Random(v["seed"]))
        return "ok", {"message": message.hex(), "stateHash": hashlib.blake2b(session.write(), digest_size=32).hexdigest()}
    if operation == "Session.TryDecrypt":
        session = Session(x("state"))
        error, text = session.decrypt(x("message"))
        out = {} if text is None else {"plaintext": text.hex()}
        return error, {**out, "stateHash": hashlib.blake2b(session.write(), digest_size=32).hexdigest()}
    if operation == "Session.TryImport":
        b = x("state")
        if b[0] != 1:
            return "OtherVersion", {}
        if b[4] & ~15:
            return "Malformed", {}
        try:
            session = Session(b)
        except (IndexError, struct.error):
            return "Malformed", {}
        if session.write() != b:
            return "Malformed", {}
        return "ok", {"role": ["Owner", "Guest"][session.role], "th2": session.th2.hex(), "canEncrypt": session.can or session.pending, "rootSteps": session.steps}
    if operation == "AgreementExporter.ComputeAlso":
        return "ok", {"also": mac(x("exporter"), b"secrets/1/also" + bytes([v["role"]]) + x("th2")).hex()}
    if operation == "SafetyNumber.Compute":
        a, b = sorted((x("a"), x("b")))
        digest = hashlib.blake2b(lp(b"secrets/1/safety") + lp(struct.pack(">H", v["suite"])) + lp(a) + lp(b)).digest()
        for _ in range(5200):
            digest = hashlib.blake2b(digest + a + b).digest()
        return "ok", {"digits": " ".join(f"{int.from_bytes(digest[5 * i:5 * i + 5], 'big') % 100000:05d}" for i in range(12))}
    raise ValueError(operation)


def main():
    agree, differ = 0, []
    for path in sorted((ROOT / "vectors/sessions").glob("*.json")):
        for case in json.loads(path.read_text())["cases"]:
            error, out = run(case["operation"], case["in"])
            if error == case["expect"] and out == case["out"]:
                agree += 1
            else:
                differ.append(case["id"])
    print(f"{agree} agree, {len(differ)} differ", *differ)


if __name__ == "__main__":
    main()
