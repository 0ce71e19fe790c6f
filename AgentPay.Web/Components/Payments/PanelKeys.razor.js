// Changes no payment by itself: it presses the buttons of the panel.
"use strict";

export function attach(id) {
  const panel = document.getElementById(id);
  panel?.addEventListener("keydown", event => onKey(panel, event));
  panel?.addEventListener("click", event => {
    const opener = event.target.closest("[data-opens]");
    if (opener && !opener.disabled) document.getElementById(opener.dataset.opens)?.showModal();
    event.target.closest("[data-closes]")?.closest("dialog")?.close();
  });
}

export function focus(id, selector) {
  const panel = document.getElementById(id);
  const active = document.activeElement;
  // If the agent works elsewhere on the page by now, the focus stays there.
  if (panel && (!active || active === document.body || panel.contains(active))) panel.querySelector(selector)?.focus();
}

// The draft of the form survives a reload, in this tab only.
const storage = key => `agentpay-form-${key}`;
export const load = key => sessionStorage.getItem(storage(key));
export const save = (key, text) => sessionStorage.setItem(storage(key), text);

function onKey(panel, event) {
  if (event.repeat || event.altKey || panel.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target.matches("#payment-form input:not([type=radio], [readonly])"))) {
    event.preventDefault();
    panel.querySelector("[data-primary]:not([disabled])")?.click();
    return;
  }
  const row = event.target.closest("[data-row]");
  if (!row) return;
  if (event.key === "Enter" && event.target === row) row.querySelector("button:not([disabled])")?.click();
  const rows = [...panel.querySelectorAll("[data-row]")];
  const at = rows.indexOf(row);
  const next = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1) }[event.key];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
