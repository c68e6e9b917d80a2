import { takeUpdate } from "@/lib/bot/webhook";
import { isAppError } from "@/lib/core/errors";

/** Telegram itself calls here, with the word that we gave it. */
export async function POST(request: Request): Promise<Response> {
  try {
    await takeUpdate(request);
    return new Response(null, { status: 204 });
  } catch (error) {
    return new Response(null, { status: isAppError(error) ? error.status : 500 });
  }
}
