import type { FastifyReply } from "fastify";

/** Marks a reply as a file to be saved under a name; names beyond ASCII are given in both ways browsers know. */
export function attachment(reply: FastifyReply, type: string, name: string): void {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  reply.type(type).header("content-disposition", `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
}
