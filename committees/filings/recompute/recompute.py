# ruff: noqa: E731, PTH123, SIM115, T201
"""python3 recompute.py payload.json seal.json: checks a sealed filing and computes its figures; needs only Python."""
import hashlib
import json
import sys
from decimal import Decimal

payload = open(sys.argv[1], encoding="utf-8", newline="").read()
seal = json.load(open(sys.argv[2], encoding="utf-8"))
sha = lambda text: hashlib.sha256(text.encode("utf-8")).hexdigest()
form, files = seal["form"], sorted(f"{file['sha256']} {file['size']}" for file in seal["evidence"])
lines = [seal["format"], seal["number"], str(seal["version"]), sha(payload),
         f"{form['code']} {form['version']} {form['digest']}",
         *(["approval " + seal["approval"]] if seal.get("approval") else []), *files, seal["predecessor"] or "-"]
checks = {"payload": (sha(payload), seal["payload_sha256"]), "seal": (sha("\n".join(lines) + "\n"), seal["seal"])}
for name, (found, sealed) in checks.items():
    print(name, found, "ok" if found == sealed else "DIFFERS from " + sealed)
value = {code: Decimal(e["value"]) for code, e in json.loads(payload)["entries"].items() if e["value"] is not None}
for figure in seal["figures"]:
    terms = [value[code] * Decimal(coefficient) for code, coefficient in figure["add"] if code in value]
    below = sum(value[code] for code in figure["over"] if code in value) if figure["over"] else Decimal(1)
    found = sum(terms) * Decimal(figure["times"]) / below if terms and below else None
    found = found.quantize(Decimal("1E-10")) if found is not None and figure["over"] else found
    print(figure["figure"], "not defined" if found is None else f"{found:f}", figure["unit"])
sys.exit(any(found != sealed for found, sealed in checks.values()))
