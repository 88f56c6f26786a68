#!/usr/bin/env python3
"""A second implementation of docs/protocol/store.md, written from that document: runs vectors/store and says how many cases agree.

Shares nothing with the C# code. The primitives come from check-primitives.py and check-sessions.py; AES-128 is below, as FIPS 197 has it.
"""
import hashlib
import importlib.util
import json
import pathlib
import struct

ROOT = pathlib.Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location("sessions", ROOT / "tools/check-sessions.py")
S = importlib.util.module_from_spec(spec)
spec.loader.exec_module(S)
P, h, lp, expand = S.P, S.h, S.lp, S.expand
LABEL = b"secrets/1/store/"


# --- AES-128 (FIPS 197), CBC without padding ---
def xtime(a):
    return (a << 1 ^ (0x1B if a & 0x80 else 0)) & 0xFF


def gmul(a, b):
    out = 0
    while b:
        out, a, b = out ^ (a if b & 1 else 0), xtime(a), b >> 1
    return out


def make_sbox():
    box = []
    for a in range(256):
        inverse = next((b for b in range(256) if gmul(a, b) == 1), 0)
        x = inverse
        for i in range(1, 5):
            x ^= (inverse << i | inverse >> 8 - i) & 0xFF
        box.append(x ^ 0x63)
    return box


SBOX = make_sbox()


