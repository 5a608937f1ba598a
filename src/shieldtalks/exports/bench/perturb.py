"""Change a codebook so that only a coder who reads it gets the codes right.

`python perturb.py CHANGE --seed 7 > codebook.json` writes a changed codebook. CHANGE is one of:

- shuffled: the codes of each vocabulary are in another order;
- renamed: each code and its label are replaced by a name without a meaning;
- swapped: each code has the definition of another code, and the definition counts.

The changed codebook says under `meant` which code of the original is meant by each of its codes, so do
not show that part to the coder. `score.py --codebook` translates the codes back.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

CHANGES = ("shuffled", "renamed", "swapped")


def perturbed(codebook: dict[str, Any], change: str, seed: int) -> dict[str, Any]:
    """A codebook with this change. The same seed gives the same codebook."""
    schemes, meant = {}, {}
    for scheme, terms in codebook["schemes"].items():
        order = sorted(terms, key=lambda term: _mixed(seed, scheme, term["code"]))
        if change == "renamed":
            names = [f"{scheme}-{number:02}" for number in range(1, len(order) + 1)]
            pairs = [*zip(names, order, strict=True)]
            meant[scheme] = {name: term["code"] for name, term in pairs}
            order = [term | {"code": name, "label": name} for name, term in pairs]
        elif change == "swapped":
            both = [*zip(order, order[1:] + order[:1], strict=True)]
            meant[scheme] = {term["code"]: other["code"] for term, other in both}
            order = [term | {"definition": other["definition"]} for term, other in both]
            order.sort(key=lambda term: term["code"])
        schemes[scheme] = order
    return codebook | {"change": change, "seed": seed, "meant": meant, "schemes": schemes}


def _mixed(seed: int, scheme: str, code: str) -> str:
    return hashlib.sha256(f"{seed}:{scheme}:{code}".encode()).hexdigest()


def main() -> None:
    """Write a changed codebook to standard output."""
    parser = argparse.ArgumentParser(description="Change the codebook of this folder.")
    parser.add_argument("change", choices=CHANGES)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    original = Path(__file__).with_name("codebooks") / "original.json"
    codebook = json.loads(original.read_text(encoding="utf-8"))
    changed = perturbed(codebook, given.change, given.seed)
    print(json.dumps(changed, indent=2, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
