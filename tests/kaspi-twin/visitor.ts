import { onTestFinished } from "vitest";
import { startTwin, type Twin, type TwinOptions } from "@/lib/kaspi-twin/twin";

/** A Friday noon in Almaty, where a test's clock stands until it is advanced. */
export const friday = new Date("2026-11-20T07:00:00Z");

/** A twin for one test. */
export async function twinForTest(options: TwinOptions = {}): Promise<Twin> {
  const twin = await startTwin({ startAt: friday, ...options });
  onTestFinished(() => twin.stop());
  return twin;
}

const browser =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

const loginHeaders = {
  origin: "https://idmc.shop.kaspi.kz",
  referer: "https://idmc.shop.kaspi.kz/login",
  "content-type": "application/json",
};

export const cabinetHeaders = {
  "x-auth-version": "3",
  origin: "https://kaspi.kz",
  referer: "https://kaspi.kz/",
};

type Asked = { method?: string; headers?: Record<string, string>; body?: unknown };

/** Somebody with a cookie jar who follows nothing by himself. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(readonly twin: Twin) {}

  async ask(url: string, { method, headers = {}, body }: Asked = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      redirect: "manual",
      headers: { "user-agent": browser, cookie, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  logIn(body: unknown, headers: Record<string, string> = loginHeaders): Promise<Response> {
    return this.ask(`${this.twin.urls.id}/api/p/login`, { headers, body });
  }

  resendCode(): Promise<Response> {
    const url = `${this.twin.urls.id}/api/p/mfa/send`;
    return this.ask(url, { headers: loginHeaders, body: {} });
  }

  /** The redirects from the cabinet to its shell, hop by hop. */
  async walkChain(): Promise<{ url: string; status: number; cookies: string[] }[]> {
    const shell = encodeURIComponent("https://kaspi.kz/mc/");
    let url: string | null =
      `${this.twin.urls.cabinet}/oauth2/authorization/1?redirectUrl=${shell}`;
    const hops = [];
    while (url && hops.length < 10) {
      const response = await this.ask(url);
      await response.text();
      const cookies = response.headers.getSetCookie().map((line) => line.split("=")[0] ?? "");
      hops.push({ url, status: response.status, cookies });
      url = response.headers.get("location");
    }
    return hops;
  }

  async enter(name: string): Promise<this> {
    await this.logIn({ _u: `${name}@duken.kz`, _p: `${name}-kaspi`, _r_d: true });
    await this.walkChain();
    return this;
  }

  cabinet(path: string, asked: Asked = {}): Promise<Response> {
    const headers = {
      ...cabinetHeaders,
      ...(asked.body === undefined ? {} : { "content-type": "application/json" }),
      ...asked.headers,
    };
    return this.ask(`${this.twin.urls.cabinet}${path}`, { ...asked, headers });
  }

  write(body: unknown): Promise<Response> {
    return this.cabinet("/pricefeed/upload/merchant/process", { body });
  }

  async rows(query: string): Promise<{ data: Row[]; total: number }> {
    const response = await this.cabinet(`/bff/offer-view/list?${query}`);
    return (await response.json()) as { data: Row[]; total: number };
  }

  offers(cardId: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.ask(`${this.twin.urls.storefront}/yml/offer-view/offers/${cardId}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";");
    const [name = "", ...value] = pair.split("=");
    if (line.includes("Max-Age=0")) this.cookies.delete(name);
    else this.cookies.set(name, value.join("="));
  }
}

/** What the tests look at in a row of the own offers list. */
export type Row = {
  sku: string;
  masterSku: string;
  title: string;
  model: string | null;
  price: number;
  minPrice: number;
  maxPrice: number;
  available: boolean;
  cityPrices: { cityId: string; value: number }[] | null;
  allCityPrices: Record<string, { price: number; oldPrice: number | null }>;
  availabilities:
    | {
        available: "yes" | "no";
        storeId: string;
        stockCount: number | null;
        preOrder: number | null;
        stockSpecified: boolean;
      }[]
    | null;
  stocks?: { stockLevel: Record<string, { value: number }> }[];
  operationType?: string;
  processed?: boolean;
  appliedBeforeDateTime?: string;
  offerError?: { errorCodes: string[] };
  imagesV2: { small: string }[];
};

export async function visitorInside(twin: Twin, name: string): Promise<Visitor> {
  return new Visitor(twin).enter(name);
}