def aes_block(key, block):
    words, rcon = [list(key[i:i + 4]) for i in range(0, 16, 4)], 1
    for i in range(4, 44):
        word = words[i - 1]
        if i % 4 == 0:
            word = [SBOX[b] for b in word[1:] + word[:1]]
            word[0] ^= rcon
            rcon = xtime(rcon)
        words.append([a ^ b for a, b in zip(words[i - 4], word)])
    keys = [sum(words[4 * i:4 * i + 4], []) for i in range(11)]
    state = [a ^ b for a, b in zip(block, keys[0])]
    for rnd in range(1, 11):
        state = [SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if rnd < 10:
            state = [gmul(state[c + r], 2) ^ gmul(state[c + (r + 1) % 4], 3) ^ state[c + (r + 2) % 4] ^ state[c + (r + 3) % 4] for c in range(0, 16, 4) for r in range(4)]
        state = [a ^ b for a, b in zip(state, keys[rnd])]
    return bytes(state)


def encrypt_name(key, name):
    first = aes_block(key[:16], P.xor(name[:16], key[16:]))
    return first + aes_block(key[:16], P.xor(name[16:], first))


# --- 3.1, 3.3 ---
def keyed(key, size, message):
    return hashlib.blake2b(message, digest_size=size, key=key).digest()


def derive(key, label, store, size):
    return expand(key, LABEL + label + store, size)


def unseal(key, ad, sealed):
    return S.xchacha_open(key, sealed[:24], ad, sealed[24:])


def blob(storage, store, kind, data):
    name = h(LABEL + [b"commit", b"leaf", b"chunk", b"remnant"][kind - 1], data)
    hidden = encrypt_name(derive(storage, b"name-key", store, 32), name)
    body = bytes([kind]) + lp(data)
    body += bytes(-len(body) % 64)
    sealed = P.xsalsa_seal(derive(storage, b"blob-key", store, 32), keyed(derive(storage, b"blob-nonce-key", store, 32), 24, hidden), body)
    return name, hidden + lp(sealed)


# --- 3.2 ---
class Refused(Exception):
    pass


class Reader:
    def __init__(self, data):
        self.data = data

    def take(self, n):
        if n > len(self.data):
            raise Refused("Malformed")
        out, self.data = self.data[:n], self.data[n:]
        return out

    def number(self, n):
        return int.from_bytes(self.take(n), "big")

    def list(self, n):
        return [self.take(32) for _ in range(n)]


def need(condition, error="Malformed"):
    if not condition:
        raise Refused(error)


def ascending(items):
    return all(a < b for a, b in zip(items, items[1:]))


def read_head(r):
    head = {"part": r.number(1), "ledger": r.take(32)}
    size = r.number(1)
    need(head["part"] in (1, 2) and size in (0, 32))
    r.take(size)
    head["author"], _ = r.take(32), r.take(8)
    for limit in (16, 64):
        n = r.number(1)
        need(n <= limit)
        head[limit] = r.list(n)
        need(ascending(head[limit]))
    head["others"] = r.list(r.number(1))
    return head


def read_leaf(leaf, head, nodes, facts, used):
    r = Reader(leaf)
    for _ in range(r.number(2)):
        entity = (r.take(r.number(1)), r.take(16))
        count = r.number(2)
        need(count)
        for _ in range(count):
            operation, flags = r.number(1), r.number(1)
            need(operation in (1, 2) and flags < 4 and flags >> 1 == head["part"] - 1)
            attribute, dots = r.take(r.number(1)), []
            for _ in range(r.number(2)):
                author = r.number(1)
                need(author <= len(head["others"]))
                used.add(author)
                dots.append((author, r.number(8), r.number(2)))
            need(ascending(dots) and (operation == 1 or dots))
            value = (9,)
            if operation == 1:
                kind = r.number(1)
                need(1 <= kind <= 7)
                reference = r.take(r.number(1)) if kind == 6 else b""
                size = {3: 8, 5: 8, 4: 1, 6: 16}.get(kind) or r.number(4)
                data = r.take(size) if size <= 1024 or kind in (3, 4, 5, 6) else b""
                while size > 1024 and len(data) < size:
                    name = r.take(32)
                    need(name in nodes, "MissingNode")
                    data += nodes[name]
                value = (kind, reference, data)
            facts.append((entity, attribute, flags, operation, value))
    need(not r.data)


def read_commit(data, chunks):
    need(data and data[0] == 1, "UnknownVersion" if data else "Malformed")
    r = Reader(data[1:])
    head, facts, used = read_head(r), [], {0}
    need(r.number(1) == 1)
    read_leaf(r.take(r.number(4)), head, {h(LABEL + b"chunk", c): c for c in chunks}, facts, used)
    signature = r.take(64 if head["part"] == 1 else 0)
    need(not r.data and facts)
    keys = [(f[0], f[1], f[2], f[3], f[4]) for f in facts]
    need(ascending(keys) and not any(a[:3] == b[:3] and not a[2] & 1 for a, b in zip(keys, keys[1:])), "NotCanonical")
    need(ascending(head["others"]) and head["author"] not in head["others"] and len(used) == 1 + len(head["others"]), "NotCanonical")
    if signature:
        need(P.verify(head["author"], h(LABEL + b"commit-signature", data[:-64]), signature), "BadSignature")
    return {"name": h(LABEL + b"commit", data).hex(), "author": head["author"].hex(), "factCount": len(facts)}


def read_remnant(data, leaves):
    need(data and data[0] == 1, "UnknownVersion" if data else "Malformed")
    r = Reader(data[1:])
    name, head, facts, used = r.take(32), read_head(r), [], {0}
    places = [r.number(2) for _ in range(r.number(2))]
    need(ascending(places) and not head[64])
    nodes = {h(LABEL + b"leaf", leaf): leaf for leaf in leaves}
    for leaf in r.list(r.number(2)):
        need(leaf in nodes, "MissingNode")
        read_leaf(nodes[leaf], head, {}, facts, used)
    need(not r.data and len(facts) == len(places))
    need(len(used) == 1 + len(head["others"]), "NotCanonical")
    return {"name": name.hex(), "author": head["author"].hex(), "places": places}


# --- 3.4 ---
KINDS = {2: b"recovery-key-pair", 3: b"device-key-pair"}


def key_pair(kind, key):
    seed = expand(key, LABEL + KINDS[kind], 96)
    ek, dk = S.kem_key(seed[32:])
    return seed[:32], dk, S.public(seed[:32]) + ek


def slot_id(kind, public):
    return h(LABEL + b"key-slot-id", bytes([kind]), public)


def read_slot(r):
    return r.number(1), r.take(1216), r.take(32), r.take(1088), r.take(r.number(2))


def open_slot(slot, key, store):
    kind, public, fresh, ct, sealed = slot
    private, dk, own = key_pair(kind, key)
    if own != public:
        return None
    th = h(LABEL + b"key-slot", store, bytes([kind]), public, fresh, ct)
    prk = S.mac(bytes(32), S.dh(private, fresh) + S.decapsulate(dk, ct))
    return S.xchacha_open(expand(prk, LABEL + b"key-slot-key" + th, 32), bytes(24), th, sealed)


def open_keys(v, x):
    data = x("file")
    need(keyed(b"", 16, data[:-16]) == data[-16:] and data[:8] == b"SECSTORE", "Damaged")
    r = Reader(data[8:-48])
    version, store, ledger, generation, count, kind = r.number(2), r.take(32), r.take(32), r.take(4), r.number(1), r.number(1)
    need(version in (1, 2) and kind == 1 and 1 <= count <= 16 and (version == 2 or count == 1), "Damaged")
    lock, sealed = r.take(24), r.take(72)
    slots = [read_slot(r) for _ in range(count - 1)]
    ids = [slot_id(slot[0], slot[1]) for slot in slots]
    data_key = r.take(r.number(1)) if version == 2 else b""
    need(ascending(ids) and len(data_key) in (0, 72) and (version == 1 or count > 1 or data_key), "Damaged")
    root = r.take(r.number(2))
    need(not r.data, "Damaged")
    memory, passes = struct.unpack(">II", lock[16:])
    password = P.argon2id(x("password"), lock[:16], passes, memory, 32)
    ad = lp(LABEL + b"password-slot") + store + b"\x01" + lock + b"".join(i for i, slot in zip(ids, slots) if slot[0] == 2)
    storage = unseal(expand(password, LABEL + b"password-slot-key", 32), ad, sealed)
    need(keyed(derive(storage, b"key-slots-mac-key", store, 32), 32, data[:-48]) == data[-48:-16], "Damaged")
    found = {"storageKey": storage.hex()}
    if data_key:
        found["dataKey"] = unseal(derive(storage, b"data-key-key", store, 32), lp(LABEL + b"data-key") + store + generation, data_key).hex()
    if root:
        found["root"] = unseal(expand(password, LABEL + b"backup-root-key", 32), lp(LABEL + b"backup-root") + ledger + lock, root).hex()
    for slot in slots:
        opened = open_slot(slot, x("recoveryKey" if slot[0] == 2 else "deviceKey"), store)
        need(opened == storage + (bytes.fromhex(found.get("root", "")) if slot[0] == 2 else b""), "Damaged")
    return found


def run(operation, v):
    def x(name):
        return bytes.fromhex(v[name])

    if operation == "StorageKey.Derive":
        return {"key": expand(x("storageKey"), v["label"].encode() + x("storeId"), 32).hex()}
    if operation == "ExportFile.PaddedSize":
        e = v["length"].bit_length() - 1
        mask = (1 << max(0, e - e.bit_length())) - 1
        return {"padded": v["length"] + mask & ~mask}
    if operation == "BlobCipher.Seal":
        name, sealed = blob(x("storageKey"), x("storeId"), v["kind"], x("bytes"))
        return {"name": name.hex(), "blob": sealed.hex()}
    if operation == "CommitReader.TryRead":
        return read_commit(x("bytes"), [bytes.fromhex(c) for c in v["chunks"]])
    if operation == "CommitReader.TryReadRemnant":
        return read_remnant(x("bytes"), [bytes.fromhex(c) for c in v["leaves"]])
    if operation == "SlotId.Derive":
        return {"id": h(LABEL + b"slot-id", x("use"), x("subject"))[:16].hex()}
    if operation == "SlotCipher.Seal":
        body = lp(x("value"))
        ad = lp(LABEL + b"slot") + x("storeId") + x("id") + struct.pack(">Q", v["version"])
        return {"sealed": P.xchacha_seal(x("key"), bytes(24), ad, body + bytes(-len(body) % 64)).hex()}
    if operation == "SlotTable.Hash":
        return {"hash": h(LABEL + b"slot-versions", b"".join(i + struct.pack(">Q", n) for i, n in sorted((bytes.fromhex(i), n) for i, n in zip(v["ids"], v["versions"])))).hex()}
    if operation == "LogCipher.TryRead":
        record = x("record")
        _, kind, _, length, _, b, _, m = struct.unpack(">BBHIQIII", record[:28])
        tag = keyed(derive(x("storageKey"), b"record-mac-key", x("storeId"), 32), 32, x("previousMac") + record[:-32])
        need(length == len(record) and tag == record[-32:])
        ad = lp(LABEL + b"record") + x("storeId") + record[1:2] + record[8:16]
        need(unseal(derive(x("storageKey"), b"record-key", x("storeId"), 32), ad, record[-32 - m:-32]))
        return {"kind": kind, "blobs": record[28:28 + b].hex(), "mac": tag.hex()}
    if operation == "StoreHeader.TryRead":
        plain = unseal(derive(x("storageKey"), b"header-key", x("storeId"), 32), lp(LABEL + b"header") + x("storeId") + bytes([v["buffer"]]), x("bytes"))
        return {"generation": int.from_bytes(plain[:8], "big"), "sequence": int.from_bytes(plain[8:16], "big"), "slotKey": plain[20:52].hex()}
    if operation == "SlotKeyPair.Derive":
        public = key_pair(v["kind"], x("key"))[2]
        return {"publicKey": public.hex(), "id": slot_id(v["kind"], public).hex()}
    if operation == "KeySlot.TryOpen":
        opened = open_slot(read_slot(Reader(x("slot"))), x("key"), x("storeId"))
        return {"storageKey": opened[:32].hex(), "root": opened[32:].hex()}
    if operation == "KeySlots.TryRead":
        return open_keys(v, x)
    raise ValueError(operation)


def main():
    agree, differ = 0, []
    for case in json.loads((ROOT / "vectors/store/store.json").read_text())["cases"]:
        try:
            error, out = "ok", run(case["operation"], case["in"])
        except Refused as refusal:
            error, out = str(refusal), {}
        if error == case["expect"] and {name: out.get(name) for name in case["out"]} == case["out"]:
            agree += 1
        else:
            differ.append(case["id"])
    print(f"{agree} agree, {len(differ)} differ", *differ)


if __name__ == "__main__":
    main()
