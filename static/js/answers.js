/* The answer of a school and its check: files that go on where the network broke. */
(() => {
  "use strict";
  const PIECE = 512 * 1024;
  const csrf = () => window.app.csrf();

  /* Files in pieces. The address of an unfinished upload is kept on the device: the same file, chosen again, goes on. */
  const place = document.querySelector("[data-upload-field]");
  const field = place?.querySelector("[data-uploads]");
  if (!field) return;
  const list = place.querySelector("[data-file-list]");
  const keyOf = (file) => `upload:${place.dataset.uploadUrl}:${file.name}:${file.size}:${file.lastModified}`;
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const query = new URL(place.dataset.uploadUrl, location.href).search;

  class Said extends Error {}
  const call = async (url, options = {}) => {
    const answer = await fetch(url, { ...options, headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch", ...options.headers } });
    const body = await answer.json().catch(() => ({}));
    if (answer.status === 404) throw Object.assign(new Said(body.error || ""), { gone: true });
    if (answer.status === 401) { await new Promise((resolve) => window.app.askLogin(resolve)); throw new Error("again"); }
    if (answer.status >= 500) throw new Error("server");
    if (!answer.ok) throw new Said(body.error || "Файл не принят. Обновите страницу и попробуйте ещё раз.");
    return body;
  };

  const begin = async (file) => {
    const kept = localStorage.getItem(keyOf(file));
    if (kept) {
      try { return { url: kept, offset: (await call(kept + query)).offset }; } catch (why) { if (!(why instanceof Said)) throw why; }
      localStorage.removeItem(keyOf(file));
    }
    const { url } = await call(place.dataset.uploadUrl, { method: "POST", body: JSON.stringify({ size: file.size }), headers: { "Content-Type": "application/json" } });
    try { localStorage.setItem(keyOf(file), url); } catch { /* goes on within the page only */ }
    return { url, offset: 0 };
  };

  const send = async (file, bar) => {
    for (let tries = 0; ; ) {
      try {
        let { url, offset } = await begin(file);
        for (;;) {
          const piece = file.slice(offset, offset + PIECE);
          const last = offset + piece.size >= file.size;
          const said = await call(url + query, {
            method: "POST", body: piece,
            headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset), "Upload-Complete": last ? "1" : "0",
              "Upload-Name": JSON.stringify(file.name).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`) },
          });
          offset = said.offset;
          bar.value = offset;
          tries = 0;
          if (said.file) { localStorage.removeItem(keyOf(file)); return said.file; }
        }
      } catch (why) {
        if (why instanceof Said && !why.gone) { localStorage.removeItem(keyOf(file)); throw why; }
        if (why.gone) localStorage.removeItem(keyOf(file));
        tries += 1;
        if (tries > 8) throw new Said("Связь не восстановилась. Выберите файл ещё раз: загрузка продолжится с того же места.");
        await wait(Math.min(1000 * 2 ** tries, 15000));
      }
    }
  };

  const line = (file) => {
    const row = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `Загрузка: ${file.name}`);
    row.append(name, bar);
    list.append(row);
    return { row, name, bar };
  };

  const finish = ({ row, name, bar }, stored) => {
    bar.remove();
    const link = document.createElement("a");
    link.href = stored.url;
    link.textContent = stored.name;
    name.replaceWith(link);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn sm quiet";
    remove.textContent = "убрать";
    remove.setAttribute("aria-label", `Убрать файл ${stored.name}`);
    remove.addEventListener("click", async () => {
      const body = new FormData();
      body.append("organization", document.querySelector('#answer input[name="organization"]').value);
      const answer = await fetch(stored.remove, { method: "POST", body, headers: { "X-CSRFToken": csrf() } });
      if (answer.ok) row.remove();
    });
    row.append(remove);
  };

  let running = 0;
  field.addEventListener("change", async () => {
    const files = [...field.files];
    field.value = ""; // they travel in pieces: the form itself carries none of them
    for (const file of files) {
      const shown = line(file);
      running += 1;
      try { finish(shown, await send(file, shown.bar)); }
      catch (why) { shown.row.remove(); window.app.toast(why instanceof Said ? why.message : "Файл не загрузился. Выберите его ещё раз.", "bad"); }
      running -= 1;
    }
  });
  document.getElementById("answer").addEventListener("submit", (event) => {
    if (!running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.app.toast("Файлы ещё загружаются. Отправьте ответ, когда они появятся в списке.", "warn");
  }, true);
})();
