// Keys of the review: each control says in data-key which keys press it.

const keys = new Map();
for (const control of document.querySelectorAll("[data-key]")) {
  for (const key of control.dataset.key.split(" ")) if (!keys.has(key)) keys.set(key, control);
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const control = keys.get(event.key);
  if (!control || control.disabled) return;
  event.preventDefault();
  control.click();
  if (control.matches("summary")) control.parentElement.querySelector("select, input:not([type=hidden])")?.focus();
});
