import { type Answer, html, type Route, type TwinRequest } from "@/lib/kaspi-twin/http";
import { loginPage, type PageStep } from "@/lib/kaspi-twin/login-page";
import { logIn, resendCode, ssoCookie } from "@/lib/kaspi-twin/login-steps";
import { authorize, identityRoot } from "@/lib/kaspi-twin/oauth";
import type { Sso } from "@/lib/kaspi-twin/sessions";
import type { World } from "@/lib/kaspi-twin/world";

/** idmc.shop.kaspi.kz: who you are. */
export function identityRoutes(world: World): Route[] {
  return [
    {
      endpoint: "login_page",
      method: "GET",
      path: /^\/login$/,
      answer: (request) => pageWithSso(world, request),
    },
    {
      endpoint: "login",
      method: "POST",
      path: /^\/api\/p\/login$/,
      answer: (request) => logIn(world, request),
    },
    {
      endpoint: "resend_code",
      method: "POST",
      path: /^\/api\/p\/mfa\/send$/,
      answer: (request) => resendCode(world, request),
    },
    {
      endpoint: "authorize",
      method: "GET",
      path: /^\/oauth2\/authorize$/,
      answer: (request) => authorize(world, request),
    },
    {
      endpoint: "identity_root",
      method: "GET",
      path: /^\/$/,
      answer: (request) => identityRoot(world, request),
    },
  ];
}

function pageWithSso(world: World, request: TwinRequest): Answer {
  const sso = world.sessions.sso(request.cookies.get("MS_AUTH_SSO"));
  const remembers = world.faults.strikes("login_page_remembers", { endpoint: "login_page" });
  const page = html(loginPage(remembers && sso ? stepOf(sso) : { name: "email" }));
  if (sso) return page;
  const id = world.sessions.rotateSso(undefined, { at: "start" });
  return { ...page, headers: { ...page.headers, "set-cookie": [ssoCookie(id)] } };
}

function stepOf(sso: Sso): PageStep {
  if (sso.at === "sms_code") return { name: "sms_code" };
  return sso.at === "mail_code" ? { name: "mail_code", email: sso.email } : { name: "email" };
}
