import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { checked } from "@/lib/kaspi/answer";
import { callCabinet } from "@/lib/kaspi/cabinet-call";
import type { CabinetSession } from "@/lib/kaspi/session";

const envelope = z.object({ errors: z.array(z.unknown()).nullish(), data: z.unknown() });

/**
 * A question to the cabinet's GraphQL, its `data` as the schema says. Its errors come with HTTP 200 (protocol A4,
 * G1): they are kaspi_rejected. Else throws as `callCabinet`.
 */
export async function askGraph<Schema extends z.ZodType>(
  cabinet: CabinetSession,
  asked: { operationName: string; variables: Record<string, unknown>; query: string },
  schema: Schema,
): Promise<z.output<Schema>> {
  const { answer, url } = await callCabinet(cabinet, {
    path: `/mc/facade/graphql?opName=${asked.operationName}`,
    json: asked,
  });
  const { errors, data } = checked(envelope, answer, url);
  if (errors?.length) throw new AppError("kaspi_rejected");
  return checked(schema, data, url);
}
