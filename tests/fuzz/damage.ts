import fc from "fast-check";

/** One thing that happens to the bytes of a file. */
export interface Damage {
  kind: "flip" | "cut" | "insert" | "repeat" | "swap" | "drop";
  /** Where, as a part of the length. */
  at: number;
  bytes: Uint8Array;
}

/** What confuses readers most: separators, quotes, line ends, signs, digits, markup. */
const nasty = fc
  .array(
    fc.constantFrom(
      ...',;|"\n\r\t.-()=0123456789eE\u00e9*<>&',
      "\u0000",
      "\ufeff",
      "NaN",
      "JUMLAH",
      "sep=;\n",
      "</row>",
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => new Uint8Array(Buffer.from(parts.join(""))));

const damage: fc.Arbitrary<Damage> = fc.record({
  // What moves bytes spoils a packed file at once; a flipped one goes deeper.
  kind: fc.constantFrom("flip", "flip", "flip", "flip", "cut", "insert", "repeat", "swap", "drop"),
  // Random doubles crowd at 0; places are wanted everywhere.
  at: fc.noBias(fc.nat(2 ** 30 - 1)).map((value) => value / 2 ** 30),
  bytes: fc.oneof(nasty, fc.uint8Array({ minLength: 1, maxLength: 6 })),
});

/** A file of a corpus with up to three damages, or bytes that never were a file. */
export type Victim = { pick: number; damages: Damage[] } | { pick: null; bytes: Uint8Array };

export const victim: fc.Arbitrary<Victim> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ pick: fc.constant(null), bytes: fc.uint8Array({ maxLength: 300 }) }) },
  {
    weight: 9,
    arbitrary: fc.record({ pick: fc.noBias(fc.nat()), damages: fc.array(damage, { minLength: 1, maxLength: 3 }) }),
  },
);

/** The bytes of a victim. */
export function bytesOf(chosen: Victim, corpus: readonly Buffer[]): Buffer {
  if (chosen.pick === null) return Buffer.from(chosen.bytes);
  return chosen.damages.reduce(spoil, corpus[chosen.pick % corpus.length] ?? Buffer.alloc(0));
}

function spoil(file: Buffer, { kind, at: part, bytes }: Damage): Buffer {
  const place = Math.floor(part * file.length);
  const width = bytes.length * 7;
  switch (kind) {
    case "flip": {
      const copy = Buffer.from(file);
      if (copy.length > 0) copy[place] = (copy[place] ?? 0) ^ (bytes[0] ?? 1);
      return copy;
    }
    case "cut":
      return file.subarray(0, place);
    case "insert":
      return Buffer.concat([file.subarray(0, place), bytes, file.subarray(place)]);
    case "repeat":
      return Buffer.concat([file.subarray(0, place + width), file.subarray(place)]);
    case "swap":
      return Buffer.concat([file.subarray(place), file.subarray(0, place)]);
    case "drop":
      return Buffer.concat([file.subarray(0, place), file.subarray(place + width)]);
  }
}
