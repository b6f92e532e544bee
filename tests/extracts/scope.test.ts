import { describe, expect, it, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { NO_SCOPE, parseScope } from "../../src/extracts/index.ts";

describe("parseScope", () => {
  test.each([
    ["2019-01", { months: ["2019-01"] }],
    ["2019-11..2020-02", { months: ["2019-11", "2019-12", "2020-01", "2020-02"] }],
    ["ministry=024", { ministries: ["024"] }],
    ["ministry=024,027 , 033", { ministries: ["024", "027", "033"] }],
    ["satker=123456;satker=654321", { satkers: ["123456", "654321"] }],
    ["2019-01..2019-02,ministry=024", { months: ["2019-01", "2019-02"], ministries: ["024"] }],
    [
      "ministry=024,027;satker=123456,2020-01",
      { months: ["2020-01"], ministries: ["024", "027"], satkers: ["123456"] },
    ],
  ])("%s", (text, expected) => {
    expect(parseScope(text)).toEqual({ ...NO_SCOPE, ...expected });
  });

  test.each([
    "",
    " ",
    ",",
    "2019",
    "2019-13",
    "2019-06..2019-01",
    "2019-01..",
    "2019-01..2019-06..2019-09",
    "ministry=24",
    "ministry=",
    "ministry=0240",
    "ministry=024=033",
    "ministry=02A",
    "satker=12345",
    "unit=02405",
    "024",
    "2019-01,024",
    "ministry=024,12345",
    "constructor=024",
  ])("refuses %j with examples", (text) => {
    const refusal = () => parseScope(text);
    expect(refusal).toThrow(AppError);
    expect(refusal).toThrow(expect.objectContaining({ code: "USAGE", hint: expect.stringContaining("ministry=024") }));
  });

  it("does not hand out the same empty scope to be changed", () => {
    expect(NO_SCOPE).toEqual({ months: [], ministries: [], satkers: [] });
    parseScope("ministry=024").ministries.push("033");
    expect(NO_SCOPE.ministries).toEqual([]);
  });
});
