/* Small help for the fields of a term and of parties, in the editor and on plain pages. */
(() => {
  document.addEventListener("input", (event) => {
    const way = event.target.dataset.picksWay || (event.target.name === "due" ? "day" : "");
    const box = event.target.closest("fieldset");
    if (way && box) {
      const radio = box.querySelector(`input[name=way][value=${way}]`);
      if (radio) radio.checked = true;
    }
    if (event.target.matches("[data-party-filter]")) {
      const words = event.target.value.toLowerCase().replace(/ё/g, "е").split(/\s+/).filter(Boolean);
      event.target.closest("[data-party-list]").querySelectorAll(".party-line").forEach((line) => {
        const text = (line.dataset.words + " " + line.textContent.toLowerCase()).replace(/ё/g, "е");
        line.hidden = !words.every((word) => text.includes(word));
      });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-party-filter]") || event.key !== "Enter") return;
    event.preventDefault();
    const lines = [...event.target.closest("[data-party-list]").querySelectorAll(".party-line")];
    const line = lines.find((one) => !one.hidden);
    if (line) line.querySelector("input").click();
  });
})();
