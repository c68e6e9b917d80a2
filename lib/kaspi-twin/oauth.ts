import { createHash, randomBytes, randomUUID } from "node:crypto";
import { MINUTE } from "@/lib/core/time";
import { type Answer, cookie, empty, redirect, type TwinRequest } from "@/lib/kaspi-twin/http";
import { ssoCookie } from "@/lib/kaspi-twin/login-steps";
import { affinityCookie } from "@/lib/kaspi-twin/sessions";
import type { World } from "@/lib/kaspi-twin/world";

const CLIENT = "da68118c-9671-4cb5-8c9e-c08785ad204b";
const CALLBACK = "/login/oauth2/code/1";
const CODE_LIFE = MINUTE;

/** Cabinet, hop 1: remembers who asked (cookie `mc_arr`) and sends them to the identity host. */
export function startLogin(world: World, request: TwinRequest): Answer {
  const redirectUrl = storefrontAddress(world, request.query.get("redirectUrl") ?? "/mc/");
  if (!redirectUrl) return empty(400);
  const asked = { state: token(), verifier: token(), redirectUrl };
  const arr = randomUUID();
  world.oauth.requests.set(arr, asked);
  const location = new URL("/oauth2/authorize", world.urls.id);
  location.search = new URLSearchParams({
    response_type: "code",
    client_id: CLIENT,
    scope: "openid",
    state: asked.state,
    redirect_uri: `${world.urls.cabinet}${CALLBACK}`,
    nonce: token(),
    code_challenge: challengeOf(asked.verifier),
    code_challenge_method: "S256",
  }).toString();
  return redirect(location.href, [affinity(world), cookie("mc_arr", arr)]);
}

/** Identity, hop 2: a code for those who are inside, the login page for the others. */
export function authorize(world: World, request: TwinRequest): Answer {
  const { query } = request;
  const challenge = query.get("code_challenge");
  const state = query.get("state");
  const asksRight =
    query.get("response_type") === "code" &&
    query.get("client_id") === CLIENT &&
    query.get("code_challenge_method") === "S256" &&
    isCallback(world, query.get("redirect_uri"));
  if (!asksRight || !challenge || !state) return empty(400);

  const cookieBefore = request.cookies.get("MS_AUTH_SSO");
  const sso = world.sessions.sso(cookieBefore);
  if (sso?.at !== "inside") {
    const returnTo = `/oauth2/authorize?${query}`;
    const id = world.sessions.rotateSso(cookieBefore, { ...(sso ?? { at: "start" }), returnTo });
    return redirect(`${world.urls.id}/login`, [ssoCookie(id)]);
  }
  const code = token();
  const { email, merchants } = sso;
  world.oauth.codes.set(code, { email, merchants, challenge, at: world.clock.now() });
  return redirect(`${world.urls.cabinet}${CALLBACK}?${new URLSearchParams({ code, state })}`);
}

/** Cabinet, hop 3: the only place that gives out `mc-sid`. */
export function callback(world: World, request: TwinRequest): Answer {
  const arr = request.cookies.get("mc_arr") ?? "";
  const asked = world.oauth.requests.get(arr);
  const given = request.query.get("code") ?? "";
  const code = world.oauth.codes.get(given);
  world.oauth.codes.delete(given);
  if (!asked || !code || asked.state !== request.query.get("state")) return empty(401);
  if (code.challenge !== challengeOf(asked.verifier)) return empty(401);
  if (world.clock.now() - code.at > CODE_LIFE) return empty(401);

  world.oauth.requests.delete(arr);
  const session = world.sessions.open(code.email, code.merchants, world.clock.now());
  world.changed();
  return redirect(asked.redirectUrl, [
    affinity(world),
    cookie("mc-sid", session.sid),
    cookie("mc_arr", "", "; Max-Age=0"),
  ]);
}

/** Where a browser goes once the login page has said `redirectUrl: "/"`. */
export function identityRoot(world: World, request: TwinRequest): Answer {
  const sso = world.sessions.sso(request.cookies.get("MS_AUTH_SSO"));
  if (sso?.at !== "inside") return redirect(`${world.urls.id}/login`);
  if (sso.returnTo) return redirect(`${world.urls.id}${sso.returnTo}`);
  return redirect(loginStart(world));
}

export function loginStart(world: World): string {
  const shell = encodeURIComponent("https://kaspi.kz/mc/");
  return `${world.urls.cabinet}/oauth2/authorization/1?redirectUrl=${shell}`;
}

export function logOut(world: World, request: TwinRequest): Answer {
  world.sessions.close(request.cookies.get("mc-sid"));
  world.changed();
  return redirect(`${world.urls.id}/login`, [cookie("mc-sid", "", "; Max-Age=0")]);
}

export function affinity(world: World): string {
  return cookie("mc-session", affinityCookie(world.clock.now()));
}

/** Kaspi's own address becomes the twin's; a foreign one is refused. */
function storefrontAddress(world: World, wanted: string): string | null {
  if (!URL.canParse(wanted, world.urls.storefront)) return null;
  const url = new URL(wanted, world.urls.storefront);
  if (!["https://kaspi.kz", world.urls.storefront].includes(url.origin)) return null;
  return `${world.urls.storefront}${url.pathname}${url.search}`;
}

function isCallback(world: World, uri: string | null): boolean {
  return [world.urls.cabinet, "https://mc.shop.kaspi.kz"].some(
    (origin) => uri === `${origin}${CALLBACK}`,
  );
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

function token(): string {
  return randomBytes(24).toString("base64url");
}
