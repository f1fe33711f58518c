/* Nothing that is pasted is cut in silence: a field with maxlength takes all of it, says how much fits, and is not sent until it does.
   Without a script the browser's own limit stays. */
(() => {
  "use strict";
  const limits = new WeakMap();
  const hints = new WeakMap();
  const shown = (number) => number.toLocaleString("ru-RU");

  const check = (field) => {
    const limit = limits.get(field);
    const size = field.value.length;
    const words = size > limit ? `Слишком длинно: знаков ${shown(size)}, помещается ${shown(limit)}. Сократите: всё, что вы вставили, пока здесь.` : "";
    field.setCustomValidity(words);
    field.classList.toggle("too-long", Boolean(words));
    let hint = hints.get(field);
    if (words && !hint?.isConnected) {
      hint = document.createElement("p");
      hint.className = "error limit";
      hint.setAttribute("role", "alert");
      field.insertAdjacentElement("afterend", hint);
      hints.set(field, hint);
    }
    if (hint) hint.textContent = words;
    if (!words) hint?.remove();
  };

  document.addEventListener("focusin", ({ target: field }) => {
    if (!field.matches?.("textarea[maxlength], input[maxlength]:is([type=text], [type=url], :not([type]))")) return;
    limits.set(field, Number(field.getAttribute("maxlength")));
    field.removeAttribute("maxlength");
  });
  /* A font that comes in pieces lays hundreds of pages out for seconds: such a text is shown in a plain one. */
  document.addEventListener("paste", ({ target: field, clipboardData }) => {
    if (limits.has(field) && (clipboardData?.getData("text").length ?? 0) > limits.get(field)) field.classList.add("too-long");
  });
  document.addEventListener("input", ({ target: field }) => {
    if (limits.has(field)) check(field);
  });
})();
