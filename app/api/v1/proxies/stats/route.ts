import { endpoint } from "@/lib/auth/endpoint";
import { kaspiAccess } from "@/lib/exits/access";
import { exitStats } from "@/lib/exits/exit-stats";

/** What went through the exits in the last 24 hours, and how each is doing. For whom their page is. */
export const GET = endpoint({ scope: "read" }, async (caller) =>
  Response.json(await exitStats(kaspiAccess(), caller), {
    headers: { "cache-control": "no-store" },
  }),
);
