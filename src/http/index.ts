/** The service: the main job over HTTP. */
export { openApiDocument } from "./openapi.ts";
export { type RunningServer, type ServeOptions, serve } from "./serve.ts";
export { buildServer, type ServerOptions } from "./server.ts";
