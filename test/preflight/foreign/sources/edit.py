# Entries set in the first page (after `catalog:` in the catalogue), or the output profile, by qpdf's JSON.
# Usage: edit.py in out /key=json… | catalog:/key=json… | profile=file
import json, subprocess, sys
source, target, *edits = sys.argv[1:]
whole = json.loads(subprocess.check_output(["qpdf", "--json=2", "--json-key=qpdf", "--json-key=pages", source]))
objects = whole["qpdf"][1]
page = whole["pages"][0]["object"]
changed = {}
for edit in edits:
    if edit.startswith("profile="):
        ref = next(r for r, o in objects.items() if "stream" in o and "/N" in o["stream"]["dict"])
        changed[ref] = {"stream": {"datafile": edit[8:], "dict": {"/N": 4}}}
        continue
    where, _, entry = edit.rpartition(":/") if edit.startswith("catalog:/") else ("", "", edit[1:])
    key, _, value = ("/" + entry).partition("=")
    ref = "obj:" + (objects["trailer"]["value"]["/Root"] if where else page)
    changed.setdefault(ref, objects[ref])["value"][key] = json.loads(value)
with open("edit.json", "w") as file: json.dump({"qpdf": [whole["qpdf"][0], changed]}, file)
subprocess.check_call(["qpdf", source, "--update-from-json=edit.json", target])
