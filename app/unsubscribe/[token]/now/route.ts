import { requestOrigin } from "@/lib/auth/request-origin";
import { comingFrom } from "@/lib/log/origin";
import { mailingAccess } from "@/lib/mailings/access";
import { unsubscribeByLink } from "@/lib/mailings/unsubscribe/unsubscribe-by-link";

type Context = { params: Promise<{ token: string }> };

const toPage = (token: string) =>
  new Response(null, {
    status: 303,
    headers: { location: `/unsubscribe/${encodeURIComponent(token)}`, "cache-control": "no-store" },
  });

/** Somebody has opened the address that stands in the head of a letter: they are asked on the page. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return toPage((await params).token);
}

/**
 * Ends the letters by one press in a mail program (RFC 8058), which takes no redirect for an answer; the button of our
 * page comes here, too, and goes back to what the page says then.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const said = await request.formData().catch(() => null);
  const isKnown = await comingFrom(requestOrigin(request.headers), () =>
    unsubscribeByLink(mailingAccess(), token),
  );
  if (said?.get("by") === "page") return toPage(token);
  return new Response(null, { status: isKnown ? 200 : 404 });
}
