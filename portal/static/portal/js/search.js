// Suggestions below a search box, and `/` to reach it. Without this script the box is a plain form.
(() => {
  "use strict";
  const WAIT = 120;
  let count = 0;

  class Box {
    constructor(input) {
      this.input = input;
      this.form = input.form;
      this.status = this.form.querySelector("[role=status]");
      this.list = document.createElement("ul");
      this.list.className = "hq-suggest";
      this.list.id = `suggest-${++count}`;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", input.labels.length ? input.labels[0].textContent : "");
      this.list.hidden = true;
      this.form.append(this.list);
      for (const [name, value] of Object.entries({
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
      })) input.setAttribute(name, value);
      this.at = -1;
      this.asked = 0;
      input.addEventListener("input", (event) => { if (!event.isComposing) this.wait(); });
      input.addEventListener("compositionend", () => this.wait());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      const text = this.input.value.trim(), number = ++this.asked;
      if (!text) return this.close();
      try {
        const answer = await fetch(`${this.input.dataset.suggest}?q=${encodeURIComponent(text)}`, {
          headers: { Accept: "application/json" },
        });
        const found = answer.ok ? await answer.json() : { rows: [] };
        if (number === this.asked && document.activeElement === this.input) this.show(found);
      } catch {
        this.close(); // the form still works
      }
    }

    show(found) {
      this.at = -1;
      this.list.replaceChildren(...found.rows.map((row, index) => {
        const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("small");
        item.id = `${this.list.id}-${index}`;
        item.setAttribute("role", "option");
        link.href = row.href;
        link.tabIndex = -1;
        link.textContent = row.title;
        kind.textContent = row.kind;
        link.append(kind);
        item.append(link);
        return item;
      }));
      this.list.hidden = !found.rows.length;
      this.input.setAttribute("aria-expanded", String(!this.list.hidden));
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = found.says || "";
    }

    close() {
      this.list.hidden = true;
      this.at = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    key(event) {
      if (event.isComposing) return;
      const items = [...this.list.children];
      if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        this.close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !this.list.hidden) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        // One place more than there are items: the box itself.
        this.at = ((this.at + 1 + step + items.length + 1) % (items.length + 1)) - 1;
        items.forEach((item, index) => item.setAttribute("aria-selected", String(index === this.at)));
        if (this.at >= 0) {
          this.input.setAttribute("aria-activedescendant", items[this.at].id);
          items[this.at].scrollIntoView({ block: "nearest" });
        } else this.input.removeAttribute("aria-activedescendant");
      } else if (event.key === "Enter" && this.at >= 0 && items[this.at]) {
        event.preventDefault();
        window.location.assign(items[this.at].firstElementChild.href);
      }
    }
  }

  // On a telephone the choices wait behind their heading.
  if (window.matchMedia("(max-width: 48rem)").matches) {
    for (const facets of document.querySelectorAll("details.find-facets")) facets.open = false;
  }

  const boxes = [...document.querySelectorAll("input[data-suggest]")].map((input) => new Box(input));
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const typing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = boxes.find((each) => each.input.offsetParent !== null);
    if (box) {
      event.preventDefault();
      box.input.focus();
      box.input.select();
    }
  });
})();
