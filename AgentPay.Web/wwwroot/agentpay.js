// What only the browser can do. Components call the functions of `agentpay`; the rest works without a circuit.
"use strict";

window.agentpay = {
  // Called when the circuit has rendered the page anew, so a menu that was open before is opened again.
  timeZone: () => {
    const menu = openMenu && document.querySelector(`.${openMenu}:not([open])`);
    if (menu) {
      menu.open = true;
      menu.querySelector("summary").focus();
    }
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  },

  // In a frame, or without https, the browser may refuse.
  copy: async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },

  // Moves the focus; see `giveFocus`. If the person works elsewhere on the page by now, the focus stays there. Without `within`, elsewhere
  // is the payment panel. An element outside the panel that was given the focus here is not where the person works.
  focus: (selector, within) => {
    const active = document.activeElement;
    const isGiven = wanted && active?.matches(wanted.selector);
    const isElsewhere = within ? !active?.closest(within) && !isGiven : active?.closest("#payment-panel");
    if (active && active !== document.body && isElsewhere) return;
    wanted = { selector: `${within ?? "body"} ${selector}`, from: active };
    giveFocus();
  },

  // For a dialog that the server has only now rendered.
  open: id => {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  },

  // Texts that survive a reload, in this tab only, such as the draft of a form.
  load: key => sessionStorage.getItem(`agentpay-${key}`),
  save: (key, text) => sessionStorage.setItem(`agentpay-${key}`, text),
};

// Where the focus belongs until the person moves it, and what had it before. Blazor may render the element only later, or replace it.
let wanted;
const giveFocus = () => {
  const active = document.activeElement;
  if (!wanted || (active && active !== document.body && active !== wanted.from)) return;
  const element = document.querySelector(wanted.selector);
  if (!element) return;
  wanted.from = undefined;
  element.focus();
};
new MutationObserver(giveFocus).observe(document.body, { childList: true, subtree: true });
addEventListener("pointerdown", () => { wanted = undefined; }, { capture: true, passive: true });
addEventListener("focusin", event => { if (wanted && !event.target.matches?.(wanted.selector)) wanted = undefined; }, true);

// The class of the open menu. Elements that are replaced raise no event, so it is still known after the circuit has started.
let openMenu;
// Menus that the person has closed. Otherwise a page that arrived has closed it, as its menus are closed.
const closedMenus = new WeakSet();
document.addEventListener("toggle", event => {
  const menu = event.target;
  if (!menu.matches("details[name=bar]")) return;
  if (menu.open) openMenu = menu.classList[0];
  else if (!closedMenus.delete(menu) && !document.querySelector("details[name=bar][open]")) menu.open = true;
  else if (openMenu === menu.classList[0]) openMenu = undefined;
}, true);

