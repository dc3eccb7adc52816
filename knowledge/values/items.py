"""A city's list of single services (事项), with the fields of GB/T 39554; plain dataclasses, as there are 15,000 in one list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True, kw_only=True)
class ListedItem:
    """One department's service as a city lists it; None is not on file, and `row` is its row in the sheet."""

    row: int
    code: str
    name: str
    department: Optional[str] = None
    conditions: Optional[str] = None
    materials: tuple[str, ...] = ()
    statutory_limit: Optional[str] = None
    promised_limit: Optional[str] = None
    fee: Optional[str] = None
    place: Optional[str] = None
    hours: Optional[str] = None
    enquiries: Optional[str] = None
    complaints: Optional[str] = None


@dataclass(frozen=True, kw_only=True)
class ListedQuestion:
    """A common question on a listed item."""

    row: int
    item_code: str
    ask: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What is said of a whole list: whose it is, what it is called, and `digest` of the file it came from."""

    region: str
    title: str
    issuer: Optional[str]
    verified_on: Optional[dt.date]
    digest: str


@dataclass(frozen=True, kw_only=True)
class ItemList(Listing):
    """A list on file; without `finished_at` it is still being imported, with `retired_at` out of force."""

    pk: int
    imported_by: str
    started_at: dt.datetime
    finished_at: Optional[dt.datetime]
    retired_at: Optional[dt.datetime]
