/* The matrix: one handler for all cells. A press opens the task, or ticks it while cells are being picked (a heading ticks its
   whole row or column); arrows walk. */
(() => {
  "use strict";
  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
  const table = document.querySelector("[data-matrix]");
  if (!table) return;
  const form = document.querySelector("[data-matrix-form]");
  const said = document.querySelector("[data-matrix-said]");
  const pick = document.querySelector("[data-matrix-pick]");
  const all = document.querySelector("[data-matrix-all]");
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
  const count = document.querySelector("[data-matrix-count]");
  const set = (cell, on) => {
    cell.classList.toggle("picked", on);
    cell.setAttribute("aria-selected", String(on));
  };
  const counted = () => { if (count) count.textContent = `Отмечено: ${table.querySelectorAll("td.picked").length}`; };
  const act = (cell) => {
    if (!picking()) { location.href = address(cell); return; }
    if (!("o" in cell.dataset)) { window.app.toast("Это поручение уже не ждёт ответа.", "warn"); return; }
    set(cell, !cell.classList.contains("picked"));
    counted();
    tell(cell);
  };
  /* A whole clause, a whole school or all at once: ticks what still waits; when all of it is ticked, clears it. */
  const many = (cells) => {
    const open = [...cells].filter((cell) => cell && "o" in cell.dataset);
    const on = open.some((cell) => !cell.classList.contains("picked"));
    open.forEach((cell) => set(cell, on));
    counted();
    if (!open.length) window.app.toast("Здесь ничего не ждёт ответа.", "warn");
  };
  const first = table.querySelector("td[data-k]");
  if (first) { current = first; first.tabIndex = 0; }

  table.addEventListener("click", (event) => {
    const head = picking() && event.target.closest("th");
    if (head) {
      event.preventDefault();
      const column = head.parentElement === table.tHead.rows[0] ? head.cellIndex : 0;
      const rows = [...table.tBodies[0].rows];
      if (column) many(rows.map((row) => row.cells[column]));
      else if (table.tBodies[0].contains(head)) many(head.parentElement.cells);
      return;
    }
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
    all.hidden = !on;
    counted();
    if (on) said.textContent = "Отметьте клетки. Название школы отмечает весь столбец, пункт — всю строку.";
  });
  all?.addEventListener("click", () => many(table.querySelectorAll("td[data-o]")));
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
