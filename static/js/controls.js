/* Small behaviours by attribute; every page works without them.
   data-open="id"      opens a dialog             data-close      closes the dialog it stands in
   data-confirm="…"    asks before a form is sent or a button pressed
   data-copy="text" or data-copy-from="id"        puts text on the clipboard
   data-autosubmit     sends the form when a field of it changes
   data-check-here="name" ticks every box of that name in its form (or in its data-check-scope); the second press clears them
   data-print          prints the page            data-busy="…"   the button's words while the form is sent
   data-focus          takes the focus when the page opens */
(() => {
  "use strict";
  const say = (text, kind) => window.app?.toast(text, kind);

  /* A menu closes when the person looks elsewhere. */
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* Dialogs. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.open);
      if (dialog) { event.preventDefault(); dialog.showModal(); }
    }
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
  });

  /* Asking before what cannot be taken back. */
  const ask = (text, word) => new Promise((resolve) => {
    const dialog = document.getElementById("dialog-confirm");
    if (!dialog) { resolve(window.confirm(text)); return; }
    dialog.querySelector("[data-confirm-text]").textContent = text;
    const yes = dialog.querySelector("[data-confirm-yes]");
    yes.textContent = word || "Да";
    let answer = false;
    yes.onclick = () => { answer = true; dialog.close(); };
    dialog.querySelector("[data-confirm-no]").onclick = () => dialog.close();
    dialog.addEventListener("close", () => resolve(answer), { once: true });
    dialog.showModal();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const source = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!source.dataset.confirm || form.dataset.confirmed || form.dataset.checked) return; // asked already
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    ask(source.dataset.confirm, source.dataset.confirmYes).then((yes) => {
      if (!yes) return;
      form.dataset.confirmed = "1";
      form.requestSubmit(button && form.contains(button) ? button : undefined);
      delete form.dataset.confirmed;
    });
  }, true);
  document.addEventListener("htmx:confirm", (event) => {
    const text = event.target.dataset.confirm;
    if (!text || event.target.tagName === "FORM") return;
    event.preventDefault();
    ask(text, event.target.dataset.confirmYes).then((yes) => { if (yes) event.detail.issueRequest(true); });
  });

  /* Copying: by the clipboard where the browser allows it, else by a selected field. */
  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) { await navigator.clipboard.writeText(text); return true; }
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "sr-only";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-copy-from]");
    if (!button) return;
    const from = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
    copy(from ? (from.value ?? from.textContent).trim() : button.dataset.copy)
      .then((done) => say(done ? "Скопировано" : "Не удалось скопировать: выделите текст и нажмите Ctrl+C", done ? "ok" : "warn"))
      .catch(() => say("Не удалось скопировать: выделите текст и нажмите Ctrl+C", "warn"));
  });

  /* Lists and forms. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form && !event.target.matches("[type=search], [type=text]")) form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-check-here]");
    if (!button) return;
    const boxes = [...button.closest("[data-check-scope], form").querySelectorAll(`input[name="${button.dataset.checkHere}"]`)];
    const on = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = on; box.dispatchEvent(new Event("change", { bubbles: true })); });
    button.textContent = on ? "Снять отметки" : "Отметить все";
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const button = event.submitter || event.target.querySelector("[data-busy]");
    if (!button?.dataset.busy) return;
    const words = button.innerHTML;
    setTimeout(() => {
      button.textContent = button.dataset.busy;
      button.classList.add("busy");
    });
    window.addEventListener("pageshow", () => { button.innerHTML = words; button.classList.remove("busy"); }, { once: true });
  });
  document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-focus]")?.focus());

  window.ask = ask;
})();
