import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { currentCaller } from "@/lib/auth/session";
import { AppError } from "@/lib/core/errors";
import { SECOND, sleep } from "@/lib/core/time";
import { kaspiAccess } from "@/lib/exits/access";
import { toProgress } from "@/lib/runs/model";
import { findRun, type Run } from "@/lib/runs/queries";

const runIdSchema = z.object({ id: z.uuid() });

/** Progress of a run as server-sent events, until it has ended or nobody listens. */
export const GET = endpoint<RouteContext<"/runs/[id]/events">>(
  async (_caller, request, { params }) => {
    const { id } = parse(runIdSchema, await params);
    const { db } = kaspiAccess();
    const look = async () => {
      // Asked anew each time: whoever is blocked or signed out meanwhile hears no more.
      const asking = await currentCaller();
      return asking && findRun(db, asking, id);
    };
    const first = await look();
    if (!first) throw new AppError("not_found");
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        let sent = "";
        for (let run: Run | null = first; run && !request.signal.aborted; run = await look()) {
          const data = JSON.stringify(toProgress(run));
          if (data !== sent) controller.enqueue(encoder.encode(`data: ${data}\n\n`));
          sent = data;
          if (run.status === "finished" || run.status === "failed") break;
          await sleep(SECOND / 2, request.signal).catch(() => {});
        }
        controller.close();
      },
    });
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      },
    });
  },
);
