import { HOUR } from "@/lib/core/time";
import type { FaultSettings, FaultSwitches, Occasion } from "@/lib/kaspi-twin/faults";
import { type Answer, empty, html } from "@/lib/kaspi-twin/http";
import type { Delivery } from "@/lib/kaspi-twin/http-server";
import { loginPage } from "@/lib/kaspi-twin/login-page";
import { bomb, noise, skewed, twisted } from "@/lib/kaspi-twin/spoilt-bodies";

/** Faults that replace an answer before anything is looked at. */
export function brokenDelivery(
  switches: FaultSwitches,
  occasion: Occasion,
  loginUrl: string,
): Delivery | null {
  if (switches.strikes("connection_reset", occasion)) return { kind: "reset" };
  if (switches.strikes("tls_alert", occasion)) return { kind: "raw", bytes: tlsAlert };
  for (const [name, answer] of replacements) {
    const settings = switches.strikes(name, occasion);
    if (settings) return whole(switches, occasion, answer(settings, loginUrl));
  }
  return null;
}

/** Faults that spoil a good answer on its way out. */
export function spoilt(switches: FaultSwitches, occasion: Occasion, answer: Answer): Delivery {
  if (switches.strikes("answer_lost", occasion)) return { kind: "reset" };
  if (switches.strikes("half_answer", occasion)) return { kind: "half", answer };
  const drip = switches.strikes("slow_loris", occasion);
  if (drip) return { kind: "drip", answer, everyMs: drip.ms ?? 1_000 };
  const body = answer.body ?? "";
  if (answer.status === 200 && switches.strikes("garbled_json", occasion)) {
    return { kind: "whole", answer: { ...answer, body: body.slice(0, body.length >> 1) } };
  }
  const twist = answer.status === 200 && switches.strikes("wrong_types", occasion);
  if (twist) return { kind: "whole", answer: twisted(answer, twist.by ?? 1) };
  return whole(switches, occasion, answer);
}

function whole(switches: FaultSwitches, occasion: Occasion, answer: Answer): Delivery {
  const skew = switches.strikes("clock_skew", occasion);
  return { kind: "whole", answer: skew ? skewed(answer, skew.by ?? 3 * HOUR) : answer };
}

/** Fatal, handshake failure. */
const tlsAlert = Buffer.from([0x15, 3, 3, 0, 2, 2, 40]);

type Replacement = (settings: FaultSettings, loginUrl: string) => Answer;

const throttled = (ms: number): Answer => ({
  status: 429,
  headers: { "retry-after": String(Math.ceil(ms / 1_000)) },
});

const refusalPage =
  "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>";

const replacements = [
  ["junk", ({ by }) => noise(by ?? 5 * 1024 * 1024)],
  ["gzip_bomb", () => bomb()],
  ["server_error", ({ status = 502 }) => html("<html><body>Bad Gateway</body></html>", status)],
  ["session_401", () => empty(401)],
  ["session_403", () => empty(403)],
  ["session_302", (_, loginUrl) => ({ status: 302, headers: { location: loginUrl } })],
  ["session_login_page", () => html(loginPage())],
  ["cabinet_refuses_address", ({ status = 403 }) => html(refusalPage, status)],
  ["id_refuses_address", ({ status = 403 }) => html(refusalPage, status)],
  ["list_429", ({ ms = 60_000 }) => throttled(ms)],
  ["list_fails", ({ status = 500 }) => empty(status)],
  ["storefront_403", () => html(refusalPage, 403)],
  ["storefront_429", ({ ms = 15_000 }) => throttled(ms)],
  ["storefront_html", () => html("<html>verify you are human</html>")],
] as const satisfies readonly (readonly [Parameters<FaultSwitches["strikes"]>[0], Replacement])[];
