/* The page of a failed server: what was typed was not accepted, so the draft of it is not dropped by the next page. */
(() => {
  "use strict";
  try { sessionStorage.removeItem("draft-sent"); } catch { /* nothing is kept here */ }
})();
