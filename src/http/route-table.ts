import type { RouteOptions } from "fastify";
import type { App } from "./app.ts";

declare module "fastify" {
  interface FastifyInstance {
    routeTable: RouteTable;
  }
}

interface KnownRoute {
  methods: string[];
  url: string;
  pattern: RegExp;
  hidden: boolean;
}

/** Every route as it is registered: for `405 Method Not Allowed`, which the router does not know, and for the docs test. */
export class RouteTable {
  readonly routes: KnownRoute[] = [];

  constructor(app: App) {
    app.addHook("onRoute", (route) => this.#add(route));
  }

  /** Methods that a path would take, sorted; empty when nothing is there. */
  methodsOf(path: string): string[] {
    const methods = this.routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  }

  #add({ method, url, schema }: RouteOptions): void {
    const pattern = url
      .split("/")
      .map((part) => (part.startsWith(":") ? "[^/]+" : part === "*" ? ".*" : escapeRegExp(part)))
      .join("/");
    this.routes.push({
      methods: [method].flat(),
      url,
      pattern: new RegExp(`^${pattern}$`),
      hidden: (schema as { hide?: boolean } | undefined)?.hide === true,
    });
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
