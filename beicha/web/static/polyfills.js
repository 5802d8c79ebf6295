/* What Streamlit's bundle calls without asking and browsers of a few years ago lack. It is loaded before the bundle.

   The floor is set by syntax, which no script can add: the bundle holds class static blocks and looks behind in regular
   expressions, so it needs Chrome or Edge 94, Firefox 93, Safari 16.4. This file holds both as well: a browser that
   cannot read it cannot read the bundle, the mark below is not set, and old-browser.js says what to do.
   What every browser from the floor on has (Object.hasOwn, at, replaceAll), and what the bundle asks for before it
   calls it (structuredClone, crypto.randomUUID, checkVisibility), is not here. */
(() => {
  "use strict";

  class Floor {
    static {
      document.documentElement.dataset.script = /(?<!x)y/.test("y") ? "new-enough" : "";
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
})();
