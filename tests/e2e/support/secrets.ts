import { appendFileSync } from "node:fs";
import type { BrowserContext, Request, Response } from "@playwright/test";
import { office } from "./office";

/** What a form calls what is typed into it and is nobody else's to read. */
const SECRET = /passw|^current$|secret|token|^code$|^key$/i;
/** What holds a login to a proxy. */
const PROXY = /^(address|lines|proxyUrl)$/;

/** What the office itself makes up and shows once: tokens of links, secrets and codes of a second step, keys. */
const shownOnce = [
  /[?&]token=([\w-]{16,})/g,
  /\b(duken_[\w-]{16,})/g,
  /\b(whsec_[\w-]{16,})/g,
  /secret=([A-Z2-7]{16,})/g,
  /"secret":"([A-Z2-7]{16,})"/g,
  /\b([0-9a-z]{4}(?:-[0-9a-z]{4}){3})\b/g,
];

/** Keeps it for the end of the run, where no log may hold it. */
export function noteSecret(...secrets: readonly string[]): void {
  const lines = secrets.filter((secret) => secret.length >= 6);
  if (lines.length > 0)
    appendFileSync(office().secrets, `${lines.map((one) => JSON.stringify(one)).join("\n")}\n`);
}

/** Takes note of every secret that goes through a browser: typed, shown once, or kept as a cookie. */
export function watchSecrets(context: BrowserContext): void {
  context.on("request", (request) => noteSecret(...typedIn(request), ...shownIn(request.url())));
  context.on("response", (response) => void noteAnswer(response));
}

async function noteAnswer(response: Response): Promise<void> {
  const cookies = await response.headerValues("set-cookie").catch(() => []);
  noteSecret(
    ...cookies.flatMap((cookie) => {
      const [, value = ""] = /session-token=([^;]+)/.exec(cookie) ?? [];
      return value ? [decodeURIComponent(value)] : [];
    }),
  );
  if (response.request().method() !== "POST") return;
  const text = await response.text().catch(() => "");
  noteSecret(...shownIn(text));
}

const shownIn = (text: string) =>
  shownOnce.flatMap((pattern) => [...text.matchAll(pattern)].map(([, found = ""]) => found));

function typedIn(request: Request): string[] {
  if (request.method() !== "POST") return [];
  const body = request.postData() ?? "";
  if (request.headers()["content-type"]?.includes("urlencoded"))
    return [...new URLSearchParams(body)].flatMap(([name, value]) =>
      /^(password|code|csrfToken)$/.test(name) ? [value] : [],
    );
  try {
    return secretsUnder("", JSON.parse(body));
  } catch {
    return [];
  }
}

function secretsUnder(name: string, value: unknown): string[] {
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([inner, part]) =>
      secretsUnder(Array.isArray(value) ? name : inner, part),
    );
  if (typeof value !== "string") return [];
  if (PROXY.test(name)) return loginsIn(value);
  if (/^(login|phone)$/.test(name)) return value.replace(/\D/g, "").match(/^7?\d{10}$/) ?? [];
  return SECRET.test(name) ? [value] : [];
}

/** The host of a proxy is no secret, who enters there is. */
const loginsIn = (text: string) =>
  [...text.matchAll(/(?:^|\/\/|\s)([^\s/@:]+):([^\s/@]+)@/g)].flatMap(
    ([, name = "", password = ""]) => [`${name}:${password}`, password],
  );
