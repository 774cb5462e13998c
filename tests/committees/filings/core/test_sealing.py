"""The canonical payload and the seal."""

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.filings.sealing import NotCanonical, Sealing, canonical, digest, seal

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
SEALING = Sealing("能备〔2026〕0001号", 1, "f", "1", "d" * 64, (("a" * 64, 3), ("b" * 64, 5)), "")


@pytest.mark.requirement("S9-33")
def test_keys_are_sorted_and_nothing_idle_is_written() -> None:
    assert canonical({"b": 1, "a": ["x", None, True]}) == '{"a":["x",null,true],"b":1}'


@pytest.mark.requirement("S9-33")
def test_two_spellings_of_one_character_are_one() -> None:
    assert canonical("e\u0301") == canonical("\u00e9")


@pytest.mark.requirement("S9-33")
@pytest.mark.parametrize("bad", [1.5, Decimal("1.5"), {"a": 0.1}, b"x", {1, 2}])
def test_what_has_no_single_written_form_is_refused(bad: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(bad)


@pytest.mark.requirement("S9-33")
@given(PLAIN)
def test_the_order_of_keys_never_matters(value: object) -> None:
    def turned(item: object) -> object:
        if isinstance(item, dict):
            return {key: turned(item[key]) for key in reversed(list(item))}
        return [turned(one) for one in item] if isinstance(item, list) else item

    assert canonical(turned(value)) == canonical(value)


@pytest.mark.requirement("S9-33")
def test_the_seal_is_the_published_recipe() -> None:
    payload_hash = digest("{}")
    text = f"houqin-seal-1\n能备〔2026〕0001号\n1\n{payload_hash}\nf 1 {'d' * 64}\n{'a' * 64} 3\n{'b' * 64} 5\n-\n"
    assert seal(payload_hash, SEALING) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.requirement("S9-33")
@pytest.mark.parametrize(
    "change",
    [
        {"number": "能备〔2026〕0002号"},
        {"version": 2},
        {"form_version": "2"},
        {"form_digest": "e" * 64},
        {"evidence": (("a" * 64, 3),)},
        {"evidence": (("a" * 64, 4), ("b" * 64, 5))},
        {"predecessor": "c" * 64},
    ],
)
def test_every_part_is_under_the_seal(change: dict[str, object]) -> None:
    assert seal("0" * 64, replace(SEALING, **change)) != seal("0" * 64, SEALING)  # type: ignore[arg-type]


@pytest.mark.requirement("S9-33")
def test_the_order_of_uploading_does_not_matter() -> None:
    turned = replace(SEALING, evidence=tuple(reversed(SEALING.evidence)))
    assert seal("0" * 64, turned) == seal("0" * 64, SEALING)
