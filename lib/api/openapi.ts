import { z } from "zod";
import { env } from "@/lib/env";
import { type JsonSchema, jsonSchemaOf, type Named } from "./json-schema";
import type { Operation } from "./operation";
import { operations } from "./registry";

const VERSION = "1";

const failure = z
  .object({
    success: z.literal(false),
    code: z.string().describe("What kind of failure it is: for programs"),
    error: z.string().describe("What is wrong and what to do, in the caller's language"),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Failure" });

/** How any operation may be refused, and when. */
const refusals: Record<number, string> = {
  400: "The body is not JSON",
  401: "No key, or one that opens nothing",
  403: "The key lacks the scope, or its person the right",
  404: "Not there, or not the caller's to see",
  409: "It contradicts what is; or the Idempotency-Key came with another body",
  410: "It was there",
  413: "Too large",
  422: "Fields are wrong; or a confirmation is wanted",
  429: "Too fast; Retry-After says how long to wait",
  500: "A fault of ours",
  502: "Kaspi answered with a fault of its own",
  503: "Kaspi, or the database, does not answer now",
};

const tags: Record<string, string> = {
  accounts: "Logins of Kaspi cabinets",
  stores: "Stores",
  products: "Products, their prices and rules",
  preorders: "Goods on sale before they arrive",
  runs: "Long work",
  tasks: "What the team has to do, in lists",
  webhooks: "What we tell other programs by ourselves",
  analytics: "Figures",
};

const ofHeader = (name: string, description: string) => ({
  name,
  in: "header",
  required: false,
  description,
  schema: { type: "string" },
});
const idempotencyKey = ofHeader(
  "Idempotency-Key",
  "The same key and body within 24 hours get the first answer; the work is done once",
);

/** The whole document of `/api/v1`, made of the schemas that parse its requests. */
export function openApiDocument() {
  const named: Named = new Map();
  const failed = jsonSchemaOf(failure, "output", named);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations)
    for (const [nth, path] of [operation.path, ...(operation.aliases ?? [])].entries()) {
      const described = inWords(operation, nth, named, failed);
      paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described };
    }
  return {
    openapi: "3.1.1",
    info: {
      title: "Duken API",
      version: VERSION,
      description:
        "Prices are whole tenge, times ISO 8601 in UTC, ids UUIDs. Every path answers with and without its last slash.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: `${new URL(env().NEXTAUTH_URL).origin}/api/v1` }],
    security: [{ key: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A key of /settings/keys" },
      },
      schemas: Object.fromEntries([...named].sort(([one], [other]) => (one < other ? -1 : 1))),
    },
  };
}

function inWords(operation: Operation, nth: number, named: Named, failed: JsonSchema) {
  const { id, tag, summary, scope, method, params, query, body, headers = {}, file } = operation;
  const parameters = [
    ...parametersIn("path", params, named),
    ...parametersIn("query", query, named),
    ...Object.entries(headers).map(([name, meaning]) => ofHeader(name, meaning)),
    ...(method === "POST" && !file ? [idempotencyKey] : []),
  ];
  const isAlias = nth > 0;
  return {
    operationId: isAlias ? `${id}Alias${nth}` : id,
    tags: [tag],
    summary: isAlias ? `${summary} (the same at ${operation.path})` : summary,
    description: `Scope of the key: \`${scope}\`.`,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: { "application/json": { schema: jsonSchemaOf(body, "input", named) } },
      },
    }),
    responses: { ...answered(operation, named), ...refused(operation, failed) },
  };
}

function parametersIn(where: "path" | "query", schema: z.ZodObject | undefined, named: Named) {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...told } = jsonSchemaOf(field as z.ZodType, "input", named);
    const required = where === "path" || !(field as z.ZodType).safeParse(undefined).success;
    return { name, in: where, required, ...(description ? { description } : {}), schema: told };
  });
}

function answered({ answers, file }: Pick<Operation, "answers" | "file">, named: Named) {
  const entries = Object.entries(answers).map(([status, schema]) => {
    const content = schema
      ? { "application/json": { schema: jsonSchemaOf(schema, "output", named) } }
      : file && { [file]: { schema: { type: "string", format: "binary" } } };
    return [status, { description: words[status] ?? "Done", ...(content && { content }) }];
  });
  return Object.fromEntries(entries);
}

const words: Record<string, string> = {
  200: "Done",
  201: "Made",
  202: "Under way, or waits for something",
  204: "Done; there is nothing to tell",
};

/** Only those that operation may meet. */
function refused({ tag, scope, body }: Operation, failed: JsonSchema) {
  const asksKaspi = scope === "kaspi" || tag === "stores";
  const needless = new Set([
    ...(body ? [] : [400, 413]),
    ...(tag === "accounts" ? [] : [410]),
    ...(asksKaspi ? [] : [502]),
  ]);
  const content = { "application/json": { schema: failed } };
  return Object.fromEntries(
    Object.entries(refusals)
      .filter(([status]) => !needless.has(Number(status)))
      .map(([status, description]) => [status, { description, content }]),
  );
}
