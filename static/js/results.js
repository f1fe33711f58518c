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

  form.addEventListener("submit", async (event) => {
    if (input.files.length < 2) return; // one file needs no list
    event.preventDefault();
    const files = [...input.files];
    const place = form.querySelector("[data-progress]");
    const line = place.querySelector("[data-progress-words]");
    const bar = place.querySelector("progress");
    const list = place.querySelector("[data-progress-files]");
    const button = form.querySelector("button[type=submit]");
    place.hidden = false;
    button.disabled = true;
    bar.max = files.length;
    const started = await post(form.dataset.start, new FormData());
    if (!started.ok) { line.textContent = "Не удалось начать загрузку. Обновите страницу и попробуйте ещё раз."; button.disabled = false; return; }
    const where = await started.json();
    for (const [index, file] of files.entries()) {
      line.textContent = `Читаем ${index + 1} из ${files.length}: ${file.name}`;
      const body = new FormData();
      body.append("files", file);
      const row = document.createElement("li");
      let said = "";
      try {
        const answer = await post(where.file, body);
        const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        said = told.error || told.state || "не принят: сервер не ответил";
      } catch {
        said = "не отправлен: связь прервалась, добавьте этот файл следующей загрузкой";
      }
      row.textContent = `${file.name} — ${said}`;
      list.append(row);
      bar.value = index + 1;
    }
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
