/* Many files of results: each is sent and read by itself, so that a long folder shows how far it is and one bad file stops nothing. */
(() => {
  "use strict";
  const form = document.querySelector("[data-results]");
  if (!form) return;
  const zone = form.querySelector("[data-drop]");
  const input = form.querySelector("input[type=file]");
  const name = form.querySelector("[data-drop-name]");
  const words = (count) => {
    const tail = count % 100, last = count % 10;
    if (tail >= 11 && tail <= 14) return "файлов";
    return last === 1 ? "файл" : last >= 2 && last <= 4 ? "файла" : "файлов";
  };
  const show = () => {
    const count = input.files.length;
    if (!count) return;
    name.textContent = count === 1 ? input.files[0].name : `${count} ${words(count)}`;
    zone.classList.add("has-file");
  };
  input.addEventListener("change", show);
  ["dragenter", "dragover"].forEach((kind) =>
    document.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); }));
  ["dragleave", "drop"].forEach((kind) => document.addEventListener(kind, () => zone.classList.remove("over")));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; show(); }
  });

  const post = (url, body) => fetch(url, {
    method: "POST", body, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "fetch" },
  });

  // A few small files a request: the server makes the registry ready once for them, and the list still grows before one's eyes.
  const groups = (files) => {
    const made = [];
    let size = 0;
    for (const file of files) {
      const last = made[made.length - 1];
      if (!last || last.length >= 6 || size + file.size > 4_000_000) { made.push([file]); size = file.size; }
      else { last.push(file); size += file.size; }
    }
    return made;
  };

  let sending = false;
  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });

  form.addEventListener("submit", async (event) => {
    if (input.files.length < 2) return; // one file needs no list
    event.preventDefault();
    const files = [...input.files];
    const place = form.querySelector("[data-progress]");
    const line = place.querySelector("[data-progress-words]");
    const bar = place.querySelector("progress");
    const list = place.querySelector("[data-progress-files]");
    const button = form.querySelector("button[type=submit]");
    const told = (file, said) => {
      const row = document.createElement("li");
      row.textContent = `${file.name} — ${said}`;
      list.append(row);
      bar.value += 1;
    };
    place.hidden = false;
    button.disabled = true;
    bar.max = files.length;
    bar.value = 0;
    const about = new FormData();
    files.forEach((file) => about.append("names", file.name));
    if (form.dataset.batch) about.append("batch", form.dataset.batch);
    let where;
    try {
      const started = await post(form.dataset.start, about);
      where = await started.json();
      if (!started.ok) throw new Error(where.error);
    } catch (why) {
      line.textContent = why instanceof SyntaxError || why instanceof TypeError || !why.message
        ? "Не удалось начать загрузку. Обновите страницу и попробуйте ещё раз." : why.message;
      button.disabled = false;
      return;
    }
    sending = true;
    let done = 0;
    for (const group of groups(files)) {
      line.textContent = `Читаем ${done + 1}–${done + group.length} из ${files.length}: ${group.map((file) => file.name).join(", ")}`;
      const body = new FormData();
      group.forEach((file) => body.append("files", file));
      try {
        const answer = await post(where.file, body);
        const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        group.forEach((file, at) => told(file, said.files?.[at]?.state || said.error || "не принят: сервер не ответил"));
      } catch {
        group.forEach((file) => told(file, "не отправлен: связь прервалась, добавьте этот файл ещё раз"));
      }
      done += group.length;
    }
    sending = false;
    line.textContent = "Проверяем…";
    const check = document.createElement("form");
    check.method = "post";
    check.action = where.check;
    const token = form.elements.csrfmiddlewaretoken.cloneNode();
    check.append(token);
    document.body.append(check);
    check.submit();
  });
})();
