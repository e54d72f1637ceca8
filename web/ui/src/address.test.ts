import { expect, test } from "vitest";
import { address, having, parametersOf, toggled } from "./address";

test("empty fields are left out, repeated ones kept in order", () => {
  const p = parametersOf([["thing", "state:ARM"], ["from", ""], ["thing", " state:PAK "]]);
  expect(p.toString()).toBe("thing=state%3AARM&thing=state%3APAK");
});

test("toggling twice changes nothing", () => {
  const p = new URLSearchParams("hidden=state:ARM&hidden=state:PAK");
  const once = toggled(p, "hidden", "state:PAK");
  expect(once.getAll("hidden")).toEqual(["state:ARM"]);
  expect(toggled(once, "hidden", "state:PAK").getAll("hidden")).toEqual(["state:ARM", "state:PAK"]);
  expect(p.getAll("hidden")).toHaveLength(2);
});

test("setting a name replaces all its values", () => {
  const p = new URLSearchParams("class=State&class=Person&depth=2");
  expect(having(p, "class", "Event").toString()).toBe("depth=2&class=Event");
  expect(having(p, "class").toString()).toBe("depth=2");
});

test("prefixed names stay readable, and separators are escaped", () => {
  const p = new URLSearchParams([["thing", "state:ARM"], ["q", "a&b=c"]]);
  expect(address("/graph", p)).toBe("/graph?thing=state:ARM&q=a%26b%3Dc");
  expect(address("/graph", new URLSearchParams())).toBe("/graph");
});
