/* What Streamlit's bundle calls without asking and browsers of a few years ago lack. It is loaded before the bundle.

   The floor is set by syntax, which no script can add: the bundle holds class static blocks (Chrome 94), looks behind in
   regular expressions, and makes some with the flag v as it starts: it needs Chrome or Edge 112, Firefox 116, Safari 17
   (seen: Chromium 92 stops at a static block, 106 at the flag). This file holds all three as well: a browser that cannot
   read it cannot run the bundle, the mark below is not set, and old-browser.js says what to do.
   What the bundle asks for before it calls it (structuredClone, crypto.randomUUID, checkVisibility) is not here. The
   floor is judged by syntax alone, so calls that browsers got little before it are filled as well. */
(() => {
  "use strict";

  class Floor {
    static {
      document.documentElement.dataset.script = /(?<!x)[y--z]/v.test("y") ? "new-enough" : "";
    }
  }

  const fill = (owner, name, value) => {
    if (!(name in owner)) Object.defineProperty(owner, name, { value, writable: true, configurable: true });
  };

  // Chrome 119, Firefox 121, Safari 17.4
  fill(Promise, "withResolvers", function withResolvers() {
    let resolve, reject;
    const promise = new this((kept, broken) => {
      resolve = kept;
      reject = broken;
    });
    return { promise, resolve, reject };
  });

  // Chrome 103, Firefox 100. Before Chrome 98 an abort carries no reason: a fetch then fails as aborted, not as late.
  fill(AbortSignal, "timeout", function timeout(milliseconds) {
    const controller = new AbortController();
    const late = () => controller.abort(new DOMException("signal timed out", "TimeoutError"));
    setTimeout(late, milliseconds);
    return controller.signal;
  });

  // Chrome 110, Firefox 115
  fill(Array.prototype, "toSorted", function toSorted(compare) {
    if (compare !== undefined && typeof compare !== "function") {
      throw new TypeError("The comparison function must be either a function or undefined");
    }
    return Array.from({ length: this.length }, (_, place) => this[place]).sort(compare);
  });

  // Over plain http, as in an office's own network, no browser has it.
  fill(navigator, "clipboard", {
    writeText(text) {
      const before = document.activeElement;
      const field = document.createElement("textarea");
      field.value = text;
      field.style.cssText = "position: fixed; top: 0; opacity: 0";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (before instanceof HTMLElement) before.focus();
      return done ? Promise.resolve() : Promise.reject(new DOMException("not copied", "NotAllowedError"));
    },
  });
})();
