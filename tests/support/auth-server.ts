import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import NextAuth from "next-auth";
import { afterAll } from "vitest";
import { authOptions } from "@/lib/auth/options";

export type Jar = Map<string, string>;

/** What a browser is told of a cookie. */
export type SetCookie = { name: string; value: string; attributes: string[] };

/** The login routes as browsers meet them, over HTTP and without Next around them. */
export async function authServer() {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/auth`;

  /** Asks with the cookies of the jar, and keeps those that come back. */
  async function ask(jar: Jar, path: string, form?: Record<string, string>) {
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const body = form && new URLSearchParams({ ...form, json: "true" });
    const init = { headers: { cookie }, redirect: "manual" as const };
    const reply = await fetch(base + path, { ...init, ...(body && { method: "POST", body }) });
    const set = reply.headers.getSetCookie().map(parsed);
    for (const { name, value } of set) value ? jar.set(name, value) : jar.delete(name);
    return { status: reply.status, set, body: await reply.text() };
  }
  const csrf = async (jar: Jar): Promise<string> =>
    JSON.parse((await ask(jar, "/csrf")).body).csrfToken;
  return {
    ask,
    logIn: async (jar: Jar, who: { email: string; password: string }) =>
      ask(jar, "/callback/credentials", { ...who, csrfToken: await csrf(jar) }),
    logOut: async (jar: Jar) => ask(jar, "/signout", { csrfToken: await csrf(jar) }),
  };
}

function parsed(header: string): SetCookie {
  const [pair = "", ...attributes] = header.split("; ");
  const [name = "", ...value] = pair.split("=");
  return { name, value: value.join("="), attributes };
}

/** next-auth's other handler takes what Next's old API routes gave it. */
async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(incoming.url ?? "", "http://inside");
  const cookies = (incoming.headers.cookie ?? "").split("; ").filter(Boolean);
  const request = Object.assign(incoming, {
    query: {
      ...Object.fromEntries(searchParams),
      nextauth: pathname.replace("/api/auth/", "").split("/"),
    },
    cookies: Object.fromEntries(
      cookies.map((one) => decodeURIComponent(one).split(/=(.*)/s).slice(0, 2)),
    ),
    body: Object.fromEntries(new URLSearchParams(await text(incoming))),
  });
  const response = Object.assign(outgoing, {
    status: (code: number) => Object.assign(response, { statusCode: code }),
    json: (body: unknown) => void outgoing.end(JSON.stringify(body)),
    send: (body: unknown) =>
      void outgoing.end(typeof body === "string" ? body : JSON.stringify(body)),
  });
  await NextAuth(request as never, response as never, authOptions());
}
