/* Sections of a note are saved as they are typed; a section somebody else saved meanwhile keeps the typed text and says so. */
(() => {
  "use strict";
  document.querySelectorAll("form[data-section]").forEach((form) => {
    const state = form.querySelector("[data-state]");
    const area = form.querySelector("textarea");
    let timer = 0, busy = false, again = false, compared = false; // compared: the person pressed the button, data in sight
    const send = async () => {
      clearTimeout(timer);
      if (busy) { again = true; return; }
      busy = true;
      state.textContent = "Сохраняется…";
      try {
        const body = new FormData(form);
        if (compared) body.set("compared", "on");
        compared = false;
        const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
        const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        if (answer.ok) {
          form.elements.version.value = said.version;
          state.textContent = "Сохранено";
          if (!said.stale) form.closest("section").querySelector("[data-stale]")?.remove();
          state.removeAttribute("role");
        } else {
          state.setAttribute("role", "alert");
          state.textContent = said.error || "Не сохранено: обновите страницу, текст останется здесь.";
          again = false;
        }
      } catch {
        state.textContent = "Нет связи: текст останется на странице, сохраним, когда связь вернётся.";
        timer = setTimeout(send, 5000);
      }
      busy = false;
      if (again) { again = false; send(); }
    };
    area.addEventListener("input", () => { state.textContent = "Есть несохранённое"; clearTimeout(timer); timer = setTimeout(send, 1200); });
    form.querySelector("[name=included]")?.addEventListener("change", send);
    form.addEventListener("submit", (event) => { event.preventDefault(); compared = true; send(); });
    window.addEventListener("online", () => { if (state.textContent.startsWith("Нет связи")) send(); });
  });
})();
