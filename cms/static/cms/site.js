/* Comforts of public pages: the print button, and keys for photographs. Everything works without them. */
"use strict";
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
if (document.querySelector("[data-photo]")) {
  const ways = { ArrowLeft: "a[rel=prev]", ArrowRight: "a[rel=next]", Escape: "a[data-up]" };
  document.addEventListener("keydown", (event) => {
    const link = !event.altKey && !event.ctrlKey && !event.metaKey && document.querySelector(ways[event.key] || "no-way");
    if (link) window.location.assign(link.href);
  });
}
