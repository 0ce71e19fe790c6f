// Nothing here changes a payment by itself: it presses the buttons that are there.
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
  // Whoever has gone on to work elsewhere on the page meanwhile is left there.
  if (panel && (!active || active === document.body || panel.contains(active))) panel.querySelector(selector)?.focus();
}

// What was typed and not sent yet survives a reload, in this tab alone.
export function remember(id, key) {
  const form = document.getElementById(id)?.querySelector("#payment-form");
  if (!form) return;
  const storage = `agentpay-form-${key}`;
  const kept = JSON.parse(sessionStorage.getItem(storage) ?? "{}");
  for (const field of form.querySelectorAll("[name]")) {
    const value = kept[field.name];
    if (value === undefined) continue;
    if (field.type === "radio" ? field.value !== value || field.checked : field.value === value) continue;
    if (field.type === "radio") field.checked = true; else field.value = value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  form.addEventListener("input", event => {
    if (!event.target.name) return;
    kept[event.target.name] = event.target.value;
    sessionStorage.setItem(storage, JSON.stringify(kept));
  });
}

function onKey(panel, event) {
  if (event.repeat || event.altKey || panel.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target.matches("#payment-form input:not([type=radio])"))) {
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
