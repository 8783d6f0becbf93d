#!/usr/bin/env python3
"""A second verifier, written from docs/record-format.md alone: Python's standard library, and `openssl` for Ed25519.

usage: other-verifier.py [--checkpoint FILE] PACK...
Prints one JSON object a pack, {"pack", "ok", "problems"}; exit 0 if all verify, 1 if one does not, 2 if one cannot be read.
"""
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

LIMIT = 2**53 - 1
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
BARE = re.compile(rb'\{"leaf":"([A-Za-z0-9+/]{43}=)"\}')
HEAD = re.compile(r"^[ \t>`]*(\S+)[ \t]*\n[ \t>`]*(0|[1-9][0-9]*)[ \t]*\n[ \t>`]*([A-Za-z0-9+/]{43}=)[ \t]*(?=\n|\Z)", re.M)
DER = bytes.fromhex("302a300506032b6570032100")
FOREVER = float("inf")


def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode("ascii")


def unb64(text, length=None):
    """The bytes of canonical base64, or None."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, TypeError):
        return None
    return data if b64(data) == text and length in (None, len(data)) else None


# --- the line ---------------------------------------------------------------------------------------------------------


def plain(value):
    """Whether a value belongs to the subset: no null, no fraction, no large number, no name outside ASCII."""
    if isinstance(value, bool) or isinstance(value, str):
        return True
    if isinstance(value, int):
        return -LIMIT <= value <= LIMIT
    if isinstance(value, list):
        return all(plain(part) for part in value)
    if isinstance(value, dict):
        return all(re.fullmatch(r"[\x21-\x7e]*", name) and plain(part) for name, part in value.items())
    return False


def canonical(raw):
    """The object that a canonical line spells, or None."""
    try:
        value = json.loads(raw.decode("utf-8"))
        if not plain(value):
            return None
        spelled = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and spelled == raw else None


def word(value):
    return isinstance(value, str) and value != ""


def integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def of_format(line):
    instant = lambda value: isinstance(value, str) and INSTANT.fullmatch(value) is not None
    return (
        integer(line.get("v")) and line["v"] == 1
        and all(word(line.get(name)) for name in ("record", "of", "actor", "via", "label", "kind"))
        and integer(line.get("seq"))
        and unb64(line.get("nonce"), 16) is not None
        and instant(line.get("at"))
        and instant(line.get("occurred", line["at"]))
        and isinstance(line.get("drill"), bool)
        and ("ref" not in line or unb64(line["ref"], 32) is not None)
        and isinstance(line.get("body"), dict)
        and isinstance(line.get("texts"), dict)
        and all(unb64(hash_, 32) is not None for hash_ in line["texts"].values())
    )


def lines_of(data):
    """The lines of a file, and whether the last one ends in a line feed."""
    lines = data.split(b"\n")
    return (lines[:-1], True) if lines[-1] == b"" else (lines, False)


class Pack:
    def __init__(self, files, outside):
        self.files = files
        self.outside = outside
        self.problems = []
        self.entries = {}
        self.leaves = []
        self.withheld = []

    def problem(self, kind, what):
        self.problems.append({"kind": kind, "what": what})

    def verify(self):
        self.read_lines()
        self.read_manifest()
        self.read_texts()
        self.read_evidence()
        self.read_keys()
        self.read_checkpoints()
        self.hold_tree()
        return not self.problems

    # --- 1. lines -----------------------------------------------------------------------------------------------------

    def read_lines(self):
        raw, complete = lines_of(self.files["record.jsonl"])
        if not complete:
            self.problem("malformed", "record.jsonl does not end in a line feed")
        for place, line in enumerate(raw, 1):
            bare = BARE.fullmatch(line)
            if bare and unb64(bare.group(1).decode(), 32) is not None:
                self.leaves.append(unb64(bare.group(1).decode()))
                self.withheld.append(place)
                continue
            self.leaves.append(sha256(b"\x00" + line))
            entry = canonical(line)
            if entry is None or not of_format(entry):
                self.problem("malformed", f"line {place}")
                continue
            if entry["seq"] != place:
                self.problem("reordered", f"line {place} calls itself {entry['seq']}")
            self.entries[place] = entry
        if len({(entry["record"], entry["of"]) for entry in self.entries.values()}) > 1:
            self.problem("other-record", "more than one record")
        self.first = next(iter(self.entries.values()), None)

    # --- 4. manifest --------------------------------------------------------------------------------------------------

    def read_manifest(self):
        self.manifest = {"files": [], "withheld": [], "redacted": []}
        try:
            manifest = json.loads(self.files["manifest.json"])
            assert manifest["format"] == "firebreak-pack"
            listed = {file["path"]: file["sha256"] for file in manifest["files"]}
            self.declared = {(text["seq"], field) for text in manifest["redacted"] for field in text["fields"]}
            declared_withheld = {entry["seq"] for entry in manifest["withheld"]}
            self.manifest = manifest
        except (KeyError, TypeError, ValueError, AssertionError):
            self.problem("file", "manifest.json")
            self.declared, declared_withheld, listed = set(), set(), {}
        for path, digest in listed.items():
            if path not in self.files or sha256(self.files[path]).hex() != digest:
                self.problem("file", path)
        for path in set(self.files) - set(listed) - {"manifest.json"}:
            self.problem("file", f"{path} is not listed")
        for place in self.withheld:
            if place not in declared_withheld:
                self.problem("withheld", f"entry {place}")

    # --- 2. texts -----------------------------------------------------------------------------------------------------

    def read_texts(self):
        self.texts = {}
        lines, complete = lines_of(self.files.get("texts.jsonl", b""))
        if not complete:
            self.problem("commitment", "texts.jsonl does not end in a line feed")
        for line in lines:
            try:
                text = canonical(line)
                name = (text["seq"], text["field"])
                committed = self.entries[text["seq"]]["texts"][text["field"]]
                salt = unb64(text["salt"], 32)
                data = b"\x02" + salt + text["field"].encode() + b"\x00" + text["value"].encode()
                good = committed == text["commitment"] == b64(sha256(data)) and name not in self.texts
            except (KeyError, TypeError, ValueError, AttributeError):
                good = False
            if good:
                self.texts[name] = text["value"]
            else:
                self.problem("commitment", line[:80].decode("utf-8", "replace"))
        erased = {
            (entry["body"].get("of"), field)
            for entry in self.entries.values()
            if entry["kind"] == "text.redacted"
            for field in entry["body"].get("fields", [])
        }
        for place, entry in self.entries.items():
            for field in entry["texts"]:
                if (place, field) not in self.texts and (place, field) not in erased and (place, field) not in self.declared:
                    self.problem("missing-text", f"{field} of entry {place}")

    # --- 3. evidence --------------------------------------------------------------------------------------------------

    def read_evidence(self):
        owned = set()
        for place, entry in self.entries.items():
            if entry["kind"] != "evidence.added":
                continue
            folder = urllib.parse.quote(str(entry["body"].get("evidence")), safe="")
            if folder.strip(".") == "":
                folder = folder.replace(".", "%2E")
            for path in self.files:
                if path.startswith(f"evidence/{folder}/"):
                    owned.add(path)
                    if sha256(self.files[path]).hex() != self.texts.get((place, "sha256")):
                        self.problem("evidence", path)
        for path in self.files:
            if path.startswith("evidence/") and path not in owned:
                self.problem("evidence", path)

    # --- 5. keys and signatures ---------------------------------------------------------------------------------------

    def read_keys(self):
        listed = []
        for line in lines_of(self.files.get("keys.txt", b""))[0]:
            key = parse_key(line.decode("utf-8", "replace"))
            if key is None:
                self.problem("unknown-key", "keys.txt")
            else:
                listed.append(key)
        if not lines_of(self.files.get("keys.txt", b"?"))[1]:
            self.problem("file", "keys.txt is missing or does not end in a line feed")
        self.keys = []
        for place, entry in self.entries.items():
            if entry["kind"] == "key.shown":
                self.show_key(place, entry["body"])
            if entry["kind"] == "key.rotated":
                self.rotate_key(place, entry)
        if not self.keys:
            self.keys = [{"key": key, "from": 0, "until": FOREVER} for key in listed]
        for known in self.keys:
            if known["key"] not in listed:
                self.problem("unknown-key", "a key of the record is not in keys.txt")

    def show_key(self, place, body):
        key = parse_key(str(body.get("verifierKey")))
        if key is None:
            self.problem("unknown-key", f"entry {place}")
        elif any(known["key"] == key for known in self.keys):
            pass
        elif self.keys:
            self.problem("key-rotation", f"entry {place}")
        else:
            self.keys.append({"key": key, "from": 0, "until": FOREVER})

    def rotate_key(self, place, entry):
        body = entry["body"]
        key, previous = parse_key(str(body.get("verifierKey"))), parse_key(str(body.get("previous")))
        old = next((known for known in self.keys if known["key"] == previous and known["until"] == FOREVER), None)
        text = f"firebreak key rotation\n{entry['record']}\n{body.get('previous')}\n{body.get('verifierKey')}\n"
        signature = unb64(body.get("signatureByPrevious"), 64)
        if key is None or old is None or signature is None or not signed(old["key"][2], text.encode(), signature):
            self.problem("key-rotation", f"entry {place}")
            return
        old["until"] = place
        self.keys.append({"key": key, "from": place, "until": FOREVER})

    def read_checkpoints(self):
        self.heads = []
        notes = [
            (path, data.decode("utf-8", "replace"), False)
            for path, data in self.files.items()
            if re.fullmatch(r"checkpoints/[^/]+\.txt", path)
        ]
        for path, note, outside in notes + [("outside", note, True) for note in self.outside]:
            parsed = parse_note(note)
            if parsed is None:
                self.problem("checkpoint", path)
                continue
            origin, size, root, text, signatures = parsed
            if self.first is not None and not origin.endswith("/" + self.first["record"]):
                self.problem("other-record", path)
            if signatures or not outside:
                self.check_signatures(path, size, text, signatures)
            self.heads.append((path, size, root))

    def check_signatures(self, path, size, text, signatures):
        valid = False
        for name, blob in signatures:
            for known in self.keys:
                key_name, key_id, key = known["key"]
                if (key_name, key_id) == (name, blob[:4]) and known["from"] <= size <= known["until"]:
                    if not signed(key, text.encode(), blob[4:]):
                        self.problem("signature", path)
                    valid = True
        if not valid:
            self.problem("unknown-key", path)

    # --- 6. tree ------------------------------------------------------------------------------------------------------

    def hold_tree(self):
        listed = [unb64(line.decode("ascii", "replace"), 32) for line in lines_of(self.files.get("leaves.txt", b""))[0]]
        if listed != self.leaves or not lines_of(self.files.get("leaves.txt", b"?"))[1]:
            self.problem("leaves", "leaves.txt")
        for path, size, root in self.heads:
            if size > len(self.leaves) or root_of(self.leaves[:size]) != root:
                self.problem("checkpoint", path)
        for place, entry in self.entries.items():
            if entry["kind"] == "checkpoint.published" and entry["of"] != "standing":
                size, root = entry["body"].get("size"), entry["body"].get("root")
                if not integer(size) or not 0 <= size < place or b64(root_of(self.leaves[:size])) != root:
                    self.problem("checkpoint", f"entry {place}")
        claims = {"entries": len(self.leaves), "root": b64(root_of(self.leaves))}
        if self.first is not None:
            drill = any(entry["drill"] for entry in self.entries.values())
            claims.update(record=self.first["record"], of=self.first["of"], drill=drill)
        for name, value in claims.items():
            if self.manifest["files"] and self.manifest.get(name) != value:
                self.problem("file", f"manifest.json: {name}")


def root_of(leaves):
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha256(b"")
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + root_of(leaves[:k]) + root_of(leaves[k:]))


def parse_key(text):
    """(name, key id, public key), or None."""
    match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text)
    data = unb64(match.group(3), 33) if match else None
    if data is None or data[0] != 1:
        return None
    key_id = sha256(match.group(1).encode() + b"\n" + data)[:4]
    return (match.group(1), key_id, data[1:]) if key_id.hex() == match.group(2) else None


def parse_note(note):
    """(origin, size, root, signed text, signatures), or None."""
    text, gap, tail = note.rpartition("\n\n")
    lines = (text + "\n").split("\n")
    if not gap or len(lines) < 4 or not re.fullmatch(r"0|[1-9][0-9]*", lines[1]) or unb64(lines[2], 32) is None or lines[0] == "":
        return None
    signatures = []
    for line in filter(None, tail.split("\n")):
        match = re.fullmatch(r"\u2014 (\S+) (\S+)", line)
        blob = unb64(match.group(2)) if match else None
        if blob is None:
            return None
        signatures.append((match.group(1), blob))
    return lines[0], int(lines[1]), unb64(lines[2]), text + "\n", signatures


def outside_notes(text):
    """The checkpoints in a text from elsewhere, whatever stands around them."""
    text = text.replace("\r\n", "\n")
    notes = []
    for match in HEAD.finditer(text):
        rest = text[match.end():].lstrip("\n").split("\n")
        signatures = []
        for line in rest:
            if not re.fullmatch(r"[ \t>`]*\u2014 \S+ \S+[ \t]*", line):
                break
            signatures.append(line.strip(" \t>`") + "\n")
        notes.append(f"{match.group(1)}\n{match.group(2)}\n{match.group(3)}\n\n{''.join(signatures)}")
    return notes


def signed(key, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("key", "message", "signature")]
        for path, data in zip(paths, (DER + key, message, signature)):
            with open(path, "wb") as file:
                file.write(data)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths[0], "-rawin", "-in", paths[1], "-sigfile", paths[2]]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def read_pack(directory):
    files = {}
    for folder, _, names in os.walk(directory):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, directory).replace(os.sep, "/")] = file.read()
    return files


def main(args):
    outside = []
    if "--checkpoint" in args:
        at = args.index("--checkpoint")
        with open(args[at + 1], encoding="utf-8") as file:
            outside = outside_notes(file.read())
        del args[at:at + 2]
        if not outside:
            return 2
    worst = 0
    for directory in args:
        files = read_pack(directory)
        if "record.jsonl" not in files:
            worst = 2
            continue
        pack = Pack(files, outside)
        ok = pack.verify()
        worst = max(worst, 0 if ok else 1)
        print(json.dumps({"pack": directory, "ok": ok, "problems": pack.problems}))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
