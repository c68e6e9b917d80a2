import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { requestOrigin } from "@/lib/auth/request-origin";
import { comingFrom } from "@/lib/log/origin";

type Handler = (
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
) => Promise<Response>;

/** A login is short, and nobody who asks is known yet: more is not even read. */
const MOST_BYTES = 16 * 1024;

export const GET: Handler = (request, context) =>
  comingFrom(requestOrigin(request.headers), () => NextAuth(authOptions())(request, context));

export const POST: Handler = async (request, context) => {
  const length = request.headers.get("content-length");
  if (length === null) return new Response(null, { status: 411 });
  if (Number(length) > MOST_BYTES) return new Response(null, { status: 413 });
  return GET(request, context);
};
