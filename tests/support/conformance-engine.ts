import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { serveWeb } from "@/lib/cli/serve-web";
import { SECOND, systemClock } from "@/lib/core/time";
import { database } from "@/lib/db/client";
import { jobClient, type Transport } from "@/lib/jobs/client";
import { embeddedEngine } from "@/lib/jobs/embedded/engine";
import { inngestEngine } from "@/lib/jobs/inngest-engine";
import { whileServing } from "@/lib/jobs/served-calls";
import { log } from "@/lib/log";
import { inngestStandIn } from "./inngest-stand-in";

type Functions = readonly InngestFunction.Any[];
export type OpenEngine = { stop(): Promise<void> };
export type EngineUnderTest = {
  name: string;
  /** Limits, schedules and cancellation are the engine's own doing: the stand-in has none. */
  isWhole: boolean;
  open(functions: Functions): Promise<OpenEngine>;
};

const KEY = "ab".repeat(32);

/**
 * The engines the scenarios run on. A real server joins them when it is named: it must reach this
 * machine at CONFORMANCE_SERVE_HOST.
 */
export function enginesUnderTest(): EngineUnderTest[] {
  const {
    CONFORMANCE_INNGEST_URL: baseUrl,
    CONFORMANCE_SIGNING_KEY: signingKey = "",
    CONFORMANCE_EVENT_KEY: eventKey = "",
    CONFORMANCE_SERVE_HOST: host = "127.0.0.1",
    CONFORMANCE_CHECKPOINTING: checkpointing = "false",
  } = process.env;
  const real: EngineUnderTest = {
    name: `the Inngest server ${baseUrl}`,
    isWhole: true,
    open: (functions) =>
      openInngest(
        functions,
        {
          isDev: false,
          baseUrl,
          signingKey,
          eventKey,
          checkpointing: checkpointing === "true",
        },
        host,
      ),
  };
  return [
    { name: "the embedded engine", isWhole: true, open: openEmbedded },
    standIn("Inngest, one step a call", { checkpointing: false }),
    standIn("Inngest, with checkpoints", { checkpointing: true }),
    standIn("an older Inngest that knows no checkpoints", {
      checkpointing: true,
      knowsCheckpoints: false,
    }),
    ...(baseUrl ? [real] : []),
  ];
}

async function openEmbedded(functions: Functions): Promise<OpenEngine> {
  const engine = embeddedEngine({ database: database(), functions, log, clock: systemClock });
  await engine.start();
  return engine;
}

function standIn(
  name: string,
  {
    checkpointing,
    knowsCheckpoints = true,
  }: { checkpointing: boolean; knowsCheckpoints?: boolean },
): EngineUnderTest {
  return {
    name,
    isWhole: false,
    async open(functions) {
      const server = await inngestStandIn({ signingKey: KEY, knowsCheckpoints });
      const transport = { isDev: false, signingKey: KEY, eventKey: "event-key", checkpointing };
      const engine = await openInngest(functions, { ...transport, baseUrl: server.url });
      return {
        async stop() {
          await engine.stop();
          server.close();
        },
      };
    },
  };
}

/** What the application is to an Inngest server: the relay, and the functions behind a port. */
export async function openInngest(
  functions: Functions,
  transport: Transport,
  host = "127.0.0.1",
): Promise<OpenEngine> {
  let handle: (request: Request) => Promise<Response> = async () =>
    new Response(null, { status: 503 });
  const web = await serveWeb({ host, port: 0 }, (request) => whileServing(request, handle));
  const client = jobClient(transport, log);
  handle = serve({ client, functions: [...functions], serveOrigin: web.url });
  const engine = inngestEngine({
    database: database(),
    functions,
    serveOrigin: web.url,
    transport,
    log,
  });
  await engine.start();
  return {
    async stop() {
      await engine.stop();
      web.close();
      // Another engine may follow in this process.
      Reflect.deleteProperty(globalThis, "dukenServedCalls");
    },
  };
}

/** Waits longer for a server far away than for one in this process. */
export const PATIENCE = process.env.CONFORMANCE_INNGEST_URL ? 120 * SECOND : 20 * SECOND;
