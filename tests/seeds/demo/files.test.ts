import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placeOf } from "./calculator.ts";
import { Demonstration, reference, segment, YEARS } from "./written.ts";

let demo: Demonstration;

beforeAll(async () => {
  demo = await Demonstration.write();
});

afterAll(() => demo.remove());

describe("files", () => {
  test("two runs write the same bytes, another seed writes others", async () => {
    const again = await Demonstration.write();
    const other = await Demonstration.write(7);
    try {
      expect(again.digests()).toEqual(demo.digests());
      expect(Object.keys(other.digests())).toEqual(Object.keys(demo.digests()));
      expect(other.digests()["budget-2019-dipa.csv"]).not.toBe(demo.digests()["budget-2019-dipa.csv"]);
    } finally {
      again.remove();
      other.remove();
    }
  });

  test("come in the order of their import, tags under a numbered agreement", () => {
    const names = demo.files.map((file) => basename(file.path));
    expect(names.slice(0, 2)).toEqual(["satkers.csv", "outputs.csv"]);
    expect(names.slice(2, 7)).toEqual(YEARS.map((year) => `tags-${year}.csv`));
    for (const year of YEARS) {
      const at = names.indexOf(`budget-${year}-dipa.csv`);
      expect(names[at + 1]).toBe(`budget-${year}-revisi.csv`);
    }
    expect(names.indexOf("realization-2021-s1-sementara.csv")).toBeLessThan(names.indexOf("realization-2021-s1.csv"));
    for (const file of demo.files) {
      const year = /tags-(\d{4})/.exec(file.path)?.[1];
      expect(file.agreement).toBe(year ? `BA-DEMO-01/${year}` : undefined);
      expect(file.note.id).not.toBe("");
      expect(file.note.en).not.toBe("");
    }
  });

  test("have the size of a demonstration", () => {
    expect(demo.count("budget-")).toBeGreaterThan(25_000);
    expect(demo.count("budget-")).toBeLessThan(40_000);
    expect(demo.count("realization-")).toBeGreaterThan(120_000);
    expect(demo.count("realization-")).toBeLessThan(185_000);
  });
});

describe("codes", () => {
  const TAIL = String.raw`\.[A-Z]\d{9}\.\d{5}\.[1-6]\.\d{4}\.[27]\.000000\.000000(\.\d{3}\.\d{3}\.0[A-Z]\.\d{6})?$`;
  const BAS_2013 = new RegExp(String.raw`^\d{6}\.\d{3}\.\d{6}\.\d{7}\.\d{7}${TAIL}`);
  const RSPP_2021 = new RegExp(String.raw`^\d{6}\.\d{3}\.\d{6}\.\d{5}[A-Z]{2}\.\d{4}[A-Z]{3}${TAIL}`);

  test("have the widths and the alphabet of their year", () => {
    for (const year of YEARS) {
      const pattern = year <= 2020 ? BAS_2013 : RSPP_2021;
      const codes = new Set([...demo.budget(year), ...demo.realization(year)].map((row) => row.code ?? ""));
      expect([...codes].filter((code) => !pattern.test(code))).toEqual([]);
    }
  });

  test("agree with the reference lists and the satker list", () => {
    const activities = new Map(reference("activities").map((row) => [row.code, row]));
    const accounts = new Set(reference("accounts").map((row) => row.code));
    const classes = new Set(reference("output_classes").map((row) => row.code));
    const locations = new Map(reference("locations").map((row) => [`${row.province}${row.district}`, row.name]));
    const satkers = new Map(demo.table("satkers.csv").map((row) => [row.code, row]));
    for (const year of YEARS) {
      const codes = new Set([...demo.budget(year), ...demo.realization(year)].map((row) => row.code ?? ""));
      const wrong = [...codes].flatMap((code) => {
        const [satker, kppn, account, program = "", output = "", , , authority, location = ""] = code.split(".");
        const activity = activities.get(output.slice(0, 4));
        const owner = satkers.get(satker);
        const problems = [
          !accounts.has(account) && "account",
          (activity?.ministry !== owner?.ministry || activity?.ministry !== program.slice(0, 3)) && "ministry",
          activity?.unit !== program.slice(3, 5) && "unit",
          year > 2020 && activity?.program !== program.slice(5) && "program",
          year > 2020 && !classes.has(output.slice(4)) && "output",
          kppn !== owner?.kppn && "kppn",
          authority !== owner?.authority && "authority",
          (locations.get(location) ?? "(LAMA)").includes("(LAMA)") && "location",
          location.slice(0, 2) !== owner?.location?.slice(0, 2) && "province",
        ];
        return problems.filter((problem) => problem !== false).map((problem) => `${code} ${problem}`);
      });
      expect(wrong).toEqual([]);
    }
  });

  test("use no ministry that came after 2022, and print some satkers with 12 and most with 16 segments", () => {
    const forms = new Map<string, Set<number>>();
    for (const year of YEARS) {
      for (const row of demo.budget(year)) {
        expect(segment(row, 3) < "127").toBe(true);
        const satker = segment(row, 0);
        forms.set(satker, (forms.get(satker) ?? new Set()).add(row.code?.split(".").length ?? 0));
      }
    }
    expect([...forms.values()].every((form) => form.size === 1)).toBe(true);
    const twelve = [...forms.values()].filter((form) => form.has(12)).length;
    expect(twelve / forms.size).toBeGreaterThan(0.2);
    expect(twelve / forms.size).toBeLessThan(0.4);
  });
});

