import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isConsistent } from "../../../src/extracts/layouts/monsakti/exchange.ts";
import { paymentStatus } from "../../../src/extracts/layouts/monsakti/payment-status.ts";
import { isNoNumber, numberWarnings } from "../../../src/extracts/layouts/monsakti/sp2d-number.ts";

describe("the status of a payment", () => {
  test.each([
    ["Selesai", "paid"],
    ["SELESAI", "paid"],
    ["Upload SP2D", "paid"],
    ["SP2D_TERBIT", "paid"],
    ["Cair", "paid"],
    ["", "paid"],
    ["  ", "paid"],
    ["Batal", "unpaid"],
    ["SP2D dibatalkan", "unpaid"],
    ["DITOLAK KPPN", "unpaid"],
    ["Belum SP2D", "unpaid"],
    ["Dalam proses", "unpaid"],
    ["Draft SPM", "unpaid"],
    ["Gagal bayar", "unpaid"],
    ["Retur", "unknown"],
    ["07", "unknown"],
    // Only whole words speak.
    ["Pembatalannya tidak ada", "unknown"],
  ])("%j is %s", (text, status) => {
    expect(paymentStatus(text)).toBe(status);
  });
});

describe("SP2D numbers", () => {
  test.each([
    ["211830000006295", []],
    ["21183000000629", ["DOC-001"]],
    ["2.1183E+14", ["DOC-001"]],
    ["210430000006295", ["DOC-002"]],
    ["201830000006295", ["DOC-003"]],
    ["200430000006295", ["DOC-002", "DOC-003"]],
  ])("%s warns %j", (number, warnings) => {
    expect(numberWarnings(number, "183", 2021)).toEqual(warnings);
  });

  test.each(["", " ", "-", "0", "000000000000000"])("%j is no number", (text) => {
    expect(isNoNumber(text)).toBe(true);
  });
});

describe("exchange", () => {
  test.each([
    ["RPH", "1", "0", 5n, true],
    ["RPH", "1.00", "0.00", 5n, true],
    ["rp", "1", "5", 5n, true],
    ["IDR", "", "", 5n, true],
    ["", "0", "0", -5n, true],
    ["RPH", "14000", "0", 5n, false],
    ["RPH", "1", "6", 5n, false],
    ["USD", "14250.5", "2", 28_501n, true],
    ["USD", "14250,5", "2", 28_501n, true],
    ["USD", "14250.5", "-2", -28_501n, true],
    ["USD", "14.250,50", "2,00", 28_501n, true],
    ["USD", "14250", "2.50", 35_626n, true],
    ["USD", "14250", "2.50", 35_628n, false],
    ["USD", "14250.5", "0", 28_501n, false],
    ["USD", "x", "2", 28_501n, false],
  ])("%s at %s × %s is %d: %s", (currency, rate, foreign, rupiah, consistent) => {
    expect(isConsistent(currency, rate, foreign, rupiah)).toBe(consistent);
  });

  test("a product rounded to the rupiah is consistent, two rupiah more is not when the rate is exact", () => {
    const cents = fc.bigInt({ min: 1n, max: 9_999n });
    const money = (value: bigint) => `${value / 100n}.${String(value % 100n).padStart(2, "0")}`;
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 7n }), cents, (rate, foreign) => {
        const rupiah = (rate * foreign + 50n) / 100n;
        expect(isConsistent("JPY", String(rate), money(foreign), rupiah)).toBe(true);
        expect(isConsistent("JPY", String(rate), money(foreign), rupiah + foreign / 100n + 3n)).toBe(false);
      }),
    );
  });
});
