import { kaspiAccess } from "@/lib/exits/access";
import { functions } from "@/lib/functions";
import { inngestRoute } from "@/lib/jobs/route";
import { readiness } from "@/lib/workspace/readiness";
import { serveWeb } from "./serve-web";

/**
 * The doors of a worker: /health/ while it lives, /health/ready/ once its jobs run and what they stand
 * on works, and /api/inngest for an Inngest server. Answers its address.
 */
export async function startWorkerServer(
  host: string,
  port: number,
  started: Promise<unknown> | null,
): Promise<string> {
  let running = false;
  void started?.then(() => {
    running = true;
  });
  const inngest = inngestRoute(functions);
  const answers: Record<string, (request: Request) => Promise<Response>> = {
    "/health/": async () => Response.json({ status: "ok" }),
    "/health/ready/": async () => {
      const { db, clock } = kaspiAccess();
      const parts = await readiness(db, clock());
      const isReady = running && Object.values(parts).every((part) => part === "ok");
      const status = isReady ? "ok" : "unavailable";
      return Response.json({ status, running, ...parts }, { status: isReady ? 200 : 503 });
    },
    "/api/inngest/": inngest,
  };
  const { url } = await serveWeb({ host, port }, (request) => {
    const path = new URL(request.url).pathname.replace(/\/*$/, "/");
    return answers[path]?.(request) ?? Promise.resolve(new Response(null, { status: 404 }));
  });
  return `${url}/health/ready/`;
}
