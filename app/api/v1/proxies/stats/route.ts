import { endpoint } from "@/lib/auth/endpoint";
import { kaspiAccess } from "@/lib/exits/access";
import { exitStats } from "@/lib/exits/exit-stats";

/** What went through the exits in the last 24 hours, and how each is doing. */
export const GET = endpoint(async () =>
  Response.json(await exitStats(kaspiAccess()), { headers: { "cache-control": "no-store" } }),
);
