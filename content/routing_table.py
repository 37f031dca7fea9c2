"""The signed-off table that says which helplines fit which need, nation and age, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.taxonomy import AGE_BANDS, NATIONS


@dataclass(frozen=True)
class RoutingRow:
    """For these nations and age bands: these helplines, best first; `online_first` before them where it was online."""

    nations: frozenset[str]
    ages: frozenset[str]
    offer: tuple[str, ...]
    online_first: str | None = None


@dataclass(frozen=True)
class RoutingTable:
    """`unknown` holds for anyone whose age is not known, `last_resort` when nothing else may be offered."""

    unknown: tuple[str, ...]
    last_resort: tuple[str, ...]
    needs: Mapping[str, tuple[RoutingRow, ...]]

    @classmethod
    def from_mapping(cls, table: Mapping[str, Any]) -> "RoutingTable":
        return cls(
            unknown=tuple(table["unknown"]),
            last_resort=tuple(table["last_resort"]),
            needs={
                need: tuple(
                    RoutingRow(
                        frozenset(every_or(row["nations"], NATIONS)),
                        frozenset(every_or(row["ages"], AGE_BANDS)),
                        tuple(row["offer"]),
                        row.get("online_first"),
                    )
                    for row in rows
                )
                for need, rows in table["needs"].items()
            },
        )


def every_or(value: str | Sequence[str], every: Sequence[str]) -> Sequence[str]:
    """What a row's `nations` or `ages` names: "all", one id, or a list of ids."""
    if value == "all":
        return every
    return [value] if isinstance(value, str) else value
