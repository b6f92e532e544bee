import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import { formatNumber } from "../i18n/index.ts";
import { PRIVATE_FILE, PRIVATE_FOLDER, type StoredUpload } from "../jobs/index.ts";

/** A file that was sent, on disk in a folder of its own so that it can keep its name. */
export interface Upload extends StoredUpload {
  /** Deletes the file and its folder. */
  discard(): Promise<void>;
}

/** Room for the other fields of a form and for the lines between them. */
const FORM_OVERHEAD = 64 * 1024;

interface FormLimits {
  files: number;
  fields: number;
  fieldSize: number;
  fieldNameSize: number;
  headerPairs: number;
}

/** Limits of the form beside the file. */
export const FORM_LIMITS: FormLimits = { files: 1, fields: 20, fieldSize: 10_000, fieldNameSize: 100, headerPairs: 50 };

/** A mapping has a field for every piece of a code, and names the columns of wide tables. */
export const MAPPING_FORM_LIMITS: FormLimits = { ...FORM_LIMITS, fields: 300, fieldSize: 200_000 };

/**
 * Reads a form with one file: the file goes to disk as it arrives, the other fields are returned as text (a field that
 * is sent twice as a list, so that validation refuses it; an empty one as absent, as forms mean it).
 *
 * @throws AppError UPLOAD-TOO-LARGE 413, UPLOAD-ONE-FILE 400; the file is gone then
 */
export async function receiveForm(
  request: FastifyRequest,
  folder: string,
  maxBytes: number,
  limits: FormLimits = FORM_LIMITS,
): Promise<Record<string, unknown>> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > maxBytes + FORM_OVERHEAD + limits.fieldSize) throw tooLarge(request, maxBytes);
  const fields = new Map<string, unknown[]>();
  let upload: Upload | null = null;
  try {
    for await (const part of request.parts({ limits: { ...limits, fileSize: maxBytes } })) {
      let value: unknown;
      if (part.type === "field") value = part.value;
      else if (part.fieldname === "file") value = upload = await store(part, folder);
      else {
        // An unread file would hold up the form; validation refuses the field.
        part.file.resume();
        value = part.filename;
      }
      if (value !== "" && value !== null) fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), value]);
    }
  } catch (error) {
    await upload?.discard();
    throw formError(error, request, maxBytes);
  }
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/** Writes one file; null when the form has a file field in which nothing was chosen. */
async function store(part: MultipartFile, parent: string): Promise<Upload | null> {
  const own = crypto.randomUUID();
  const folder = join(parent, own);
  const name = safeFileName(part.filename);
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    // On the disk for good before a job counts on it.
    await pipeline(part.file, createWriteStream(join(folder, name), { mode: PRIVATE_FILE, flush: true }));
  } catch (error) {
    await discard();
    throw error;
  }
  const bytes = part.file.bytesRead;
  if (bytes === 0 && (part.filename ?? "") === "") {
    await discard();
    return null;
  }
  return { stored: `${own}/${name}`, name, bytes, discard };
}

function formError(error: unknown, request: FastifyRequest, maxBytes: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "FST_REQ_FILE_TOO_LARGE") return tooLarge(request, maxBytes);
  if (code === "FST_FILES_LIMIT") {
    const { t } = request;
    return new AppError("UPLOAD-ONE-FILE", 400, t("http.oneFile"), t("http.oneFileHint"));
  }
  // The parser of forms throws bare errors; what goes wrong on disk has a code.
  if (error instanceof Error && code === null) {
    const { t } = request;
    return new AppError("UPLOAD-BROKEN", 400, t("http.brokenForm"), t("http.brokenFormHint"));
  }
  return error;
}

function tooLarge({ t, language }: FastifyRequest, maxBytes: number): AppError {
  const limit = formatNumber(maxBytes, language);
  return new AppError("UPLOAD-TOO-LARGE", 413, t("http.tooLarge", { limit }), t("http.tooLargeHint"));
}

/** Longest name in bytes that every file system takes, with room to spare. */
const NAME_BYTES = 180;

/**
 * A file name that is safe on disk and in headers: the last part of the path a browser may send, without control and
 * direction characters, without characters that some system forbids, not hidden, not too long (the ending stays).
 */
export function safeFileName(given: string | undefined): string {
  const last = (given ?? "").split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .normalize("NFC")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (clean === "") return "upload";
  const ending = /(\.[A-Za-z0-9]{1,8}){1,2}$/.exec(clean)?.[0] ?? "";
  let stem = clean.slice(0, clean.length - ending.length);
  while (Buffer.byteLength(stem + ending) > NAME_BYTES) stem = [...stem].slice(0, -1).join("");
  return stem + ending;
}
