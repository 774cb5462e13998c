"""The generated reference pages are those that the tables give now."""

import pytest

from committees.energy.checks import RULES
from committees.energy.rule_pages import rules_page
from committees.workflow.binding import all_bindings
from committees.workflow.reference import flow_drawing, flows_page
from tests.ground.databases import ROOT

FOLDER = ROOT / "docs" / "reference"


def _kept(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_the_page_of_flows_is_up_to_date():
    assert _kept("flows.md") == flows_page(all_bindings()), "run manage.py flow_docs"


@pytest.mark.parametrize("binding", all_bindings(), ids=lambda binding: binding.flow.name)
def test_every_flow_is_drawn_and_described(binding):
    flow, page = binding.flow, _kept("flows.md")
    assert _kept(f"flow-{flow.name}.svg") == flow_drawing(flow), "run manage.py flow_docs"
    for item in (*flow.states, *flow.moves):
        assert f"`{item.name}`" in page


def test_the_page_of_energy_rules_is_up_to_date():
    assert _kept("energy-rules.md") == rules_page(RULES), "run manage.py rule_docs"
