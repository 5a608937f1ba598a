"""Krippendorff's alpha for two coders and nominal values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction


def alpha(values: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Krippendorff's alpha: 1 is full agreement, 0 is agreement by chance.

    Each pair is the value of one unit in both codings; no value is missing. None if fewer than two
    different values occur: then alpha is not defined.
    """
    times = Counter(value for pair in values for value in pair)
    if len(times) < 2:
        return None
    total = times.total()
    observed = Fraction(sum(one != other for one, other in values), len(values))
    by_chance = Fraction(total * total - sum(n * n for n in times.values()), total * (total - 1))
    return float(1 - observed / by_chance)
