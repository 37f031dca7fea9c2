"""Reads YAML strictly: a key written twice is an error, and 13_15 is an age band, not the number 1315."""

from pathlib import Path
from typing import Any

import yaml


class _StrictLoader(yaml.CSafeLoader):
    pass


def _construct_mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is there twice", key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


def _construct_int(loader: _StrictLoader, node: yaml.ScalarNode) -> int | str:
    if "_" in node.value:
        return str(node.value)
    return int(loader.construct_yaml_int(node))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:int", _construct_int)


def read_yaml(path: Path) -> Any:
    """The file's content. Raises yaml.YAMLError, which names the line."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
