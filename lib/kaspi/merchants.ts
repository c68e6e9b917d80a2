import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { checked } from "@/lib/kaspi/answer";
import { callCabinet } from "@/lib/kaspi/cabinet-call";
import type { CabinetSession } from "@/lib/kaspi/session";
import { wireId, wireText } from "@/lib/kaspi/wire-values";

const merchantsWire = z.object({ merchants: z.array(z.object({ uid: wireId })) });

const nameWire = z.object({
  errors: z.array(z.unknown()).nullish(),
  data: z.object({ merchant: z.object({ name: wireText }).nullish() }).nullish(),
});

const NAME_QUERY = "query getMerchant($id: String!) { merchant(id: $id) { id name logo { url } } }";

/** Every shop of the login; there may be several (protocol A4, `GET /s/m`). */
export async function listMerchants(cabinet: CabinetSession): Promise<{ uid: string }[]> {
  const { answer, url } = await callCabinet(cabinet, { path: "/s/m" });
  return checked(merchantsWire, answer, url).merchants;
}

/** The shop's name, null when Kaspi has none. GraphQL errors come with 200 → kaspi_rejected (A4). */
export async function merchantName(cabinet: CabinetSession, uid: string): Promise<string | null> {
  const { answer, url } = await callCabinet(cabinet, {
    path: "/mc/facade/graphql?opName=getMerchant",
    json: { operationName: "getMerchant", variables: { id: uid }, query: NAME_QUERY },
  });
  const { errors, data } = checked(nameWire, answer, url);
  if (errors?.length) throw new AppError("kaspi_rejected");
  return data?.merchant?.name ?? null;
}
