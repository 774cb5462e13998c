// The board by keyboard and mouse: tick all, count what is ticked, walk with j and k, tick with x. Without it forms work alone.
"use strict";
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const ticks = [...board.querySelectorAll('input[name="school"]')];
  const all = board.querySelector("[data-all]");
  const said = document.querySelector("[data-said]");
  const count = () => {
    const n = ticks.filter((tick) => tick.checked).length;
    if (said) said.textContent = n ? said.dataset.some.replace("#", n) : said.dataset.none;
    if (all) { all.checked = n > 0 && n === ticks.length; all.indeterminate = n > 0 && n < ticks.length; }
  };
  if (all && ticks.length) {
    all.hidden = false;
    all.addEventListener("change", () => { for (const tick of ticks) tick.checked = all.checked; count(); });
  }
  board.addEventListener("change", count);
  count();
  const links = [...board.querySelectorAll("th.sch > a")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    if (event.key === "j" || event.key === "k") {
      const next = links[Math.min(Math.max(here + (event.key === "j" ? 1 : -1), 0), links.length - 1)];
      if (next) { next.focus(); event.preventDefault(); }
    } else if (event.key === "x" && here >= 0) {
      const tick = links[here].closest("tr").querySelector('input[name="school"]');
      if (tick) { tick.checked = !tick.checked; count(); }
    }
  });
})();
