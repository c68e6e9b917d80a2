import type { IncomingMessage } from "node:http";
import type { Endpoint } from "@/lib/kaspi-twin/endpoints";

export type TwinRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  cookies: Map<string, string>;
  body: string;
  ip: string;
};

export type Answer = {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
};

export type Route = {
  endpoint: Endpoint;
  method: "GET" | "POST" | "ANY";
  path: RegExp;
  answer(request: TwinRequest, parameters: string[]): Answer;
};

export function json(value: unknown, status = 200): Answer {
  return jsonText(JSON.stringify(value), status);
}

export function jsonText(body: string, status = 200): Answer {
  return { status, headers: { "content-type": "application/json" }, body };
}

export function html(body: string, status = 200): Answer {
  return { status, headers: { "content-type": "text/html;charset=utf-8" }, body };
}

export function empty(status: number): Answer {
  return { status };
}

export function redirect(location: string, setCookie: string[] = []): Answer {
  return { status: 302, headers: { location, "set-cookie": setCookie } };
}

/** Cookies as Kaspi sets them: for the whole host, out of reach of scripts. */
export function cookie(name: string, value: string, extra = ""): string {
  return `${name}=${value}; Path=/; HttpOnly${extra}`;
}

export function header(request: TwinRequest, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}

/** Kaspi answers programs that introduce themselves honestly with 429. */
export function looksLikeABrowser(request: TwinRequest): boolean {
  return header(request, "user-agent").startsWith("Mozilla/5.0");
}

export function isJson(request: TwinRequest): boolean {
  return header(request, "content-type").toLowerCase().startsWith("application/json");
}

export function isForm(request: TwinRequest): boolean {
  return header(request, "content-type").toLowerCase().startsWith("multipart/form-data");
}

/** Undefined when the body is not JSON. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export function parseCookies(line: string | undefined): Map<string, string> {
  const pairs = (line ?? "").split(";").flatMap((part) => {
    const [name, ...value] = part.trim().split("=");
    return name ? [[name, value.join("=")] as const] : [];
  });
  return new Map(pairs);
}
