"""A platform's reply as an ApplicationStatus: nothing that the mapping does not name is guessed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

from knowledge.errors import PlatformUnavailable
from knowledge.status import identity
from knowledge.status.items import item_status, whole
from knowledge.status.platform_mapping import EventFields, Field, PlatformMapping, texts
from knowledge.values.status import UNKNOWN, ApplicationStatus, Event, ItemStatus, State

Moment = tuple[dt.datetime, Event]

# Platforms write 0001-01-01 or 1900-01-01 where they have no date.
FIRST_YEAR = 2000


@dataclass(frozen=True)
class ReplyReader:
    """Reads replies as `mapping` says; what is not as it says raises PlatformUnavailable, without personal data."""

    mapping: PlatformMapping

    def record(self, reply: Any) -> Optional[Mapping[str, Any]]:
        """Return the record inside the envelope, None where the platform says that there is none."""
        missing, success = self.mapping.not_found, self.mapping.success
        if missing.field and _text(reply, missing.field) in missing.values:
            return None
        if success and _text(reply, success.field) not in success.values:
            raise self.malformed(f"`{success.field}` is {_text(reply, success.field)!r}")
        record = _at(reply, self.mapping.record)
        if missing.empty_record and not record:
            return None
        if not isinstance(record, dict):
            raise self.malformed(f"`{self.mapping.record}` is no record")
        return record

    def belongs(self, record: Mapping[str, Any], *, check: str) -> bool:
        """Tell whether the check compared here fits; true where the platform has compared it."""
        if self.mapping.check.param:
            return True
        known = [text for path in texts(self.mapping.check.field) if (text := _text(record, path))]
        if not any(len(text) >= 4 for text in known):
            raise self.malformed("the record has nothing to compare the check with")
        # A list, so that all are compared and the time taken tells nothing.
        return any([identity.same(text[-4:].upper(), check) for text in known if len(text) >= 4])  # noqa: C419

    def link(self, record: Mapping[str, Any]) -> Optional[str]:
        """Return what a single item has in common with its sister items, None where nothing is linked."""
        return _text(record, self.mapping.linked.link) if self.mapping.linked else None

    def status(
        self, record: Mapping[str, Any], *, application_no: str, today: dt.date, linked: Any = None
    ) -> ApplicationStatus:
        """Return the status in `record`, its items taken from `linked` where sister items were asked for."""
        fields = self.mapping.fields
        if (_text(record, fields.application_no) or "").upper() != application_no:
            raise self.malformed(f"`{fields.application_no}` is not the number asked for")
        items = tuple(self._item(item, today) for item in self._items(record, linked))
        return ApplicationStatus(
            application_no_masked=identity.mask(application_no),
            matter=self.mapping.matters.get(_text(record, fields.matter) or ""),
            region=(_text(record, fields.region) or self.mapping.region or "")[:6] or None,
            state=self._state(record, fields.state) if fields.state else whole(item.state for item in items),
            items=items,
        )

    def malformed(self, fact: str) -> PlatformUnavailable:
        """Return the error for a reply that is not as the mapping says."""
        return PlatformUnavailable(
            f"{self.mapping.name}: {fact}. Compare the platform's interface with the file in YJS_STATUS_MAPPING."
        )

    def _items(self, record: Mapping[str, Any], linked: Any) -> Sequence[Any]:
        if self.mapping.linked and linked is not None:
            return self._list(linked, self.mapping.linked.items)
        return self._list(record, self.mapping.fields.items) if self.mapping.fields.items else [record]

    def _item(self, item: Any, today: dt.date) -> ItemStatus:
        fields = self.mapping.item
        name = _text(item, fields.name)
        if not name:
            raise self.malformed(f"an item has no `{fields.name}`")
        since = _text(item, fields.since)
        return item_status(
            name,
            department=_text(item, fields.department),
            timeline=self._timeline(item),
            limit_days=self._days(_text(item, fields.limit_days)),
            today=today,
            state=self._state(item, fields.state) if fields.state else None,
            since=self._moment(since).date() if since else None,
        )

    def _timeline(self, item: Any) -> tuple[Event, ...]:
        fields = self.mapping.event
        if fields is None or self.mapping.item.timeline is None:
            return ()
        moments = [self._event(entry, fields) for entry in self._list(item, self.mapping.item.timeline)]
        if moments and moments[0][0] > moments[-1][0]:
            # Newest first: sorting alone would keep the wrong order inside one day.
            moments.reverse()
        return tuple(event for _, event in sorted(moments, key=lambda moment: moment[0]))

    def _event(self, entry: Any, fields: EventFields) -> Moment:
        moment = self._moment(_text(entry, fields.on))
        note = _text(entry, fields.note)
        event = Event(
            state=self._state(entry, fields.state),
            on=moment.date(),
            note=identity.mask_personal(note) if note else None,
        )
        return moment, event

    def _state(self, node: Any, field: Field) -> State:
        code = "/".join(_text(node, path) or "" for path in texts(field))
        return self.mapping.states.get(code, UNKNOWN)

    def _moment(self, text: Optional[str]) -> dt.datetime:
        for form in self.mapping.dates:
            try:
                moment = dt.datetime.strptime(text or "", form).replace(tzinfo=None)
            except ValueError:
                continue
            if moment.year >= FIRST_YEAR:
                return moment
        raise self.malformed(f"a date has none of the forms {', '.join(self.mapping.dates)}")

    def _days(self, text: Optional[str]) -> Optional[int]:
        if text is None:
            return None
        if not text.isdecimal():
            raise self.malformed(f"`{self.mapping.item.limit_days}` is no whole number of days")
        return int(text)

    def _list(self, node: Any, path: str) -> Sequence[Any]:
        found = _at(node, path)
        if not isinstance(found, list):
            raise self.malformed(f"`{path}` is no list")
        return found


def _at(node: Any, path: str) -> Any:
    """Return what stands at the dotted path, None where the way ends before; the empty path is the node itself."""
    for key in path.split(".") if path else ():
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _text(node: Any, path: Optional[str]) -> Optional[str]:
    """Return the text or number at the path as a text; None for anything else and for an empty text."""
    found = _at(node, path) if path else None
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        return None
    return str(found).strip() or None
