/* What every page needs: the CSRF token for background requests, a clear word when one fails, logging in again. */
(() => {
  "use strict";
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content || "";
  const waiting = [];

  /** Shows a sentence for a while at the corner: kind is "ok", "info", "warn" or "bad". */
  const toast = (text, kind = "info") => {
    const place = document.getElementById("toasts");
    const template = document.getElementById("template-toast");
    if (!place || !template) return;
    const note = template.content.firstElementChild.cloneNode(true);
    note.classList.add(kind);
    note.querySelector("div").textContent = text;
    place.append(note);
    setTimeout(() => note.remove(), Math.max(4000, text.length * 90));
  };

  const renew = (token) => {
    const holder = document.querySelector('meta[name="csrf-token"]');
    if (holder) holder.content = token;
    document.querySelectorAll('input[name="csrfmiddlewaretoken"]').forEach((one) => { one.value = token; });
  };

  /** Whether the session lives, and for the same person; renews the token of the page. */
  const alive = async () => {
    const answer = await fetch(meta("session-url"), { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
    if (!answer.ok) return true; // the server will answer the request itself
    const said = await answer.json();
    if (!said.alive || String(said.user) !== meta("user")) return false;
    renew(said.csrf);
    return true;
  };

  /** Asks to log in again in another tab; `retry` runs when the person is back. */
  const askLogin = (retry) => {
    if (retry) waiting.push(retry);
    const dialog = document.getElementById("dialog-login");
    const back = `${meta("login-url")}?next=${encodeURIComponent(`${meta("session-url")}?back=1`)}`;
    dialog.querySelector("[data-login-open]").href = back;
    dialog.querySelector("[data-login-still]").hidden = true;
    if (!dialog.open) dialog.showModal();
  };

  const resume = async (quiet) => {
    const dialog = document.getElementById("dialog-login");
    if (!dialog?.open) return;
    if (await alive()) {
      dialog.close();
      toast("Вход выполнен, работа продолжается.", "ok");
      waiting.splice(0).forEach((retry) => retry());
    } else if (!quiet) {
      dialog.querySelector("[data-login-still]").hidden = false;
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-login-check]")) resume(false);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) resume(true); });
  window.addEventListener("focus", () => resume(true));

  /* Background requests of htmx. */
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = meta("csrf-token");
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status === 401) {
      askLogin(() => window.htmx.ajax(requestConfig.verb.toUpperCase(), requestConfig.path, {
        source: requestConfig.elt, target: requestConfig.target, values: requestConfig.unfilteredParameters,
      }));
      return;
    }
    const known = {
      403: "На это действие у вас нет прав. Обновите страницу: возможно, роль изменилась.",
      404: "Этой записи больше нет. Обновите страницу.",
      413: "Файл слишком велик.",
    };
    const plain = (xhr.getResponseHeader("Content-Type") || "").startsWith("text/plain") ? xhr.responseText : "";
    toast(plain || known[xhr.status] || "Не получилось выполнить: на сервере ошибка. Введённое осталось на странице.", "bad");
  });
  document.addEventListener("htmx:sendError", () => {
    toast("Нет связи с сервером. Введённое осталось на странице, попробуйте ещё раз.", "bad");
  });
  document.addEventListener("toast", (event) => {
    const said = event.detail?.value ?? event.detail;
    if (typeof said === "string") toast(said, "ok");
    else if (said?.text) toast(said.text, said.kind || "ok");
  });

  /* A second press while the first is on its way sends nothing: two registrations, two answers are never begun. */
  const sending = new WeakSet();
  const hold = (form) => {
    sending.add(form);
    const free = () => sending.delete(form);
    window.addEventListener("pageshow", free, { once: true });
    setTimeout(free, 30_000);
    return free;
  };

  /* A plain form is sent only when the session lives: otherwise the log-in page would replace what was typed. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.dataset.checked || form.hasAttribute("hx-post")) return;
    if (sending.has(form)) { event.preventDefault(); return; }
    const free = hold(form);
    if (!meta("user") || (!form.dataset.draft && !form.querySelector("textarea, input[type=file], input[type=text]"))) return;
    event.preventDefault();
    const button = event.submitter;
    const go = () => {
      form.dataset.checked = "1";
      form.requestSubmit(button && form.contains(button) ? button : undefined);
      delete form.dataset.checked;
    };
    alive().then((yes) => { if (yes) go(); else { free(); askLogin(go); } }).catch(() => {
      free();
      toast("Нет связи с сервером. Введённое осталось на странице, попробуйте ещё раз.", "bad");
    });
  });

  window.app = { toast, askLogin, alive, csrf: () => meta("csrf-token") };
})();
