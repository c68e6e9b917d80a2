import { z } from "zod";
import { SECOND, sleep } from "@/lib/core/time";
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
    /** Too soon: how long it is to wait; null for every other no. */
    readonly retryAfterMs: number | null,
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

/** What somebody who presses fast waits for by themselves. */
const LONGEST_WAIT_MS = 3 * SECOND;
const MOST_TRIES = 3;

/**
 * One call of `/api/v1`; one that came too soon is made again. Throws `OfficeRefusal` and `OfficeAway`; the key is
 * in neither.
 */
export async function callOffice<T>(
  office: OfficeAddress,
  asked: Asked,
  answer: z.ZodType<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await callOnce(office, asked, answer);
    } catch (error) {
      const waitMs = error instanceof OfficeRefusal ? error.retryAfterMs : null;
      if (waitMs === null || waitMs > LONGEST_WAIT_MS || tries === MOST_TRIES) throw error;
      await sleep(waitMs);
    }
  }
}

async function callOnce<T>(
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
  if (!failure.success || isOwnTrouble(response.status, failure.data.code))
    throw new OfficeAway(`status ${response.status}`);
  const { code, error, details } = failure.data;
  // The key is refused, or may not do this: nobody who writes to the bot can mend that.
  if (response.status === 401 || (response.status === 403 && telegramId === undefined))
    throw new OfficeAway(`the key of the bot is refused: ${code}`);
  const after = response.headers.get("retry-after");
  throw new OfficeRefusal(
    response.status,
    code,
    details[0]?.message ?? error,
    after ? Number(after) * SECOND : null,
  );
}

/** Of Kaspi's troubles the office speaks in words that help; of its own they do not. */
const isOwnTrouble = (status: number, code: string) => status >= 500 && !code.startsWith("kaspi_");

const readBody = (response: Response): Promise<unknown> =>
  response.json().catch((cause: unknown) => {
    throw new OfficeAway("no JSON", { cause });
  });

function read<T>(answer: z.ZodType<T>, said: unknown): T {
  const result = answer.safeParse(said);
  if (result.success) return result.data;
  throw new OfficeAway(`another answer: ${z.prettifyError(result.error)}`);
}
