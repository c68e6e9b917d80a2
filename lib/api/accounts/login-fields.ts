import { z } from "zod";
import { codeSchema, credentialsSchema, phoneSchema } from "@/lib/accounts/model";
import { storable } from "@/lib/core/text";
import { idField, ownerField } from "../request-fields";

const { email, password } = credentialsSchema.shape;

const fields = z.strictObject({
  email: email.optional(),
  password: password.optional(),
  method: z
    .enum(["direct", "browser"], { error: "login_method_unknown" })
    .optional()
    .describe("Both in turn when it is not given"),
  session_id: idField.optional().describe("With merchant_id: the answer to choose_merchant"),
  merchant_id: z.string().overwrite(storable).trim().min(1).max(100).optional(),
  user_id: ownerField,
});

/** An e-mail and a password, or the shop for a login that has asked which. */
export const authenticateFields = fields.transform((said, context) => {
  const { email, password, session_id, merchant_id, method, user_id } = said;
  const isChoice = session_id !== undefined || merchant_id !== undefined;
  const needed = isChoice ? { session_id, merchant_id } : { email, password };
  const needless = isChoice ? { email, password, method } : {};
  const complain = (path: string, message: string) =>
    context.issues.push({ code: "custom", path: [path], message, input: said });
  for (const [path, value] of Object.entries(needed))
    if (value === undefined) complain(path, "field_empty");
  for (const [path, value] of Object.entries(needless))
    if (value !== undefined) complain(path, "unknown_field");
  if (session_id !== undefined && merchant_id !== undefined)
    return { kind: "choice" as const, session_id, merchant_id, user_id };
  if (email !== undefined && password !== undefined)
    return { kind: "login" as const, email, password, method, user_id };
  return z.NEVER;
});

export const smsStartFields = z.strictObject({
  phone: phoneSchema.describe("In any usual form: +7 701…, 8 701…, 701…"),
  user_id: ownerField,
});

export const smsVerifyFields = z.strictObject({
  session_id: idField,
  code: codeSchema,
  user_id: ownerField,
});
