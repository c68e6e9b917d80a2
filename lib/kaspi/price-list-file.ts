import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { checked, malformed, parseJson } from "@/lib/kaspi/answer";
import { callCabinet, callRaw, failureOf } from "@/lib/kaspi/cabinet-call";
import { stayAway, WRITE_BAN } from "@/lib/kaspi/change-price";
import type { CabinetSession } from "@/lib/kaspi/session";
import { wireId, wireText } from "@/lib/kaspi/wire-values";

export type Uploaded =
  /** Kaspi has it; what it says counts some minutes later. */
  | { kind: "taken"; fileId: string | null }
  /** Kaspi still works on the file before it, and has taken nothing. */
  | { kind: "unfinished" };

const taken = z.object({ id: wireId.nullish().catch(null) });

/**
 * Sends a price list as a file, in XML (protocol C5): it is the whole assortment, what it leaves out
 * leaves sale. Throws as `changePrice`: after kaspi_timeout or kaspi_unreachable it may have arrived.
 */
export async function uploadPriceList(
  cabinet: CabinetSession,
  { merchantUid, xml }: { merchantUid: string; xml: string },
): Promise<Uploaded> {
  const form = formOf(xml);
  const response = await callRaw(cabinet, {
    path: "/pricefeed/upload/merchant/upload",
    query: { merchantUid },
    form,
  });
  // A text, with a status that nobody has recorded.
  if (response.body.slice(0, 400).includes("Unfinished file found")) return { kind: "unfinished" };
  const failure = failureOf(response, cabinet, WRITE_BAN);
  if (failure) return stayAway(failure);
  const { id } = checked(taken, parseJson(response), response.url);
  return { kind: "taken", fileId: id ?? null };
}

/** A file as a browser sends it; no line of XML can be the boundary, which has no markup in it. */
function formOf(xml: string): { type: string; body: string } {
  const boundary = "----WebKitFormBoundaryDukenPriceList01";
  if (xml.includes(boundary)) throw new AppError("invalid");
  const head = `Content-Disposition: form-data; name="file"; filename="price.xml"\r\nContent-Type: text/xml`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `--${boundary}\r\n${head}\r\n\r\n${xml}\r\n--${boundary}--\r\n`,
  };
}

const status = z.object({ status: wireText });

/** Kaspi's word for done; no other was ever recorded (protocol C5). */
export const FLUSHED = "FLUSHED";

/** Where Kaspi's work on a file stands, in its own word; null: it gives none. */
export async function priceListStatus(
  cabinet: CabinetSession,
  { merchantUid, fileId }: { merchantUid: string; fileId: string },
): Promise<string | null> {
  const { answer, url } = await callCabinet(cabinet, {
    path: `/pricefeed/protocol/merchant/file/${encodeURIComponent(fileId)}`,
    query: { m: merchantUid },
  });
  return checked(status, answer, url).status;
}

/** The id of the shop's last file; null: there was none (protocol C5, of 2024). */
export async function lastPriceList(
  cabinet: CabinetSession,
  merchantUid: string,
): Promise<string | null> {
  const { answer, url } = await callCabinet(cabinet, {
    path: "/pricefeed/upload/merchant/files/last",
    query: { m: merchantUid },
  });
  return checked(taken, answer, url).id ?? null;
}

/** A row of Kaspi's protocol: the article is certain, whatever else it says is kept as it came. */
export type ProtocolRow = { sku: string; said: Record<string, unknown> };

const rows = z.array(z.looseObject({ sku: wireId }));
/** Asked for at a time; nobody has tried more than one. */
export const PROTOCOL_ROWS = 100;

/** What Kaspi's protocol says of these articles (protocol C5); those it does not know are not in the answer. */
export async function protocolRows(
  cabinet: CabinetSession,
  { merchantUid, skuList }: { merchantUid: string; skuList: readonly string[] },
): Promise<ProtocolRow[]> {
  const { answer, url } = await callCabinet(cabinet, {
    path: "/pricefeed/protocol/merchant/offer/list/s",
    json: { merchantUid, skuList },
  });
  if (!Array.isArray(answer)) throw malformed(url);
  return checked(rows, answer, url).map(({ sku, ...said }) => ({ sku, said }));
}
