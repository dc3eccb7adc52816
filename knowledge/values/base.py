"""How every value of `knowledge` is made: a frozen dataclass that validates what it is given."""

from __future__ import annotations

import dataclasses
from typing import Any, Callable, TypeVar

from pydantic import BaseConfig, Extra
from pydantic.dataclasses import dataclass
from typing_extensions import dataclass_transform

T = TypeVar("T")


class _Strict(BaseConfig):
    extra = Extra.forbid
    anystr_strip_whitespace = True


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field,))
def value(cls: type[T]) -> type[T]:
    """Make `cls` a frozen, keyword-only dataclass whose fields are checked and whose unknown keys are refused."""
    make: Callable[[type[T]], Any] = dataclass(frozen=True, kw_only=True, config=_Strict)
    made: type[T] = make(cls)
    return made
