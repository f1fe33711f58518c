/* The matrix: one handler for all cells. A press opens the task, or ticks it while cells are being picked; arrows walk. */
(() => {
  "use strict";
  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
  const table = document.querySelector("[data-matrix]");
  if (!table) return;
  const form = document.querySelector("[data-matrix-form]");
  const said = document.querySelector("[data-matrix-said]");
  const pick = document.querySelector("[data-matrix-pick]");
  const heads = table.tHead.rows[0].cells;
  const words = new Map([...document.querySelectorAll(".legend .st")].map((one) => [one.classList[1] || "", one.textContent.trim().slice(1).trim()]));
  const address = (cell) => table.dataset.matrix.replace("/0/", `/${cell.dataset.k}/`);
  const picking = () => table.classList.contains("picking");
  let current = null;

  const tell = (cell) => {
    const where = `${heads[cell.cellIndex].textContent.trim()}, пункт ${cell.parentElement.cells[0].querySelector("b").textContent || "без номера"}`;
    const extra = (cell.classList.contains("mv") ? ", срок переносился" : "") + (cell.classList.contains("aq") ? ", просят продлить" : "");
    const state = cell.dataset.k ? (words.get(cell.classList[0]) || "") + extra : cell.classList.contains("x") ? "не подходит под отбор" : "не требуется";
    const ticked = cell.classList.contains("picked") ? ", отмечено" : "";
    said.textContent = `${where}: ${state}${ticked}`;
    cell.setAttribute("aria-label", said.textContent);
  };
  const focus = (cell) => {
    if (current) current.removeAttribute("tabindex");
    current = cell;
    cell.tabIndex = 0;
    tell(cell);
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const act = (cell) => {
    if (!picking()) { location.href = address(cell); return; }
    if (!("o" in cell.dataset)) { window.app.toast("Это поручение уже не ждёт ответа.", "warn"); return; }
    cell.classList.toggle("picked");
    cell.setAttribute("aria-selected", String(cell.classList.contains("picked")));
    tell(cell);
  };
  const first = table.querySelector("td[data-k]");
  if (first) { current = first; first.tabIndex = 0; }

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-k]");
    if (!cell) return;
    if (!picking() && (event.ctrlKey || event.metaKey)) { window.open(address(cell), "_blank", "noopener"); return; }
    act(cell);
  });
  table.addEventListener("mouseover", (event) => {
    const cell = event.target.closest("tbody td:not(.sum)");
    if (cell && cell !== document.activeElement) tell(cell);
  });
  table.addEventListener("focusin", (event) => { const cell = event.target.closest("td[data-k]"); if (cell) tell(cell); });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("tbody td");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") { if (cell.dataset.k) { event.preventDefault(); act(cell); } return; }
    const row = cell.parentElement;
    const last = row.cells.length - 2;
    const at = (line, index) => line?.cells[Math.min(Math.max(index, 1), last)];
    const next = {
      ArrowRight: () => at(row, cell.cellIndex + 1), ArrowLeft: () => at(row, cell.cellIndex - 1),
      ArrowDown: () => at(row.nextElementSibling, cell.cellIndex), ArrowUp: () => at(row.previousElementSibling, cell.cellIndex),
      Home: () => at(row, 1), End: () => at(row, last),
    }[event.key]?.();
    if (next) { event.preventDefault(); focus(next); }
  });

  pick?.addEventListener("click", () => {
    const on = pick.getAttribute("aria-pressed") !== "true";
    pick.setAttribute("aria-pressed", String(on));
    table.classList.toggle("picking", on);
    document.querySelector(".matrix-do").hidden = !on;
  });
  form?.addEventListener("submit", () => {
    form.querySelectorAll("input[name=task]").forEach((one) => one.remove());
    table.querySelectorAll("td.picked").forEach((cell) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "task";
      field.value = cell.dataset.k;
      form.append(field);
    });
  }, true);
})();
