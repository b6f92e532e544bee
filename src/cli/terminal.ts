import { styleText } from "node:util";

/** Where a command writes: answers on standard output, everything for people beside it on standard error. */
export interface Terminal {
  /** A line of the answer. */
  print(line: string): void;
  /** A remark, progress or warning; never part of the answer. */
  note(line: string): void;
  strong(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
  /** Shows one line that is written over; when nobody watches, it is not even put together. */
  progress(line: () => string): void;
}

type Style = Parameters<typeof styleText>[0];

/** The terminal of this process. Colours only where a person looks at it (and NO_COLOR is not set). */
export function processTerminal(): Terminal {
  const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const watched = process.stderr.isTTY === true;
  const style = (format: Style) => (text: string) => (coloured ? styleText(format, text) : text);
  let open = false;
  const clear = () => {
    if (open) process.stderr.write("\r\u001b[2K");
    open = false;
  };
  return {
    print: (line) => {
      clear();
      process.stdout.write(`${line}\n`);
    },
    note: (line) => {
      clear();
      process.stderr.write(`${line}\n`);
    },
    strong: style("bold"),
    good: style("green"),
    bad: style("red"),
    dim: style("dim"),
    progress: (line) => {
      if (!watched) return;
      clear();
      process.stderr.write(line().slice(0, (process.stderr.columns ?? 80) - 1));
      open = true;
    },
  };
}

/** `████████░░░░ 64 %` */
export function bar(done: number, total: number): string {
  const part = total > 0 ? Math.min(done / total, 1) : 0;
  const width = 24;
  const full = Math.round(part * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${Math.round(part * 100)} %`;
}

/** A table with aligned columns; columns named in `right` hold numbers. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number>,
): string[] {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(header), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)];
}
