import { expect, test } from "vitest";
import { placeLabels, shared } from "./labels";

test("a label leaves the middle where something stands there", () => {
  const line = { a: { x: 0, y: 0 }, b: { x: 0, y: 400 }, w: 60, h: 20 };
  expect(placeLabels([], [line])).toEqual([0.5]);
  const [at] = placeLabels([{ x: 0, y: 200, w: 50, h: 30 }], [line]);
  expect(Math.abs(at! * 400 - 200)).toBeGreaterThanOrEqual(25);
});

test("labels of crossing lines do not cover each other", () => {
  const lines = [
    { a: { x: 0, y: 0 }, b: { x: 400, y: 400 }, w: 80, h: 20 },
    { a: { x: 400, y: 0 }, b: { x: 0, y: 400 }, w: 80, h: 20 },
  ];
  const [first, second] = placeLabels([], lines).map((at, i) => {
    const { a, b, w, h } = lines[i]!;
    return { x: a.x + at * (b.x - a.x), y: a.y + at * (b.y - a.y), w, h };
  });
  expect(shared(first!, second!)).toBe(0);
});
