// Keyboard and dialogs of the payment panel. It changes no payment by itself: it presses the panel's buttons.
"use strict";

(() => {
  document.addEventListener("click", event => {
    const opener = event.target.closest("[data-opens]");
    if (opener && !opener.disabled) document.getElementById(opener.dataset.opens)?.showModal();
    event.target.closest("[data-closes]")?.closest("dialog")?.close();
  });

  document.addEventListener("keydown", event => {
    const panel = event.target.closest("#payment-panel");
    if (!panel || event.repeat || event.altKey || panel.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target.matches("#payment-form input:not([type=radio], [type=checkbox], [readonly])"))) {
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
  });
})();
