import { z } from "zod";
import { SECOND } from "@/lib/core/time";
import { failureAnswer } from "./answers-model";

/** A price is read and decided anew before the answer. */
const PATIENCE_MS = 60 * SECOND;

/** The office says no, in the person's language. */
export class OfficeRefusal extends Error {
  override name = "OfficeRefusal";
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: string,
  ) {
    super(`${status} ${code}`);
  }
}

/** The office cannot be reached, or is not itself. */
export class OfficeAway extends Error {
  override name = "OfficeAway";
}

export type OfficeAddress = { url: string; key: string };

type Asked = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  body?: unknown;
  /** As whom; without it the bot speaks for itself. */
  telegramId?: number;
  /** The same again does nothing more. */
  once?: string;
};

/** One call of `/api/v1`. Throws `OfficeRefusal` and `OfficeAway`; the key is in neither. */
export async function callOffice<T>(
  { url, key }: OfficeAddress,
  { method = "GET", path, body, telegramId, once }: Asked,
  answer: z.ZodType<T>,
): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(telegramId !== undefined && { "x-telegram-user": String(telegramId) }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(once !== undefined && { "idempotency-key": once }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw new OfficeAway("no answer", { cause });
  });
  const said = response.status === 204 ? null : await readBody(response);
  if (response.ok) return read(answer, said);
  const failure = failureAnswer.safeParse(said);
  if (!failure.success || response.status >= 500) throw new OfficeAway(`status ${response.status}`);
  throw new OfficeRefusal(response.status, failure.data.code, failure.data.error);
}

const readBody = (response: Response): Promise<unknown> =>
  response.json().catch((cause: unknown) => {
    throw new OfficeAway("no JSON", { cause });
  });

function read<T>(answer: z.ZodType<T>, said: unknown): T {
  const result = answer.safeParse(said);
  if (result.success) return result.data;
  throw new OfficeAway(`another answer: ${z.prettifyError(result.error)}`);
}
