// What only the browser can do. Components call the functions of `agentpay`; the rest works without a circuit.
"use strict";

window.agentpay = {
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,

  // In a frame, or without https, the browser may refuse.
  copy: async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },

  focus: selector => document.querySelector(selector)?.focus(),
};

(() => {
  // Light or dark: the choice goes into a cookie, and both themes are on the page.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const appearance = () => {
    const chosen = document.documentElement.dataset.appearance;
    return chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
  };
  const show = theme => {
    document.documentElement.dataset.appearance = theme;
    for (const sheet of document.querySelectorAll("link[data-theme]")) sheet.media = sheet.dataset.theme === theme ? "all" : "not all";
  };
  document.addEventListener("click", event => {
    if (event.target.closest("[data-appearance-toggle]")) {
      const next = appearance() === "dark" ? "light" : "dark";
      document.cookie = `agentpay-appearance=${next}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
      show(next);
    }
    if (event.target.closest("[data-reload]")) location.reload();
    // A menu closes when something else is pressed.
    for (const menu of document.querySelectorAll("details[name=bar][open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // The server no longer knows this circuit (it was restarted): a fresh page finds everything in Sync.
  const modal = document.getElementById("components-reconnect-modal");
  new MutationObserver(() => {
    if (modal.classList.contains("components-reconnect-rejected")) location.reload();
  }).observe(modal, { attributes: true, attributeFilter: ["class"] });
})();
