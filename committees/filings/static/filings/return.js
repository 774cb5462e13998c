/* The return while it is filled in: marks of wrong fields follow the sentences beside them, and a failed save is said aloud. */
(function () {
  "use strict";
  function mark() {
    document.querySelectorAll("[data-return] input.qty").forEach(function (field) {
      var fault = document.getElementById("e-" + field.id.slice(2));
      var wrong = !!fault && !fault.hidden;
      field.classList.toggle("is-wrong", wrong);
      if (wrong) { field.setAttribute("aria-invalid", "true"); } else { field.removeAttribute("aria-invalid"); }
    });
    document.querySelectorAll("tr.hq-ask[id^='a-']").forEach(function (row) {
      row.classList.toggle("is-lit", !!row.querySelector("use[href='#w-ok']"));
    });
  }
  function failed() {
    var form = document.querySelector("[data-return]");
    var say = document.getElementById("say");
    if (form && say && form.dataset.failed) { say.textContent = form.dataset.failed; }
  }
  document.addEventListener("htmx:afterSettle", mark);
  document.addEventListener("htmx:oobAfterSwap", mark);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
})();
