import { expect, test } from "vitest";
import { crowds, freePlace, nearest, placeNew, type Box } from "./place";

test("a free place is near the anchor and free", () => {
  const taken: Box[] = [{ x: 0, y: 0, w: 100, h: 30 }];
  for (let i = 0; i < 40; i++) {
    const box = freePlace({ x: 0, y: 0 }, { w: 120, h: 34 }, taken);
    expect(taken.some((other) => crowds(box, other))).toBe(false);
    taken.push(box);
  }
  expect(Math.max(...taken.map((b) => Math.hypot(b.x, b.y)))).toBeLessThan(1500);
});

test("what is there stays, what is new stands beside what it is joined with", () => {
  const there = new Map<string, Box>([["a", { x: 0, y: 0, w: 80, h: 30 }], ["b", { x: 900, y: 0, w: 80, h: 30 }]]);
  const joined: Record<string, string[]> = { c: ["b"], d: ["c"], e: [] };
  const fresh = ["d", "c", "e"].map((id) => ({ id, w: 80, h: 30 }));
  const out = placeNew(fresh, there, (id) => joined[id] ?? []);
  expect([...out.keys()].sort()).toEqual(["c", "d", "e"]);
  const c = out.get("c")!;
  expect(Math.hypot(c.x - 900, c.y)).toBeLessThan(300);
  expect(Math.hypot(out.get("d")!.x - c.x, out.get("d")!.y - c.y)).toBeLessThan(300);
  const all = [...there.values(), ...out.values()];
  all.forEach((box, i) => all.slice(0, i).forEach((other) => expect(crowds(box, other)).toBe(false)));
});

test("a picture without anything yet gets places too", () => {
  const out = placeNew([{ id: "a", w: 10, h: 10 }, { id: "b", w: 10, h: 10 }], new Map(), () => []);
  expect(out.size).toBe(2);
});

test("arrow keys go to what lies that way", () => {
  const nodes = [{ id: "right", x: 100, y: 10 }, { id: "far", x: 400, y: 0 }, { id: "down", x: 5, y: 80 }];
  expect(nearest({ x: 0, y: 0 }, { x: 1, y: 0 }, nodes)?.id).toBe("right");
  expect(nearest({ x: 0, y: 0 }, { x: 0, y: 1 }, nodes)?.id).toBe("down");
  expect(nearest({ x: 0, y: 0 }, { x: -1, y: 0 }, nodes)).toBeUndefined();
});
