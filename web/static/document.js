// Marks the sentence of a statement while the pointer or the focus is on it, and
// the statements of the sentence under the pointer.

const statements = new Map(); // by id of the sentence
for (const link of document.querySelectorAll("[data-sentence]")) {
  const statement = link.closest("li");
  const sentence = document.getElementById(link.dataset.sentence);
  if (!sentence) continue;
  statements.set(sentence, [...(statements.get(sentence) ?? []), statement]);
  for (const [begin, end] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
    statement.addEventListener(begin, () => sentence.classList.add("pointed"));
    statement.addEventListener(end, () => sentence.classList.remove("pointed"));
  }
}
for (const [sentence, list] of statements) {
  sentence.addEventListener("pointerenter", () => list.forEach((statement) => statement.classList.add("pointed")));
  sentence.addEventListener("pointerleave", () => list.forEach((statement) => statement.classList.remove("pointed")));
}
