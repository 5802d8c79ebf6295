/* A button of the class "copy" copies the field before it. Over plain http a browser has no navigator.clipboard: there
   polyfills.js fills it; where nothing copies, the text stays chosen, to be copied by hand. */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.copy") : null;
    const field = button ? button.previousElementSibling : null;
    if (!(field instanceof HTMLTextAreaElement)) return;
    field.focus();
    field.select();
    const before = button.dataset.name || (button.dataset.name = button.textContent);
    navigator.clipboard.writeText(field.value).then(() => {
      field.focus();
      field.select();
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = before; }, 3000);
    }, () => undefined);
  });
})();
