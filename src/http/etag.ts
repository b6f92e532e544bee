import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { toJson } from "../json.ts";

/**
 * Sets an ETag over everything that decides a reply, and says whether the reader has that version already. The reader
 * may keep the reply but must ask each time.
 */
export function isFresh(request: FastifyRequest, reply: FastifyReply, deciding: readonly unknown[]): boolean {
  const tag = `"${createHash("sha256").update(toJson(deciding)).digest("base64url").slice(0, 22)}"`;
  reply.header("etag", tag).header("cache-control", "private, no-cache");
  const known = (request.headers["if-none-match"] ?? "").split(",").map((text) => text.trim().replace(/^W\//, ""));
  return known.includes(tag);
}
