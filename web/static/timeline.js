// Brushing: dragging over the drawing of a timeline chooses the time that is shown.

const drawing = document.querySelector("svg.lanes");
const hint = document.querySelector("[data-brush-hint]");
if (drawing) {
  hint.hidden = false;
  const { from, to, left, right } = drawing.dataset;
  const start = Date.parse(from);
  const length = Date.parse(to) - start;
  const brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  brush.classList.add("brush");
  let begun = null;

  const place = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    return Math.min(Math.max(point.x, Number(left)), Number(right));
  };
  const day = (x) => new Date(start + ((x - left) / (right - left)) * length).toISOString().slice(0, 10);

  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("a")) return;
    begun = place(event);
    drawing.setPointerCapture(event.pointerId);
    brush.setAttribute("height", drawing.viewBox.baseVal.height);
    brush.setAttribute("width", 0);
    drawing.prepend(brush);
    event.preventDefault();
  });
  drawing.addEventListener("pointermove", (event) => {
    if (begun === null) return;
    const at = place(event);
    brush.setAttribute("x", Math.min(begun, at));
    brush.setAttribute("width", Math.abs(at - begun));
  });
  const end = (event) => {
    if (begun === null) return;
    const ends = [begun, place(event)].sort((a, b) => a - b);
    begun = null;
    brush.remove();
    if (event.type !== "pointerup" || ends[1] - ends[0] < 6) return;
    const address = new URL(location.href);
    if (!address.searchParams.has("thing")) {
      for (const box of document.querySelectorAll("input[name=thing]:checked")) address.searchParams.append("thing", box.value);
    }
    address.searchParams.set("from", day(ends[0]));
    address.searchParams.set("until", day(ends[1]));
    location.assign(address);
  };
  drawing.addEventListener("pointerup", end);
  drawing.addEventListener("pointercancel", end);
}
