import { z } from "zod";
import { emailSchema } from "@/lib/auth/model";

/** What a person types to connect a Kaspi cabinet. */
export const credentialsSchema = z.object({
  email: emailSchema,
  password: z
    .string()
    .min(1, { error: "kaspi_password_empty" })
    .max(200, { error: "password_long" }),
});

export type KaspiCredentials = z.infer<typeof credentialsSchema>;

/** Why a session is dead and a person is needed; the text is `stores.reauth.<reason>`. */
export type ReauthReason =
  | "no_password"
  | "password_wrong"
  | "code_required"
  | "flood"
  | "login_refused";

/** Refusals of a login that pass by themselves; after any other only a person can help. */
export type LoginBreak = { by: "flood" | "address"; until: Date };

/** A cabinet of the training Kaspi, offered on the connect form while the twin is on. */
export const trainingCredentials: KaspiCredentials = {
  email: "demo@duken.kz",
  password: "demo-kaspi",
};
