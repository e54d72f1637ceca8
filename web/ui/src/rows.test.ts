import { expect, test } from "vitest";
import { compareCells, hasWords } from "./rows";

test("cells are sorted as people sort them", () => {
  expect(["10", "9", "", "2.5"].sort(compareCells)).toEqual(["2.5", "9", "10", ""]);
  expect(["état", "Zaire", "Eritrea"].sort(compareCells)).toEqual(["Eritrea", "état", "Zaire"]);
  expect(["2016-01", "2015-12-31"].sort(compareCells)).toEqual(["2015-12-31", "2016-01"]);
});

test("a filter wants all words", () => {
  expect(hasWords("Armenia signed an agreement", "agree arm")).toBe(true);
  expect(hasWords("Armenia", "arm pak")).toBe(false);
  expect(hasWords("Armenia", "")).toBe(true);
});
