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
  const PREFIX = `upload:${place.dataset.uploadUrl}:`;
  const keyOf = (file) => `${PREFIX}${file.name}:${file.size}:${file.lastModified}`;
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

  /* Sends a file to its end; `hold` keeps it aside (a photograph waits for the others) and gives its address. */
  const send = async (file, { bar, state }, hold = false) => {
    for (let tries = 0; ; ) {
      try {
        let { url, offset } = await begin(file);
        for (;;) {
          if (hold && offset >= file.size) return url;
          const piece = file.slice(offset, offset + PIECE);
          const last = offset + piece.size >= file.size;
          const said = await call(url + query, {
            method: "POST", body: piece,
            headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset), "Upload-Complete": last && !hold ? "1" : "0",
              "Upload-Name": JSON.stringify(file.name).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`) },
          });
          offset = said.offset;
          bar.value = offset;
          state.textContent = "";
          tries = 0;
          if (said.file) { localStorage.removeItem(keyOf(file)); return said.file; }
        }
      } catch (why) {
        if (why instanceof Said && !why.gone) { localStorage.removeItem(keyOf(file)); throw why; }
        if (why.gone) localStorage.removeItem(keyOf(file));
        tries += 1;
        if (tries > 8) throw new Said("Связь не восстановилась. Выберите файл ещё раз: загрузка продолжится с того же места.");
        state.textContent = "нет связи, продолжим сами";
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
    const state = document.createElement("span");
    state.className = "muted small";
    row.append(name, bar, state);
    list.append(row);
    return { row, name, bar, state };
  };

  const finish = ({ row, name, bar, state }, stored) => {
    bar.remove();
    state.remove();
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

  const fail = (shown, why) => {
    shown.forEach((one) => one.row.remove());
    window.app.toast(why instanceof Said ? why.message : "Файл не загрузился. Выберите его ещё раз.", "bad");
  };

  let running = 0;
  field.addEventListener("change", async () => {
    const files = [...field.files];
    field.value = ""; // they travel in pieces: the form itself carries none of them
    forget(files);
    for (const file of files) {
      const shown = line(file);
      running += 1;
      try { finish(shown, await send(file, shown)); } catch (why) { fail([shown], why); }
      running -= 1;
    }
  });

  /* Photographs travel the same way, as soon as they are chosen, and become one PDF. */
  const photos = document.querySelector("[data-photos]");
  document.querySelector("[data-photos-send]").hidden = true;
  photos.addEventListener("change", async () => {
    const files = [...photos.files];
    photos.value = "";
    forget(files);
    const shown = files.map(line);
    running += 1;
    try {
      const body = new FormData(photos.form);
      body.delete("photos");
      for (const [index, file] of files.entries()) {
        body.append("upload", await send(file, shown[index], true));
        body.append("name", file.name);
        shown[index].bar.remove();
      }
      const last = shown[shown.length - 1];
      last.state.textContent = "собираем в один PDF…";
      const { file } = await call(photos.form.action, { method: "POST", body });
      files.forEach((one) => localStorage.removeItem(keyOf(one)));
      shown.slice(0, -1).forEach((one) => one.row.remove());
      finish(last, file);
    } catch (why) { fail(shown, why); }
    running -= 1;
  });

  /* What an earlier visit did not finish sending: the page cannot open the file itself, the person can. */
  const forget = (files) => files.forEach((file) => list.querySelector(`[data-unfinished="${CSS.escape(file.name)}"]`)?.remove());
  Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => {
    const row = document.createElement("li");
    row.dataset.unfinished = key.slice(PREFIX.length).split(":").slice(0, -2).join(":");
    row.textContent = `«${row.dataset.unfinished}» загружен не до конца: выберите его ещё раз, загрузка продолжится. `;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn sm quiet";
    drop.textContent = "не нужен";
    drop.addEventListener("click", () => { localStorage.removeItem(key); row.remove(); });
    row.append(drop);
    list.append(row);
  });

  document.getElementById("answer").addEventListener("submit", (event) => {
    if (!running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.app.toast("Файлы ещё загружаются. Отправьте ответ, когда они появятся в списке.", "warn");
  }, true);
})();
