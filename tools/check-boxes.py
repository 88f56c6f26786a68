"""A second implementation of docs/protocol/boxes.md, section 4, in Python's standard library alone: checks vectors/boxes.

Slow, not constant time, for checking only. Usage: python3 tools/check-boxes.py
"""
import hashlib
import json
import pathlib
import struct

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
LABEL_BOX = b"secrets/1/box"


# Ed25519 in extended coordinates (RFC 8032)
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def mul(s, p):
    r = (0, 1, 1, 0)
    while s:
        if s & 1:
            r = add(r, p)
        p, s = add(p, p), s >> 1
    return r


def recover(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return P - x if x & 1 != sign else x


def decode(b):
    n = int.from_bytes(b, "little")
    y = n & (2**255 - 1)
    x = recover(y, n >> 255)
    return x, y, 1, x * y % P


def encode(p):
    z = pow(p[2], P - 2, P)
    return (p[1] * z % P | (p[0] * z % P & 1) << 255).to_bytes(32, "little")


BY = 4 * pow(5, P - 2, P) % P
BX = recover(BY, 0)
BASE = (BX, BY, 1, BX * BY % P)


# HKDF over HMAC-BLAKE2b-512
def hmac(key, message):
    key = key.ljust(128, b"\0")
    inner = hashlib.blake2b(bytes(x ^ 0x36 for x in key) + message).digest()
    return hashlib.blake2b(bytes(x ^ 0x5C for x in key) + inner).digest()


def hkdf(ikm, salt, info, size):
    prk, block, out, counter = hmac(salt or bytes(64), ikm), b"", b"", 1
    while len(out) < size:
        block = hmac(prk, block + info + bytes([counter]))
        out, counter = out + block, counter + 1
    return out[:size]


# XChaCha20-Poly1305
CONSTANTS = list(struct.unpack("<4I", b"expand 32-byte k"))
QUARTERS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def rounds(s):
    for _ in range(10):
        for a, b, c, d in QUARTERS:
            for x, y, z, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                s[x] = (s[x] + s[y]) & 0xFFFFFFFF
                s[z] ^= s[x]
                s[z] = (s[z] << n | s[z] >> 32 - n) & 0xFFFFFFFF


def hchacha(key, nonce):
    s = CONSTANTS + list(struct.unpack("<8I", key)) + list(struct.unpack("<4I", nonce))
    rounds(s)
    return struct.pack("<8I", *(s[:4] + s[12:]))


def chacha(key, counter, nonce):
    s = CONSTANTS + list(struct.unpack("<8I", key)) + [counter] + list(struct.unpack("<3I", nonce))
    w = s[:]
    rounds(w)
    return struct.pack("<16I", *[(a + b) & 0xFFFFFFFF for a, b in zip(w, s)])


def poly1305(key, message):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for i in range(0, len(message), 16):
        total = (total + int.from_bytes(message[i:i + 16] + b"\1", "little")) * r % (2**130 - 5)
    return (total + int.from_bytes(key[16:], "little") & 2**128 - 1).to_bytes(16, "little")


def xchacha_seal(key, nonce, ad, message):
    key, nonce = hchacha(key, nonce[:16]), bytes(4) + nonce[16:]
    ct = b"".join(bytes(x ^ y for x, y in zip(message[i:i + 64], chacha(key, 1 + i // 64, nonce))) for i in range(0, len(message), 64))
    pad = lambda b: b + bytes(-len(b) % 16)
    return ct + poly1305(chacha(key, 0, nonce)[:32], pad(ad) + pad(ct) + struct.pack("<QQ", len(ad), len(ct)))


# Boxes
def clamp(b):
    b = bytearray(b)
    b[0] &= 248
    b[31] = b[31] & 127 | 64
    return int.from_bytes(b, "little")


def derive(write_capability, relay, box_class):
    seed, k, e = write_capability[:32], write_capability[40:72], write_capability[72:104]
    context = LABEL_BOX + bytes([box_class]) + relay
    f = clamp(hashlib.new("sha512_256", hkdf(k, context, b"", 32)).digest()) % L
    a = clamp(hashlib.sha512(seed).digest()[:32])
    s = f * a % L
    address = encode(mul(s, BASE))
    assert address == encode(mul(f, decode(encode(mul(a, BASE))))), "reader and writer differ"
    return address, hkdf(e, context, b"", 32), s


def sign(s, address, payload):
    number = lambda b: int.from_bytes(b, "little")
    d = hashlib.sha512(s.to_bytes(32, "little")).digest()
    r = number(hashlib.sha512(d[32:] + payload + d[33:]).digest()) % L
    big_r = encode(mul(r, BASE))
    h = number(hashlib.sha512(big_r + address + payload).digest()) % L
    return big_r + ((r + h * s) % L).to_bytes(32, "little")


def seal(write_capability, relay, box_class, kind, body):
    address, key, s = derive(write_capability, relay, box_class)
    keyed = lambda k, message, size: hashlib.blake2b(message, key=k, digest_size=size).digest()
    plaintext = (bytes([1, kind]) + struct.pack(">H", len(body)) + body).ljust({1: 4056, 2: 65496}[box_class], b"\0")
    nonce = keyed(keyed(key, b"secrets/1/n", 32), address + plaintext, 24)
    payload = nonce + xchacha_seal(keyed(key, b"secrets/1/x", 32), nonce, address, plaintext)
    return address, sign(s, address, payload), payload


def labelled(label, *fields):
    prefixed = b"".join(struct.pack(">I", len(x)) + x for x in (label, *fields))
    return hashlib.blake2b(prefixed, digest_size=32).digest()


def check(operation, given, expected):
    raw = {name: bytes.fromhex(value) for name, value in given.items() if len(value) % 2 == 0 and all(c in "0123456789abcdef" for c in value)}
    if operation == "WriteCapability.Generate":
        random, mask = raw["random"], 2**62 - 1
        start = (int.from_bytes(random[:8], "little") & mask) + (int.from_bytes(random[8:16], "little") & mask)
        out = hkdf(random[16:48], b"", struct.pack("<Q", start), 96)
        state = struct.pack("<Q", start + 1) + out[64:] + out[32:64] + out[:32]
        return expected["writeCapability"] == (random[48:80] + state).hex()
    if operation == "BoxWriteKeys.Seal":
        address, signature, payload = seal(raw["writeCapability"], raw["relay"], int(given["class"]), int(given["kind"]), raw["body"])
        same = payload.hex() == expected["payload"] if "payload" in expected else hashlib.blake2b(payload, digest_size=32).hexdigest() == expected["payloadHash"]
        return same and (address.hex(), signature.hex()) == (expected["address"], expected["signature"])
    if operation == "BoxWriteKeys.SignTombstone":
        address, _, s = derive(raw["writeCapability"], raw["relay"], int(given["class"]))
        return (address + sign(s, address, b"")).hex() == expected["tombstone"]
    if operation == "BellBuilder.Ring":
        prefixes = {int.from_bytes(raw["addresses"][i:i + 4], "big") for i in range(0, len(raw["addresses"]), 32)}
        prefixes |= {int.from_bytes(raw["random"][i:i + 4], "little") for i in range(0, len(raw["random"]), 4)}
        head = bytes([1, 4, 0, 0]) + struct.pack(">Q", int(given["number"])) + raw["previous"]
        unsigned = head + b"".join(struct.pack(">I", x) for x in sorted(prefixes))
        return expected["bell"][:-128] == unsigned.hex() and expected["hash"] == labelled(b"secrets/1/bell", raw["relay"], unsigned).hex()
    return None


def main():
    folder = pathlib.Path(__file__).resolve().parent.parent / "vectors" / "boxes"
    counts = {True: 0, False: 0}
    for name in ("boxes.json", "bells.json"):
        for case in json.loads((folder / name).read_text())["cases"]:
            result = check(case["operation"], case["in"], case["out"]) if case["expect"] == "ok" else None
            if result is not None:
                counts[result] += 1
                if not result:
                    print(case["id"], "differs")
    print(counts[True], "agree,", counts[False], "differ")
    raise SystemExit(1 if counts[False] or not counts[True] else 0)


main()
