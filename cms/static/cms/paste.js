/* What a paragraph cannot take from a clipboard of Word or WPS, tables and pictures, is said at once, with the way that takes it. */
(() => {
  "use strict";
  const { words, link, href } = document.currentScript.dataset;
  const lost = /<(table|img|v:imagedata)\b/i;

  const note = (editor) => {
    const box = document.createElement("p");
    box.className = "nr-paste help-block help-warning";
    box.setAttribute("role", "status");
    const way = document.createElement("a");
    way.href = href;
    way.target = "_blank";
    way.textContent = link;
    box.append(`${words} `, way);
    editor.parentNode.querySelector(":scope > .nr-paste")?.remove();
    editor.after(box);
  };

  document.addEventListener("paste", (event) => {
    const editor = event.target instanceof Element && event.target.closest(".Draftail-Editor");
    if (editor && lost.test(event.clipboardData?.getData("text/html") || "")) note(editor);
  }, true);
})();
