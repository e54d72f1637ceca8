import { expect, test } from "vitest";
import { fitting, inGizmo, inSPARQL, offsetOf, withinString, type Word } from "./words";

const prefixes = { state: "https://x.example/state/", doc: "https://x.example/doc/" };

test("ids are prefixed names where these can be written", () => {
  expect(inSPARQL("state:ARM", prefixes)).toBe("state:ARM");
  expect(inSPARQL("state:ARM.MFA", prefixes)).toBe("state:ARM.MFA");
  expect(inSPARQL("doc:1#entity-2", prefixes)).toBe("<https://x.example/doc/1#entity-2>");
  expect(inSPARQL("state:end.", prefixes)).toBe("<https://x.example/state/end.>");
  expect(inSPARQL("https://y.example/", prefixes)).toBe("<https://y.example/>");
});

test("in scripts they are strings, once", () => {
  expect(inGizmo("state:ARM", false)).toBe('"state:ARM"');
  expect(inGizmo(":memberOf", true)).toBe("memberOf");
  expect(withinString('g.V("state')).toBe(true);
  expect(withinString('g.V("state:ARM").Out(')).toBe(false);
  expect(withinString("g.V('it\\'s")).toBe(true);
});

test("words are found by name and by label", () => {
  const words: Word[] = [
    { word: ":memberOf", label: "is a member of", kind: "relation" },
    { word: ":member", label: "", kind: "property" },
    { word: ":diplomaticRelationsWith", label: "has diplomatic relations with", kind: "relation" },
  ];
  expect(fitting(words, "mem", 9).map((w) => w.word)).toEqual([":member", ":memberOf"]);
  expect(fitting(words, ":rela", 9).map((w) => w.word)).toEqual([":diplomaticRelationsWith"]);
  expect(fitting(words, "zebra", 9)).toEqual([]);
});

test("places count lines and code points", () => {
  expect(offsetOf("a\nbcd", 2, 3)).toBe(4);
  expect(offsetOf("𝒜b", 1, 2)).toBe(2);
  expect(offsetOf("a", 9, 9)).toBe(1);
});