describe("satkers and outputs", () => {
  test("are about 400 satkers of real places in some 200 districts", () => {
    const rows = demo.table("satkers.csv");
    expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(380);
    expect(rows.length).toBeLessThan(460);
    expect(rows.some((row) => row.code?.startsWith("0"))).toBe(true);
    expect(new Set(rows.map((row) => row.authority))).toEqual(new Set(["1", "2", "3", "4"]));
    const units = new Set(reference("units").map((row) => `${row.ministry}${row.code}`));
    const offices = new Map(reference("treasury_offices").map((row) => [row.code, row.province]));
    for (const row of rows) {
      expect(units.has(`${row.ministry}${row.unit}`), row.name).toBe(true);
      expect(offices.get(row.kppn ?? ""), row.name).toBe(row.location?.slice(0, 2));
    }
    const districts = new Set(
      YEARS.flatMap((year) => demo.budget(year).map((row) => segment(row, 8))).filter((code) => !code.endsWith("00")),
    );
    expect(districts.size).toBeGreaterThan(190);
    expect(districts.size).toBeLessThan(210);
  });

  test("list every output and RO of every year once, with names and themes", () => {
    const nodes = new Set<string>();
    for (const row of demo.table("outputs.csv")) {
      const node = [row.fiscal_year, row.activity, row.output, row.ro, row.component].join(" ");
      expect(nodes.has(node), node).toBe(false);
      nodes.add(node);
      expect(row.name).not.toBe("");
      expect(Number(row.target), node).toBeGreaterThan(0);
      expect(row.unit_of_measure).not.toBe("");
    }
    for (const year of YEARS) {
      const unlisted = demo.budget(year).filter((row) => {
        const output = segment(row, 4);
        const above = `${year} ${output.slice(0, 4)} ${output.slice(4)}`;
        const ro = segment(row, 12);
        return !nodes.has(`${above}  `) || (ro !== "" && !nodes.has(`${above} ${ro} `));
      });
      expect(unlisted).toEqual([]);
      const outputs = demo.table("outputs.csv").filter((row) => row.fiscal_year === String(year) && row.ro === "");
      expect(outputs.length).toBeGreaterThan(400);
    }
    const marked = demo.table("outputs.csv").filter((row) => row.themes?.split(";").includes("008"));
    expect(marked.length).toBeGreaterThan(500);
    const tagged = new Set(
      demo
        .table("outputs.csv")
        .filter((row) => row.ro !== "" && row.component === "")
        .filter((row) => {
          const code = `0.0.0.0.${row.activity}${row.output}.0.0.0.0.0.0.0.${row.ro}.052.0A.0`;
          return placeOf(code, demo.tags(Number(row.fiscal_year))).kind === "tagged";
        })
        .map((row) => row.name),
    );
    expect(tagged.size).toBeGreaterThan(195);
  });
});
