/* Shows what to do where the browser could not read polyfills.js. Written so that every browser can read it. */
(function () {
  "use strict";
  if (document.documentElement.getAttribute("data-script") !== "new-enough") {
    document.getElementById("old-browser").removeAttribute("hidden");
  }
})();
