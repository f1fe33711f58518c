/* The drop field: a file dropped or chosen is named at once; the button says that reading has begun. */
(() => {
  const form = document.querySelector("[data-intake]");
  if (!form) return;
  const zone = form.querySelector("[data-drop]");
  const input = form.querySelector("input[type=file]");
  const name = form.querySelector("[data-drop-name]");
  const show = () => {
    if (!input.files.length) return;
    const size = input.files[0].size / 1024 / 1024;
    name.textContent = `${input.files[0].name} (${size < 0.1 ? "меньше 0,1" : size.toFixed(1).replace(".", ",")} МБ)`;
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
  form.addEventListener("submit", () => {
    const button = form.querySelector("[data-busy]");
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    const button = form.querySelector("[data-busy]");
    button.textContent = "Прочитать документ";
    button.removeAttribute("aria-disabled");
  });
})();
