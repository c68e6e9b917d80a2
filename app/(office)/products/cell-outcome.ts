import type { SaveOutcome } from "@/components/ui/save-outcome";
import type { ActionResult } from "@/lib/auth/action";

/** A cell is one field: what is wrong with it says more than «check the fields». */
export function cellOutcome(result: ActionResult<unknown>, field: string): SaveOutcome {
  if (result.ok) return result;
  const { kind, text, fields } = result.failure;
  return { ok: false, failure: { kind, text: fields[field] ?? text } };
}
