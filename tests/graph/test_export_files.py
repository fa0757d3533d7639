"""Files that are no export of a graph, and what is said of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import GraphFileBroken
from graph.loading import read_entries

HEADER = '{"bailing_graph": 1, "schema": 2}'
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["node", "relation", "key", "from", "to", "properties", "end", "name"]),
            inner,
        )
    ),
)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "cut short"),
        (["PK"], "line 1: no JSON"),
        (["[]"], "line 1: no JSON object"),
        (['{"bailing_graph": 2}'], "format 1"),
        (['{"bailing_graph": 1, "schema": 99}'], "newer than"),
        ([HEADER, '{"node": "Person", "key": "a"}'], "line 2: neither"),
        ([HEADER, '{"node": "Company"}'], "line 2: key must be words"),
        ([HEADER, '{"relation": "OWNS", "from": "a"}'], "from and to must be words"),
        ([HEADER, '{"node": "Place", "key": "a", "properties": {"x": "y"}}'], "not known"),
        ([HEADER, '{"node": "Company", "key": "a", "properties": {"name": 1}}'], "1 is no STRING"),
        ([HEADER, '{"node": "Place", "key": "a"}'], "cut short"),
        ([HEADER, '{"end": {"nodes": 1, "relations": 0}}'], "found"),
        ([HEADER, '{"end": {"nodes": 0, "relations": 0}}', "{}"], "after the end"),
    ],
)
def test_what_is_broken_is_named(lines: list[str], told: str) -> None:
    with pytest.raises(GraphFileBroken, match=told):
        list(read_entries(lines))


@given(st.lists(JSON.map(json.dumps) | st.text()))
def test_nothing_but_our_own_error_comes_of_any_lines(lines: list[str]) -> None:
    with pytest.raises(GraphFileBroken):
        list(read_entries([HEADER, *lines, "no end"]))
