import { crc32 } from "node:zlib";

/** A zip of stored entries, written by hand so that tests can have any names and damage any field. */
export function zip(entries: Record<string, string | Buffer>): Buffer {
  const locals: Buffer[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(content)];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(bytes.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, path, bytes]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    records.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), fields, tail, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(records.length, 8);
  end.writeUInt16LE(records.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const SECTOR = 512;
const END_OF_CHAIN = 0xfffffffe;
const FAT_SECTOR = 0xfffffffd;

/**
 * A compound file (OLE, [MS-CFB]) with streams of these names, as old Office programs write them: header, one sector of
 * the allocation table, then the directory, four names to a sector.
 */
export function compoundFile(...streams: string[]): Buffer {
  const names = ["Root Entry", ...streams];
  const directory = Math.ceil(names.length / 4);
  const file = Buffer.alloc(SECTOR * (2 + directory), 0);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 44);
  file.writeUInt32LE(1, 48);
  file.fill(0xff, 76, SECTOR);
  file.writeUInt32LE(0, 76);
  file.fill(0xff, SECTOR, 2 * SECTOR);
  file.writeUInt32LE(FAT_SECTOR, SECTOR);
  for (let sector = 1; sector <= directory; sector++) {
    file.writeUInt32LE(sector === directory ? END_OF_CHAIN : sector + 1, SECTOR + 4 * sector);
  }
  for (const [index, name] of names.entries()) {
    const entry = 2 * SECTOR + index * 128;
    file.write(name, entry, "utf16le");
    file.writeUInt16LE(2 * (name.length + 1), entry + 64);
    file.writeUInt8(index === 0 ? 5 : 2, entry + 66);
  }
  return file;
}
