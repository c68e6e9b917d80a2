import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { openApiDocument } from "@/lib/api/openapi";

type Answer = { status: number; body: unknown; headers: Headers };
type Content = Record<string, { schema: object }>;
type Described = { responses: Record<string, { content?: Content }> };

/** The document of the API, and whether it knows an answer. Once per test file, after its database. */
export function apiDocument() {
  const document = openApiDocument();
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  /** Its references are looked for where the document has them. */
  const compile = (schema: object) => ajv.compile({ ...schema, components: document.components });
  const list = document.paths["/products/"]?.get as Described | undefined;
  const failure = list?.responses[404]?.content?.["application/json"]?.schema ?? {};
  const compiled = new Map<object, ReturnType<typeof compile>>();

  function expectFitting(schema: object, body: unknown) {
    const check = compiled.get(schema) ?? compile(schema);
    compiled.set(schema, check);
    check(body);
    expect(check.errors ?? [], JSON.stringify(body).slice(0, 500)).toEqual([]);
  }

  return {
    document,
    /** Of an operation, body and all. */
    expectKnown(path: string, method: string, answer: Answer) {
      const described = document.paths[path]?.[method.toLowerCase()] as Described | undefined;
      const response = described?.responses[answer.status];
      expect(Object.keys(described?.responses ?? {})).toContain(`${answer.status}`);
      expect(answer.headers.get("x-request-id")).toBeTruthy();
      if (!response?.content) return expect(answer.body).toBe("");
      const [type = "", { schema }] = Object.entries(response.content)[0] ?? ["", { schema: {} }];
      expect(answer.headers.get("content-type")).toContain(type);
      // Of a file it is the bytes that count, and tests of their own.
      if (type === "application/json") expectFitting(schema, answer.body);
      else expect(answer.body).not.toBe("");
    },
    /** Of no operation: a failure as all of them have it. */
    expectFailure(answer: Answer) {
      expect(answer.headers.get("x-request-id")).toBeTruthy();
      expectFitting(failure, answer.body);
    },
  };
}
