import fc from "fast-check";
import { expect, test } from "vitest";
import { TextTable } from "../../../src/extracts/readers/xlsx/text-table.ts";

test("texts come back by number, whatever characters they have and in whatever order they are asked for", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.string()), { maxLength: 50 }),
      fc.array(fc.nat(60), { maxLength: 100 }),
      (texts, asked) => {
        const table = new TextTable();
        for (const text of texts) table.push(text);
        expect(table.length).toBe(texts.length);
        for (const index of asked) expect(table.at(index)).toBe(texts[index]);
      },
    ),
  );
});

test("texts beyond a page, and more of them than are remembered", () => {
  const table = new TextTable();
  const large = "é".repeat(800_000);
  for (let index = 0; index < 5000; index++) table.push(index % 1000 === 7 ? `${large}${index}` : `text ${index}`);
  for (const index of [0, 6, 7, 8, 1007, 4999, 8, 7, 3007]) {
    expect(table.at(index) === (index % 1000 === 7 ? `${large}${index}` : `text ${index}`)).toBe(true);
  }
  expect(table.at(5000)).toBeUndefined();
});
