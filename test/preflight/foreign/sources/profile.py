# A CMYK output profile as small as one can be: tables of two nodes a side, made from a formula. Usage: profile.py out
import struct, sys
from itertools import product

def lab(c, m, y, k):
    lightness = 95 * (1 - k) * (1 - 0.35 * c) * (1 - 0.45 * m) * (1 - 0.08 * y) + 5
    a = (1 - k) * (-35 * c + 70 * m - 5 * y)
    b = (1 - k) * (-45 * c - 5 * m + 85 * y)
    return lightness, a, b

def cmyk(l, a, b):
    k = max(0, 1 - l / 60) if l < 60 else 0
    return (max(0, min(1, -a / 60 - b / 120)), max(0, min(1, a / 80)), max(0, min(1, b / 90)), k)

def byte(v): return max(0, min(255, round(v)))

def lut(inputs, outputs, nodes):
    head = b"mft1" + bytes(4) + bytes([inputs, outputs, 2, 0])
    head += b"".join(struct.pack(">i", 65536 if i % 4 == 0 else 0) for i in range(9))
    return head + bytes(range(256)) * inputs + bytes(nodes) + bytes(range(256)) * outputs

a2b = [byte(v) for n in product((0, 1), repeat=4) for v in (lambda L, a, b: (L * 2.55, a + 128, b + 128))(*lab(*n))]
b2a = [byte(v * 255) for l, a, b in product((0, 100), (-128, 127), (-128, 127)) for v in cmyk(l, a, b)]
gamut = lut(3, 1, [0] * 8)

def text(s): return b"text" + bytes(4) + s.encode() + b"\0"
def desc(s):
    s = s.encode() + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(s)) + s + bytes(8 + 3 + 67)

xyz = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
parts = [("desc", desc("Tiny test CMYK")), ("cprt", text("Public domain")), ("wtpt", xyz)]
parts += [(f"A2B{i}", lut(4, 3, a2b)) for i in (0,)] + [("B2A0", lut(3, 4, b2a)), ("gamt", gamut)]
aliases = {"A2B1": "A2B0", "A2B2": "A2B0", "B2A1": "B2A0", "B2A2": "B2A0"}
count = len(parts) + len(aliases)
offset, table, data, places = 128 + 4 + 12 * count, b"", b"", {}
for tag, body in parts:
    places[tag] = (offset + len(data), len(body))
    data += body + bytes(-len(body) % 4)
for tag, of in aliases.items(): places[tag] = places[of]
for tag, (at, size) in places.items(): table += tag.encode() + struct.pack(">II", at, size)
size = offset + len(data)
header = struct.pack(">I4sI4s4s4s", size, b"none", 0x02200000, b"prtr", b"CMYK", b"Lab ")
header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(4) + bytes(4) + bytes(4) + bytes(4) + bytes(8)
header += struct.pack(">I", 1) + struct.pack(">3i", 63190, 65536, 54061) + bytes(4)
header += bytes(128 - len(header))
open(sys.argv[1], "wb").write(header + struct.pack(">I", count) + table + data)
