import { describe, expect, it, test } from "vitest";
import { englishStem } from "../../src/suggestions/english-stem.ts";
import { indonesianStem } from "../../src/suggestions/indonesian-stem.ts";

describe("stems of Indonesian words", () => {
  test.each([
    ["pemberian", "beri"],
    ["tambahan", "tambah"],
    ["menyusui", "susu"],
    ["penyuluhan", "suluh"],
    ["penimbangan", "timbang"],
    ["pengukuran", "ukur"],
    ["penguatan", "kuat"],
    ["pengawasan", "awas"],
    ["pengendalian", "kendali"],
    ["pengelolaan", "kelola"],
    ["pemantauan", "pantau"],
    ["pemenuhan", "penuh"],
    ["pemeriksaan", "periksa"],
    ["pemanfaatan", "manfaat"],
    ["kesehatan", "sehat"],
    ["persalinan", "salin"],
    ["kecacingan", "cacing"],
    ["perdesaan", "desa"],
    ["perpipaan", "pipa"],
    ["ketersediaan", "sedia"],
    ["beriodium", "iodium"],
    ["bergizi", "gizi"],
    ["dilaksanakan", "laksana"],
    ["keluarganya", "keluarga"],
    ["memperoleh", "peroleh"],
  ])("%s → %s", (word, stem) => expect(indonesianStem(word)).toBe(stem));

  it("leaves words alone that only look as if they had affixes", () => {
    for (const word of ["sekolah", "keluarga", "imunisasi", "sanitasi", "gizi", "bidan", "pangan", "makan", "remaja"]) {
      expect(indonesianStem(word)).toBe(word);
    }
    for (const word of ["asi", "kb", "pmt", "1000", "covid19"]) expect(indonesianStem(word)).toBe(word);
  });

  it("finds one stem for all forms of a word", () => {
    for (const forms of [
      ["imunisasi", "diimunisasi", "imunisasinya"],
      ["latih", "pelatihan", "melatih", "dilatih", "latihan"],
      ["damping", "pendampingan", "pendamping", "mendampingi", "didampingi"],
      ["asuh", "pengasuhan", "asuhan", "mengasuh"],
      ["cegah", "pencegahan", "mencegah", "dicegah"],
      ["anggar", "penganggaran", "anggaran", "dianggarkan"],
    ]) {
      expect(new Set(forms.map((form) => indonesianStem(form))), forms.join()).toEqual(new Set([forms[0]]));
    }
  });

  it("is its own stem's stem, whatever the word", () => {
    for (const word of ["pemberdayaan", "penanggulangan", "kependudukan", "keterjangkauan", "perlindungan"]) {
      const stem = indonesianStem(word);
      expect(indonesianStem(stem)).toBe(stem);
    }
  });
});

describe("stems of English words", () => {
  it("are one for the forms of a word", () => {
    for (const forms of [
      ["supplement", "supplements", "supplementation"],
      ["immunization", "immunisation", "immunizations"],
      ["vaccine", "vaccines", "vaccination"],
      ["fortified", "fortification", "fortify"],
      ["family", "families"],
      ["feed", "feeding"],
      ["plan", "planning", "plans"],
      ["delivery", "deliveries"],
    ]) {
      expect(new Set(forms.map(englishStem)).size, forms.join()).toBe(1);
    }
  });

  it("keep words apart that differ", () => {
    expect(englishStem("water")).not.toBe(englishStem("wasted"));
    expect(englishStem("diarrhoea")).toBe("diarrhoea");
    expect(englishStem("iron")).toBe("iron");
  });
});
