"""Matters that nobody has published yet, seen as they would be."""

from __future__ import annotations

from types import MappingProxyType
from typing import Iterable

from knowledge.guidance.catalogue import Catalogue
from knowledge.guidance.service import GuidanceService
from knowledge.search.index import Index
from knowledge.values.guide import Matter


class FixedCatalogue:
    """Hands out one catalogue that never changes."""

    def __init__(self, matters: Iterable[Matter]) -> None:
        named = MappingProxyType({matter.code: matter for matter in matters})
        self._catalogue = Catalogue(revision=0, matters=named, index=Index.build(()))

    def current(self) -> Catalogue:
        """Return the catalogue."""
        return self._catalogue


def guidance_on(*matters: Matter) -> GuidanceService:
    """Return the guidance that would answer if exactly these matters were in force."""
    return GuidanceService(FixedCatalogue(matters))
