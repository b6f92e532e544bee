import { AppError, isSystemError } from "../errors.ts";
import { buildServer, type ServerOptions } from "./server.ts";

export interface ServeOptions extends ServerOptions {
  /** 0 takes any free port. */
  port: number;
  /** There is no other until access control exists. */
  host?: "127.0.0.1";
}

export interface RunningServer {
  url: string;
  /** Stops taking requests, lets running requests and the running import finish; the store stays open. */
  close(): Promise<void>;
  /** Resolves when the service has stopped, by `close` or by a signal. */
  stopped: Promise<void>;
}

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/**
 * Serves on the loopback address until `close` is called or the process is told to stop (SIGTERM, SIGINT). A second
 * signal ends the process at once. Whoever opened the store closes it.
 *
 * @throws AppError PORT-TAKEN when another program listens there
 */
export async function serve({ port, host = "127.0.0.1", ...options }: ServeOptions): Promise<RunningServer> {
  const app = await buildServer(options);
  let url: string;
  try {
    url = await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw listenError(error, port);
  }
  const { promise: stopped, resolve } = deferred();
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= app.close().finally(() => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      resolve();
    });
    return closing;
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (closing) process.exit(signal === "SIGINT" ? 130 : 143);
    app.log.info({ signal }, "stopping");
    close().catch((error: unknown) => app.log.error({ err: error }, "stopping failed"));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return { url, close, stopped };
}

function listenError(error: unknown, port: number): unknown {
  if (!isSystemError(error) || (error.code !== "EADDRINUSE" && error.code !== "EACCES")) return error;
  const reason = error.code === "EACCES" ? "tidak diizinkan / is not allowed" : "sudah dipakai / is taken";
  return new AppError("PORT-TAKEN", 400, `port ${port} ${reason}`, "Pilih port lain / choose another: --port 3001");
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
