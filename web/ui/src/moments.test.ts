import { expect, test } from "vitest";
import { monthAfter, months, monthsTo } from "./moments";

test("months are counted across years", () => {
  expect(months("2015-11-30", "2016-02-01")).toBe(4);
  expect(months("2016-02-01", "2016-02-28")).toBe(1);
});

test("a step of the slider and its date belong to each other", () => {
  for (const n of [0, 1, 13, 120]) expect(monthsTo("1991-12-25", monthAfter("1991-12-25", n))).toBe(n);
  expect(monthAfter("1991-12-25", 1)).toBe("1992-01");
  expect(monthAfter("0987-01-01", 0)).toBe("0987-01");
  expect(monthsTo("2015-01-01", "2016")).toBe(23);
});
