import { kaspiAccess } from "@/lib/exits/access";
import { countStores } from "@/lib/stores/queries";

export const dynamic = "force-dynamic";

export async function GET() {
  const startedAt = performance.now();
  try {
    const storesCount = await countStores(kaspiAccess().db);
    const latency = Math.round(performance.now() - startedAt);
    return Response.json({ status: "ok", latency_ms: latency, stores_count: storesCount });
  } catch {
    return Response.json({ status: "unavailable" }, { status: 503 });
  }
}
