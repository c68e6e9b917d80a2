import { endpoint } from "@/lib/auth/endpoint";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { runAnswer } from "@/lib/runs/run-answer";

/** Progress of any long work, by the id that was handed out when it began. */
export const GET = endpoint<RouteContext<"/api/v1/runs/[id]">>(
  { scope: "read" },
  async (caller, _request, { params }) => {
    const { id } = await params;
    return Response.json(await runAnswer(kaspiAccess().db, caller, id, translator(caller.locale)), {
      headers: { "cache-control": "no-store" },
    });
  },
);
