"""Components as rooms use them: states, fields with faults, sortable heads, deadlines, charts from plain rows."""

from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from portal.windows import STATES, WINDOWS, window_for


def draw(source: str, query: str = "", **context: object) -> str:
    request = RequestFactory().get(f"/list/?{query}")
    return engines["django"].from_string("{% load hq hq_charts %}" + source).render(context, request)


def compiled(source: str, name: str, tmp_path, settings, **context: object) -> str:
    """Render through the loaders, so that cotton's tags are read."""
    (tmp_path / name).write_text(source, encoding="utf-8")
    templates = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    settings.TEMPLATES = templates
    from django.template.loader import render_to_string

    return render_to_string(name, context, RequestFactory().get("/list/?sort=-area&page=2"))


def test_every_state_has_a_window_and_a_word():
    for key in (*WINDOWS, *STATES):
        window = window_for(key)
        assert str(window.word)
        assert window.tone in {"grey", "blue", "lamp", "red"}
    with pytest.raises(KeyError):
        window_for("no such state")


def test_a_window_speaks_only_when_it_has_a_label():
    assert 'aria-hidden="true"' in draw('{% pane "ok" %}')
    assert 'aria-label="&lt;b&gt;"' in draw('{% pane "ok" label %}', label="<b>")


def test_a_red_cell_has_the_red_ground():
    assert 'class="m now bad"' in draw('{% cell "returned" "海河 " "/x/" "" True %}')
    assert "bad" not in draw('{% cell "accepted" %}')


class _Form(forms.Form):
    area = forms.DecimalField(help_text="from the buildings")
    note = forms.CharField(required=False)


def test_a_field_ties_label_control_unit_help_and_error_together(tmp_path, settings):
    form = _Form({"area": "x"})
    with translation.override("en"):
        page = compiled(
            '<c-hq.form-errors :form="form" /><c-hq.field :field="form.area" unit="m²"><b>mend</b></c-hq.field>'
            '<c-hq.field :field="form.note" />',
            "field.html",
            tmp_path,
            settings,
            form=form,
        )
    assert 'aria-describedby="id_area_help id_area_unit id_area_error"' in page
    assert 'id="id_area_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'href="#id_area"' in page
    assert "is-wrong" in page
    assert "<b>mend</b>" in page
    assert page.count("optional") == 1


def test_a_head_sorts_both_ways_and_forgets_the_page(tmp_path, settings):
    page = compiled(
        '<c-hq.th key="area" current="-area">Area</c-hq.th><c-hq.th key="name" current="-area">Name</c-hq.th>',
        "th.html",
        tmp_path,
        settings,
    )
    assert 'aria-sort="descending"' in page
    assert 'href="?sort=area"' in page
    assert 'href="?sort=name"' in page
    assert page.count("aria-sort") == 1


def test_the_pager_keeps_the_rest_of_the_query(tmp_path, settings):
    page = compiled(
        '<c-hq.pager :page="page" />', "pager.html", tmp_path, settings, page=Paginator(range(300), 10).get_page(2)
    )
    assert 'href="?sort=-area&amp;page=3"' in page
    assert 'aria-current="page">2<' in page
    empty = compiled(
        '<c-hq.pager :page="page" />', "pager2.html", tmp_path, settings, page=Paginator(range(3), 10).get_page(1)
    )
    assert "<nav" not in empty


def test_a_figure_without_a_base_says_so(tmp_path, settings):
    with translation.override("zh-hans"):
        page = compiled(
            '<c-hq.figure title="t" :value="value" :before="before" unit="tce" />',
            "figure.html",
            tmp_path,
            settings,
            value=Decimal("12.5"),
            before=0,
        )
    assert "12.5" in page
    assert "上年没有数" in page


def test_plain_rows_become_charts():
    rows = [{"name": "甲校", "value": Decimal(9)}, {"name": "乙校", "value": 14, "mine": True}]
    page = draw(
        '{% draw_ranking rows average "平均" "…" as chart %}{{ chart.rows.1.figure }}{{ chart.average }}',
        rows=rows,
        average=Decimal(12),
    )
    assert page == "14.00平均12.00"
    with pytest.raises(TypeError):
        draw('{% draw_ranking rows average "" "" as chart %}', rows=[{"name": "甲", "value": 1.5}], average=Decimal(1))
    line = {"name": "2027", "values": [Decimal(1), Decimal(3)]}
    assert (
        draw('{% draw_trend line labels "" as chart %}{{ chart.table.0.1.1 }}', line=line, labels=["1", "2"]) == "3.00"
    )
    assert (
        draw('{% draw_spark values 2021 2022 "" as chart %}{{ chart.start }}', values=[Decimal(1), Decimal(2)])
        == "2021"
    )
    kinds = [{"name": "电", "quantity": Decimal(1)}]
    assert draw('{% draw_mix kinds "" as chart %}{{ chart.parts.0.count }}', kinds=kinds) == "100"
    assert "平均" in draw(
        '{% draw_strip values average "平均" "" as chart %}{{ chart.average }}', values=[Decimal(1)], average=Decimal(2)
    )
