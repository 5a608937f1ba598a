"""The profile of this record. A package that follows it has the same kind of tables."""

from __future__ import annotations

from ..tabular.package import Package
from ..tabular.package.profile import Profile, follows
from ..tabular.settings import EXTRA
from .installed import ROOT

#: How the name of each version of the profile begins.
FAMILY = "urn:shieldtalks:profile:"

#: The name of the profile. A descriptor declares it in `conformsTo`.
PROFILE = "urn:shieldtalks:profile:2"

#: The profile, with its JSON Schema and its rules.
OURS = Profile(
    PROFILE,
    ROOT / "schemas" / "profile.json",
    ROOT / "validators",
    EXTRA,
    family=FAMILY,
    advice="Run `shieldtalks fmt --to-profile 2` to move a package of profile 1. For a later profile, "
    "install a later version of shieldtalks.",
)


def is_ours(package: Package) -> bool:
    """Whether a package declares that it follows the profile of this record."""
    return follows(package, PROFILE)


def is_any_version(package: Package) -> bool:
    """Whether a package declares that it follows this profile, in this or another version."""
    return str(package.descriptor.get("conformsTo") or "").startswith(FAMILY)
