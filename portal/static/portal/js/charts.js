/* Draws every hq-echart on the page from the data beside it: SVG, in the colours of the style sheet, again when night falls. */
(function () {
  "use strict";

  var night = window.matchMedia("(prefers-color-scheme: dark)");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function looks() {
    var axis = {
      axisLine: { lineStyle: { color: token("line-2") } },
      axisTick: { lineStyle: { color: token("line-2") } },
      axisLabel: { color: token("ink-2") },
      nameTextStyle: { color: token("ink-2") },
      splitLine: { lineStyle: { color: token("line") } },
    };
    return {
      color: [token("blue"), token("m-heat"), token("energy"), token("house"), token("shop"), token("ink-3")],
      textStyle: { fontFamily: token("font-num"), color: token("ink-2") },
      line: { symbol: "circle", symbolSize: 6 },
      legend: { top: 0, textStyle: { color: token("ink-2") } },
      tooltip: { backgroundColor: token("enamel"), borderColor: token("line-2"), textStyle: { color: token("ink") } },
      categoryAxis: axis,
      valueAxis: axis,
      logAxis: axis,
      timeAxis: axis,
    };
  }

  /* Colours may be written as tokens ("--blue"): they are looked up here, so that they follow day and night. */
  function coloured(value) {
    if (typeof value === "string" && value.slice(0, 2) === "--") return token(value.slice(2));
    if (Array.isArray(value)) return value.map(coloured);
    if (value && typeof value === "object") {
      return Object.keys(value).reduce(function (copy, key) {
        copy[key] = coloured(value[key]);
        return copy;
      }, {});
    }
    return value;
  }

  function draw(box) {
    var source = document.getElementById(box.dataset.option);
    if (!source) return;
    var old = echarts.getInstanceByDom(box);
    if (old) old.dispose();
    var option = coloured(JSON.parse(source.textContent));
    /* The tip is drawn into the picture: as HTML it would carry a style attribute, which our policy forbids. */
    option.tooltip = Object.assign({}, option.tooltip, { renderMode: "richText" });
    if (still.matches) option.animation = false;
    echarts.init(box, looks(), { renderer: "svg" }).setOption(option);
  }

  function drawAll() {
    document.querySelectorAll(".hq-echart").forEach(draw);
  }

  var waiting = 0;
  window.addEventListener("resize", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      document.querySelectorAll(".hq-echart").forEach(function (box) {
        var chart = echarts.getInstanceByDom(box);
        if (chart) chart.resize();
      });
    }, 120);
  });
  night.addEventListener("change", drawAll);
  document.addEventListener("htmx:afterSettle", drawAll);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll);
  else drawAll();
})();
