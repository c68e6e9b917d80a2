import { kaspiAccess } from "@/lib/exits/access";
import { readiness } from "@/lib/workspace/readiness";

export const dynamic = "force-dynamic";

export async function GET() {
  const { db, clock } = kaspiAccess();
  const parts = await readiness(db, clock());
  const isReady = Object.values(parts).every((part) => part === "ok");
  return Response.json(
    { status: isReady ? "ok" : "unavailable", ...parts },
    { status: isReady ? 200 : 503 },
  );
}
