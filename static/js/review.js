/* The review: source and clauses light each other, F8 steps through questions, text saves itself and survives a lost
   connection, Ctrl+Z undoes an edit on the server. Everything that changes data is a request; nothing lives only here. */
(() => {
  const root = document.querySelector("[data-review]");
  if (!root) return;
  const reduced = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const panel = () => document.getElementById("reading");
  const clauseOf = (node) => node.closest && node.closest("[data-clause]");
  const csrf = () => document.querySelector("meta[name=csrf-token]").content;

  /* --- light both ways --- */
  const light = (id, scroll) => {
    root.querySelectorAll(".lit").forEach((node) => node.classList.remove("lit"));
    if (!id) return;
    const pieces = root.querySelectorAll(`[data-source="${id}"]`);
    pieces.forEach((node) => node.classList.add("lit"));
    const row = document.getElementById(`clause-${id}`);
    if (row) row.classList.add("lit");
    if (scroll === "source" && pieces.length) within(root.querySelector(".source"), pieces[0]);
    if (scroll === "clause" && row) row.scrollIntoView({ block: "center", behavior: reduced ? "auto" : "smooth" });
  };
  const within = (box, node) => {
    const top = node.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 20 || top > box.clientHeight - 80) box.scrollTop += top - box.clientHeight / 3;
  };
  root.addEventListener("mouseover", (event) => {
    const row = clauseOf(event.target);
    if (row) return light(row.dataset.clause, "source");
    const piece = event.target.closest("[data-source]");
    if (piece) light(piece.dataset.source);
  });
  root.addEventListener("click", (event) => {
    const piece = event.target.closest("[data-source]");
    if (piece) light(piece.dataset.source, "clause");
  });
  root.addEventListener("focusin", (event) => {
    const row = clauseOf(event.target);
    if (row) light(row.dataset.clause, "source");
  });

  /* --- questions by one key --- */
  let last = null;
  let lastAt = -1;
  const nextQuestion = () => {
    const all = [...panel().querySelectorAll("[data-question]")];
    if (!all.length) return;
    const at = all.findIndex((node) => node.dataset.question === last);
    // An answered question is gone and the next one stands in its place: those skipped before it are not begun again.
    const next = all[(at < 0 ? Math.max(lastAt, 0) : at + 1) % all.length];
    last = next.dataset.question;
    lastAt = all.indexOf(next);
    const row = clauseOf(next);
    next.scrollIntoView({ block: "center", behavior: reduced ? "auto" : "smooth" });
    (next.querySelector("button") || next).focus({ preventScroll: true });
    if (row) light(row.dataset.clause, "source");
  };
  document.addEventListener("click", (event) => { if (event.target.closest("[data-next-question]")) nextQuestion(); });
  document.addEventListener("focusin", (event) => {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    last = question.dataset.question; // answered by mouse: the key goes on from here too
    lastAt = [...panel().querySelectorAll("[data-question]")].indexOf(question);
  });

  /* --- the panel is replaced after each edit: the focus stays with the clause it was in, not at the top of the page --- */
  let stood = null;
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    stood = null;
    const active = document.activeElement;
    if (event.detail.target.id !== "reading" || !event.detail.target.contains(active)) return;
    const row = clauseOf(active);
    stood = { clause: row && row.id, at: [...panel().querySelectorAll("[data-clause]")].indexOf(row) };
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    const place = stood;
    stood = null;
    // Found again by its id, or moved by the person meanwhile: nothing to do.
    if (!place || document.activeElement !== document.body) return;
    const rows = [...panel().querySelectorAll("[data-clause]")];
    const next = document.getElementById(place.clause) || (place.at >= 0 && rows[Math.min(place.at, rows.length - 1)]);
    (next || panel()).focus({ preventScroll: true });
  });

  /* --- keys --- */
  document.addEventListener("keydown", (event) => {
    if (event.key === "F8") { event.preventDefault(); return nextQuestion(); }
    const typing = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if ((event.ctrlKey || event.metaKey) && !typing && ["z", "я"].includes(event.key.toLowerCase())) {
      event.preventDefault();
      return send(event.shiftKey ? panel().dataset.redo : panel().dataset.undo);
    }
    if ((event.ctrlKey || event.metaKey) && !typing && ["y", "н"].includes(event.key.toLowerCase())) {
      event.preventDefault();
      return send(panel().dataset.redo);
    }
    if (event.key === "Escape") {
      const editor = event.target.closest("[data-editor]");
      if (editor) closeEditor(editor);
      return;
    }
    const row = event.target.matches("[data-clause]") ? event.target : null;
    if (!row) return;
    if (event.key === "Enter") { event.preventDefault(); row.querySelector("button.edit").click(); }
    if (event.key === " ") { event.preventDefault(); row.querySelector(".pick").click(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const rows = [...panel().querySelectorAll("[data-clause]")];
      const next = rows[rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) next.focus();
    }
  });
  const send = (url, values) =>
    window.htmx.ajax("POST", url, { target: "#reading", swap: "outerHTML", values: values || {} });
  const closeEditor = (editor) => {
    const row = clauseOf(editor);
    editor.remove();
    if (row) row.focus();
  };

  /* --- the editor of a clause --- */
  root.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close-editor]");
    if (close) closeEditor(close.closest("[data-editor]"));
    const split = event.target.closest("[data-split]");
    if (split) {
      const form = split.closest("form");
      const area = form.querySelector("textarea");
      const part = split.closest("[data-structure]");
      flush(area).then(() =>
        send(split.dataset.split, {
          verb: "split", at: area.selectionStart, version: form.elements.version.value,
          structure: part.dataset.structure,
        }));
    }
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const editor = event.target.querySelector && event.target.querySelector("[data-editor]");
    if (editor) {
      document.querySelectorAll("[data-editor]").forEach((other) => { if (other !== editor) other.remove(); });
      restore(editor);
      const first = editor.querySelector("textarea, input:not([type=hidden])");
      if (first) first.focus({ preventScroll: true });
    }
    if (event.target.id === "reading" || document.getElementById("reading")) bulk();
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-autosave-url]")) schedule(event.target);
  });
  /* --- text saves itself; what could not be sent stays on the device --- */
  const key = (area) => `clause-text:${area.dataset.clauseText}`;
  const says = (text, bad) => {
    const place = document.querySelector("[data-autosave]");
    if (!place) return;
    place.textContent = text;
    place.classList.toggle("bad-words", Boolean(bad));
  };
  const timers = new Map();
  const schedule = (area) => {
    localStorage.setItem(key(area), area.value);
    says("Сохраняем…");
    clearTimeout(timers.get(area));
    timers.set(area, setTimeout(() => flush(area), 900));
  };
  const flush = async (area) => {
    clearTimeout(timers.get(area));
    if (localStorage.getItem(key(area)) === null) return;
    const typed = area.value;
    const form = area.closest("form");
    const body = new URLSearchParams({ text: typed, version: form.elements.version.value });
    try {
      const answer = await fetch(area.dataset.autosaveUrl, {
        method: "POST", body, headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" },
      });
      if (answer.status === 401) return says("Вы вышли из программы. Войдите в новой вкладке: введённое не потеряется.", true);
      const said = await answer.json();
      if (!answer.ok) return says(said.error, true);
      form.elements.version.value = said.version;
      if (area.value === typed) localStorage.removeItem(key(area));
      const shown = document.querySelector(`#clause-${area.dataset.clauseText} .clause-text`);
      if (shown) shown.textContent = said.text;
      says(`Сохранено в ${said.saved}`);
    } catch {
      says("Нет связи. Текст сохранён на этом компьютере и уйдёт сам, когда связь появится.", true);
      timers.set(area, setTimeout(() => flush(area), 5000));
    }
  };
  const restore = (editor) => {
    const area = editor.querySelector("[data-autosave-url]");
    if (!area) return;
    const kept = localStorage.getItem(key(area));
    if (kept === null || kept === area.value) return;
    area.value = kept; // somebody may have changed the clause meanwhile: the person decides, nothing is overwritten by itself
    says("В поле — введённое раньше и не сохранённое. Проверьте и нажмите «Сохранить текст».", true);
  };
  window.addEventListener("online", () => root.querySelectorAll("[data-autosave-url]").forEach((area) => flush(area)));
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest && event.target.closest("[data-text-form]");
    if (form) { const area = form.querySelector("textarea"); clearTimeout(timers.get(area)); }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("[data-text-form]");
    if (form && event.detail.successful) localStorage.removeItem(key(form.querySelector("textarea")));
  });

  /* --- several clauses at once --- */
  let from = null;
  const picked = () => [...panel().querySelectorAll(".pick:checked")];
  const bulk = () => {
    const bar = panel() && panel().querySelector("[data-bulk]");
    if (!bar) return;
    const count = picked().length;
    bar.hidden = count === 0;
    bar.querySelector("[data-bulk-count]").textContent = `Выделено: ${count}`;
  };
  root.addEventListener("click", (event) => {
    if (event.target.matches(".pick")) {
      const all = [...panel().querySelectorAll(".pick")];
      if (event.shiftKey && from !== null) {
        const [a, b] = [all.indexOf(from), all.indexOf(event.target)].sort((x, y) => x - y);
        if (a >= 0) all.slice(a, b + 1).forEach((box) => { box.checked = event.target.checked; });
      }
      from = event.target;
      return bulk();
    }
    if (event.target.closest("[data-bulk-clear]")) { picked().forEach((box) => { box.checked = false; }); return bulk(); }
    const ids = () => picked().map((box) => box.value);
    const edit = event.target.closest("[data-bulk-edit]");
    if (edit) {
      const query = ids().map((id) => `clause=${id}`).join("&");
      window.htmx.ajax("GET", `${edit.dataset.url}?${query}`, { target: "#bulk-editor", swap: "innerHTML" });
    }
    const remove = event.target.closest("[data-bulk-delete]");
    if (remove && window.confirm(`Удалить пункты (${ids().length})? Правку можно отменить.`)) {
      send(remove.dataset.url, { clause: ids() });
    }
  });
})();
