import type { z } from "zod";
import type { ApiScope } from "@/lib/auth/api-key-scope-model";
import type { Caller } from "@/lib/auth/model";
import type { Translator } from "@/lib/i18n/translator";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Fields = z.ZodObject;
type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What an operation is asked, parsed by its own schemas. */
export type Asked<P, Q, B> = {
  caller: Caller;
  params: Output<P>;
  query: Output<Q>;
  body: Output<B>;
  request: Request;
  /** Texts in the caller's language. */
  t: Translator;
};

/** 200 with a body unless it says otherwise; a file or a stream answers with a Response of its own. */
export type Answered =
  | { status?: number; body: unknown; headers?: Record<string, string> }
  /** The same as it is sent, where writing it anew would cost much. */
  | { status?: number; json: string; headers?: Record<string, string> }
  | { status: 204 }
  | Response;

/**
 * One operation of `/api/v1`: what parses its requests is what the document says of them. Field names are
 * a contract (docs/api.md).
 */
export type Operation<
  P extends Fields | undefined = Fields | undefined,
  Q extends Fields | undefined = Fields | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
> = {
  /** Its name in the document, and what an idempotency key is kept with. */
  id: string;
  method: Method;
  /** Under `/api/v1`, with the last slash. */
  path: string;
  /** Other paths that lead to the same. */
  aliases?: readonly string[];
  tag: string;
  summary: string;
  scope: ApiScope;
  /** Our bot does not ask for it in somebody's place: it would outlive the bot's key. */
  own?: true;
  params?: P;
  query?: Q;
  body?: B;
  /** It waits for somebody else's server, or for long work: it takes no place from the others. */
  waits?: true;
  /** Headers that mean something to it, and what. */
  headers?: Readonly<Record<string, string>>;
  /** The type of the file that it answers with. A file is not kept to be given again. */
  file?: string;
  /** What is answered when it goes well; `null` for no body or a file. */
  answers: Readonly<Record<number, z.ZodType | null>>;
  /** Fields of the answer that are shown once: null in an answer that is given again. */
  once?: readonly string[];
  handle(asked: Asked<P, Q, B>): Promise<Answered>;
};

/** Keeps the types of an operation's own schemas. */
export function operation<
  P extends Fields | undefined = undefined,
  Q extends Fields | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(given: Operation<P, Q, B>): Operation<P, Q, B> {
  return given;
}
