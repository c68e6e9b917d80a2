import { z } from "zod";

export type JsonSchema = Record<string, unknown>;

/** Schemas that have a name of their own, which others refer to. */
export type Named = Map<string, JsonSchema>;

/**
 * What zod takes (`input`) or gives (`output`), in words of JSON Schema 2020-12. What has a name is put among
 * the named ones and referred to.
 */
export function jsonSchemaOf(schema: z.ZodType, io: "input" | "output", named: Named): JsonSchema {
  const {
    $schema: _draft,
    $defs,
    ...made
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      // A field that is there to be refused.
      if (zodSchema._zod.def.type === "undefined") jsonSchema.not = {};
    },
  }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  for (const [name, one] of Object.entries($defs ?? {})) named.set(name, elsewhere(one));
  return elsewhere(made);
}

/** The same with its references as a document of ours has them. */
function elsewhere(schema: JsonSchema): JsonSchema {
  const { id: _name, ...rest } = schema;
  return JSON.parse(JSON.stringify(rest).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
