import { expect, it } from "vitest";
import { momentOf } from "../src/moment.ts";

it("a date is its end in UTC, an instant is what its zone says, anything else is nothing", () => {
  expect(momentOf("2026-03-31")).toBe("2026-03-31T23:59:59.999Z");
  expect(momentOf("2024-02-29")).toBe("2024-02-29T23:59:59.999Z");
  expect(momentOf("2026-03-31T17:00:00+07:00")).toBe("2026-03-31T10:00:00.000Z");
  expect(momentOf("2026-03-31T17:00Z")).toBe("2026-03-31T17:00:00.000Z");
  expect(momentOf("2026-03-31T17:00:00.5Z")).toBe("2026-03-31T17:00:00.500Z");
  for (const wrong of [
    "",
    "2026-3-1",
    "2026-02-29",
    "2026-02-30T00:00:00Z",
    "2026-13-01",
    "2026-03-00",
    "2026-03-31T17:00",
    "31-03-2026",
    "2026-03-31T25:00Z",
    "now",
  ]) {
    expect(momentOf(wrong), wrong).toBeNull();
  }
});
