/* Half-written forms survive: a form with data-draft keeps what was typed on this device, for this person and page.
   Kept until the form is accepted, at most two weeks; passwords, files and hidden fields are never kept. */
(() => {
  "use strict";
  const user = document.querySelector('meta[name="user"]')?.content;
  if (!user) return;
  const PREFIX = "draft:";
  const AGE = 14 * 24 * 3600 * 1000;

  const keyOf = (form) => `${PREFIX}${user}:${location.pathname}:${form.dataset.draft || form.id || "form"}`;
  const fieldsOf = (form) => [...form.elements].filter((one) =>
    one.name && !["hidden", "password", "file", "submit", "button", "reset"].includes(one.type) && !one.closest("[data-draft-skip]"));
  const valueOf = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    if (field.type === "select-multiple") return [...field.selectedOptions].map((one) => one.value);
    return field.value;
  };
  const initialOf = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.defaultChecked;
    if (field.type === "select-multiple") return [...field.options].filter((one) => one.defaultSelected).map((one) => one.value);
    if (field.tagName === "SELECT") return ([...field.options].find((one) => one.defaultSelected) || field.options[0])?.value ?? "";
    return field.defaultValue;
  };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const nameOf = (field) => `${field.name}\u0000${field.type === "checkbox" || field.type === "radio" ? field.value : ""}`;

  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* the device keeps nothing */ } };
  const drop = (key) => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };

  const save = (form) => {
    const values = {};
    fieldsOf(form).forEach((field) => {
      if (!same(valueOf(field), initialOf(field))) values[nameOf(field)] = valueOf(field);
    });
    if (Object.keys(values).length) write(keyOf(form), { at: Date.now(), values });
    else drop(keyOf(form));
  };

  const restore = (form) => {
    const kept = read(keyOf(form));
    if (!kept) return;
    const changed = [];
    fieldsOf(form).forEach((field) => {
      const value = kept.values[nameOf(field)];
      if (value === undefined || same(value, valueOf(field))) return;
      changed.push(field);
      if (field.type === "checkbox" || field.type === "radio") field.checked = value;
      else if (field.type === "select-multiple") [...field.options].forEach((one) => { one.selected = value.includes(one.value); });
      else field.value = value;
    });
    if (!changed.length) return;
    changed.forEach((field) => field.dispatchEvent(new Event("change", { bubbles: true })));
    const note = document.createElement("div");
    note.className = "note info";
    note.setAttribute("role", "status");
    const text = document.createElement("div");
    text.textContent = "Восстановлено то, что вы ввели раньше и не отправили. ";
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn-link";
    undo.textContent = "Убрать введённое";
    undo.addEventListener("click", () => { drop(keyOf(form)); form.reset(); note.remove(); });
    text.append(undo);
    note.append(text);
    form.prepend(note);
  };

  const rejected = (form) => form.querySelector('[aria-invalid="true"], .errors:not([hidden]), .error, [role="alert"]');

  const start = (form) => {
    if (form.dataset.draftOn) return;
    form.dataset.draftOn = "1";
    const key = keyOf(form);
    /* A page that came back with errors holds the typed values itself. */
    if (!rejected(form)) restore(form);
    let timer = 0;
    const later = () => { clearTimeout(timer); timer = setTimeout(() => save(form), 300); };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    window.addEventListener("pagehide", () => { if (timer && sessionStorage.getItem("draft-sent") !== key) save(form); });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      save(form);
      setTimeout(() => { if (!event.defaultPrevented) sessionStorage.setItem("draft-sent", key); });
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt === form && event.detail.successful) drop(key);
    });
  };

  /* The page after a sent form: if the same form came back with errors the draft stays, otherwise it was accepted. Whoever
     comes back to the form itself had no answer from the server (it failed, the connection broke): the draft stays too. */
  const sent = sessionStorage.getItem("draft-sent");
  if (sent) {
    sessionStorage.removeItem("draft-sent");
    const back = [...document.querySelectorAll("form[data-draft]")].find((form) => keyOf(form) === sent);
    const answered = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    if (answered && !(back && rejected(back))) drop(sent);
  }
  Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => {
    const kept = read(key);
    if (!kept || Date.now() - kept.at > AGE) drop(key);
  });
  const all = (root) => root.querySelectorAll?.("form[data-draft]").forEach(start);
  all(document);
  document.addEventListener("htmx:load", (event) => all(event.target.parentElement || document));

  window.drafts = { clear: (form) => drop(keyOf(form)), save };
})();
