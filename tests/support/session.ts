import { encode } from "next-auth/jwt";

/** The headers that a browser signed in as somebody sends. */
export async function signedIn(
  { id }: { id: string },
  version = 1,
): Promise<Record<string, string>> {
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  const token = await encode({ token: { sub: id, version }, secret });
  return { cookie: `next-auth.session-token=${token}` };
}
