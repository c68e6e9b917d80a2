import { z } from "zod";
import type { Desk } from "@/lib/kaspi-twin/cabinet-guard";
import { type Answer, empty, header, json, parsed } from "@/lib/kaspi-twin/http";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import type { Visit } from "@/lib/kaspi-twin/visit";

/** What «Unfinished file found» comes with was never recorded. */
const UNFINISHED = "Unfinished file found";

/** `POST …/upload?merchantUid=`: a form with one file; an id at once, the goods minutes later (protocol C5). */
export function receiveList(visit: Visit, merchant: Merchant): Answer {
  const { world, request, session } = visit;
  const at = world.clock.now();
  if (world.faults.strikes("writes_throttled", { endpoint: "list_upload" })) return empty(429);
  const file = fileOf(request.body, header(request, "content-type"));
  if (file === null) return empty(400);
  const occasion = { endpoint: "list_upload", merchantUid: merchant.uid } as const;
  const stuck = world.faults.strikes("file_unfinished", occasion);
  if (stuck || world.priceLists.unfinished(merchant.uid)) {
    return {
      status: stuck?.status ?? 200,
      headers: { "content-type": "text/plain" },
      body: UNFINISHED,
    };
  }
  return json({ id: world.priceLists.receive(merchant, file, { by: session.email, at }).id });
}

/** The text of the part called `file`; null for a form without one, and for what is no XML. */
function fileOf(body: string, contentType: string): string | null {
  const [, boundary] = /^multipart\/form-data;\s*boundary="?([^";]+)/i.exec(contentType) ?? [];
  if (!boundary) return null;
  for (const part of body.split(`--${boundary}`)) {
    const end = part.indexOf("\r\n\r\n");
    if (end === -1 || !/name="file"/.test(part.slice(0, end))) continue;
    const text = part.slice(end + 4).replace(/\r\n$/, "");
    return text.trimStart().startsWith("<") ? text : null;
  }
  return null;
}

/** `GET …/protocol/merchant/file/{id}?m=`. */
export function listStatus({ world, request }: Visit, merchant: Merchant): Answer {
  const file = world.priceLists.find(request.path.split("/").at(-1) ?? "");
  if (!file || file.merchantUid !== merchant.uid) return empty(404);
  return json({ id: file.id, status: file.status });
}

/** `GET …/upload/merchant/files/last?m=`. */
export function lastList({ world }: Visit, merchant: Merchant): Answer {
  const file = world.priceLists.last(merchant.uid);
  return file ? json({ id: file.id }) : json({});
}

const asked = z.object({ merchantUid: z.string(), skuList: z.array(z.string()).max(5_000) });

/** `POST …/protocol/merchant/offer/list/s`: a row for each article that is known, and only its sku is proven. */
export const listRows: Desk = ({ world, request, session }) => {
  const { data } = asked.safeParse(parsed(request.body));
  if (!data) return empty(400);
  if (!session.merchants.includes(data.merchantUid)) return empty(403);
  const unknown = new Set(world.priceLists.last(data.merchantUid)?.unrecognised ?? []);
  return json(data.skuList.filter((sku) => !unknown.has(sku)).map((sku) => ({ sku })));
};