(() => {
  const root = document.documentElement;
  const isFramed = window.top !== window;
  const find = selector => document.querySelector(selector);

  // Times that count up. The server's clock decides, which may differ from this computer's.
  const ahead = root.dataset.now - Date.now();
  const lessMotion = matchMedia("(prefers-reduced-motion: reduce)");
  setInterval(() => {
    for (const timer of document.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.floor((Date.now() + ahead - timer.dataset.since) / 1000));
      const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, "0"));
      const hours = Math.floor(seconds / 3600);
      timer.firstChild.data = hours > 0 ? [hours, ...parts].join(":") : parts.join(":").replace(/^0/, "");
    }
    // Times that count down. For people who want less motion, they change every five seconds until the last ten.
    for (const timer of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.ceil((timer.dataset.until - Date.now() - ahead) / 1000));
      const seconds = left > 10 && lessMotion.matches ? Math.ceil(left / 5) * 5 : left;
      timer.toggleAttribute("data-urgent", left <= 10);
      timer.firstChild.data = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
  }, 1000);

  document.addEventListener("click", event => {
    if (event.target.closest("[data-print]")) print();
  });

  // Choices of this browser, sent along with every page.
  const remember = (name, value) => {
    const how = location.protocol !== "https:" ? "samesite=lax" : isFramed ? "samesite=none; secure" : "samesite=lax; secure";
    document.cookie = `${name}=${value}; path=/; max-age=31536000; ${how}`;
  };
  const remembered = name => document.cookie.split("; ").find(c => c.startsWith(name + "="))?.slice(name.length + 1);

  // The theme. theme.css has both; the server writes the attribute into the next page.
  document.addEventListener("toggle", event => {
    for (const choice of event.target.querySelectorAll("[data-appearance-choice]")) choice.checked = choice.value === root.dataset.appearance;
  }, true);
  document.addEventListener("change", event => {
    if (!event.target.matches("[data-appearance-choice]")) return;
    root.dataset.appearance = event.target.value;
    remember("agentpay-appearance", event.target.value);
  });

  // A sound and a notification for a new call. Both are off until the person switches them on in this browser.
  const alertIsOn = name => remembered(`agentpay-call-${name}`) === "on";
  let audio;
  // Browsers allow sound only after a gesture on the page.
  const wakeAudio = () => {
    if (!alertIsOn("sound")) return;
    audio ??= new AudioContext();
    if (audio.state !== "running") audio.resume();
  };
  const playTone = () => {
    if (audio?.state !== "running") return;
    const [tone, volume, now] = [audio.createOscillator(), audio.createGain(), audio.currentTime];
    tone.frequency.value = 660;
    volume.gain.setValueAtTime(0.2, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.6);
    tone.connect(volume).connect(audio.destination);
    tone.start(now);
    tone.stop(now + 0.6);
  };
  const mayNotify = () => window.Notification?.permission === "granted";
  const showNotice = text => {
    try {
      // With the same tag, a new notice replaces the last one. It would do so without attracting attention.
      new Notification(text, { tag: "agentpay-call", renotify: true });
    } catch (failure) {
      // Chrome on Android supports notifications of service workers only.
      if (!(failure instanceof TypeError)) throw failure;
    }
  };
  for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, wakeAudio, { capture: true, passive: true });
  agentpay.alertCall = text => {
    if (alertIsOn("sound")) playTone();
    if (alertIsOn("notice") && mayNotify()) showNotice(text);
  };
  document.addEventListener("toggle", event => {
    for (const box of event.target.querySelectorAll("[data-call-alert]"))
      box.checked = alertIsOn(box.value) && (box.value !== "notice" || mayNotify());
  }, true);
  document.addEventListener("change", async event => {
    const box = event.target;
    if (!box.matches("[data-call-alert]")) return;
    if (box.value === "notice" && box.checked) {
      box.checked = await window.Notification?.requestPermission() === "granted";
      find("[data-call-alert-blocked]").hidden = box.checked;
    }
    remember(`agentpay-call-${box.value}`, box.checked ? "on" : "off");
    if (box.value === "sound" && box.checked) {
      wakeAudio();
      await audio.resume();
      playTone();
    }
  });

  // The keyboard help. With shortcuts off, pages do not receive Ctrl+Enter.
  const shortcutsAreOn = () => remembered("agentpay-shortcuts") !== "off";
  const openHelp = () => {
    const dialog = find("[data-shortcut-dialog]");
    if (!dialog || dialog.open) return;
    dialog.querySelector("[data-shortcut-switch]").checked = shortcutsAreOn();
    dialog.showModal();
  };
  addEventListener("keydown", event => {
    if (event.key === "Escape" && find("#reconnect-dialog")?.open) event.preventDefault();
    if (event.key === "Escape") for (const menu of document.querySelectorAll("details[name=bar][open]")) {
      closedMenus.add(menu);
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !shortcutsAreOn()) event.stopImmediatePropagation();
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "?" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && shortcutsAreOn()) openHelp();
  }, true);
  // The second click of a double click must not press what the main button has become meanwhile, such as "New payment" after "Take".
  addEventListener("click", event => {
    if (event.detail > 1 && event.target.closest?.("[data-primary]")) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("change", event => {
    if (event.target.matches("[data-shortcut-switch]")) remember("agentpay-shortcuts", event.target.checked ? "on" : "off");
  });

  document.addEventListener("click", event => {
    if (event.target.closest("[data-shortcut-help]")) openHelp();
    if (event.target.closest("[data-reload]")) location.reload();
    const signIn = event.target.closest("[data-sign-in-window]");
    if (signIn) waitForSession(signIn.dataset.signInWindow);
    if (event.target.closest("[data-storage-access-button]")) document.requestStorageAccess().then(() => location.replace(find("[data-sign-in-window]").dataset.signInWindow), () => {});
    // A click elsewhere closes a menu, and one on its button does so by itself.
    for (const menu of document.querySelectorAll("details[name=bar][open]")) {
      if (!menu.contains(event.target) || event.target.closest("summary")) closedMenus.add(menu);
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // How long to wait for an answer. A server that hangs accepts requests and does not answer them.
  const answerTime = 5000;

  // Blazor would scroll there without moving the focus.
  addEventListener("click", event => {
    if (!event.target.closest?.(".skip")) return;
    event.preventDefault();
    find("#content").focus();
  }, true);

  // Asks for the session and renews it. 204: it is valid; 401: there is none; undefined: the server did not answer.
  const ask = () => fetch("session", { cache: "no-store", signal: AbortSignal.timeout(answerTime) }).then(answer => answer.status, () => undefined);
  // The page that says so offers the sign-in itself. Any other is reloaded: the server redirects to the sign-in and back.
  const isOver = status => status === 401 && !find("[data-session-over]");

  const isConsole = find("main")?.hasAttribute("data-console");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("agentpay") : undefined;
  if (find("[data-signed-out]")) tabs?.postMessage("signed-out");
  if (find("[data-signed-in]")) window.close();

  if (isConsole) {
    // Renews the session while somebody works here: the circuit, over which their actions reach the server, renews no cookie.
    const pause = 5 * 60_000;
    let asked = Date.now();
    const keepAlive = async () => {
      asked = Date.now();
      if (isOver(await ask())) location.reload();
    };
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => Date.now() - asked > pause && keepAlive(), { capture: true, passive: true });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && Date.now() - asked > pause && keepAlive());
    // Another tab signed out. The circuit knows already, unless it is on another server.
    tabs?.addEventListener("message", () => setTimeout(keepAlive, 1000));
  }

  // Entra's pages refuse to be framed, so a frame signs in and out in new windows.
  if (isFramed) for (const form of document.querySelectorAll("[data-sign-out]")) form.target = "_blank";
  async function waitForSession(page) {
    for (let i = 0; i < 300; i++) {
      await new Promise(resolve => setTimeout(resolve, 1000));
      if (await ask() === 204) return location.replace(page);
      const mayStore = await document.hasStorageAccess?.() ?? true;
      find("[data-storage-access]").hidden = mayStore;
    }
  }

  // The circuit. After a lost connection the first attempts follow quickly; Blazor also tries when the tab becomes visible.
  if (!window.Blazor) return;
  const waits = [0, 1000, 2000, 3000, 5000];
  const configureSignalR = hub => hub.withUrl("_blazor", { timeout: answerTime }).withKeepAliveInterval(5000).withServerTimeout(10_000);
  const retryIntervalMilliseconds = tries => waits[tries] ?? (tries < 120 ? 5000 : null);
  Blazor.start({ circuit: { configureSignalR, reconnectionOptions: { maxRetries: 120, retryIntervalMilliseconds, dialogId: "reconnect-dialog" } } });

  const modal = find("#reconnect-dialog");
  // Leaving the page closes the connection too.
  let isLeaving = false;
  addEventListener("pagehide", () => { isLeaving = true; });
  addEventListener("pageshow", () => { isLeaving = false; });
  modal.addEventListener("cancel", event => event.preventDefault());
  modal.addEventListener("components-reconnect-state-changed", event => {
    const state = event.detail.state;
    modal.dataset.state = state;
    if (state === "hide") modal.close();
    // The server answered and no longer knows the circuit: it was restarted.
    else if (state === "rejected" || state === "resume-failed") location.reload();
    else if (!modal.open && !isLeaving) {
      modal.showModal();
      watch();
    }
  });

  // Reloads when the session is over, or when the server answers after Blazor has given up: a new page finds everything in Sync.
  async function watch() {
    while (modal.open) {
      await new Promise(resolve => setTimeout(resolve, 3000));
      const status = modal.open && await ask();
      if (status === 401 || (status && modal.dataset.state === "failed")) return location.reload();
    }
  }
})();
