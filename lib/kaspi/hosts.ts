/** Base addresses we really connect to, without a trailing slash; the real ones or stand-ins. */
export type KaspiHosts = { cabinet: string; id: string; storefront: string; images: string };

export type HostName = "cabinet" | "id" | "storefront";

/** Kaspi's own addresses (protocol 0). The client thinks in these, whatever it connects to. */
export const realHosts: KaspiHosts = {
  cabinet: "https://mc.shop.kaspi.kz",
  id: "https://idmc.shop.kaspi.kz",
  storefront: "https://kaspi.kz",
  images: "https://resources.cdn-kaspi.kz",
};

const names: readonly HostName[] = ["cabinet", "id", "storefront"];
const nameOfHost: ReadonlyMap<string, HostName> = new Map(
  names.map((name) => [new URL(realHosts[name]).hostname, name]),
);

/** Which of Kaspi's hosts a real address belongs to; null for a foreign one. */
export function hostNameOf(url: URL): HostName | null {
  return nameOfHost.get(url.hostname) ?? null;
}

/** Whether a link leads to Kaspi, over HTTPS. */
export function isOfKaspi({ protocol, hostname }: URL): boolean {
  return protocol === "https:" && (hostname === "kaspi.kz" || hostname.endsWith(".kaspi.kz"));
}

export function isOverridden(hosts: KaspiHosts, name: HostName): boolean {
  return hosts[name] !== realHosts[name];
}

/** Where the socket goes for a real Kaspi address. Throws a RangeError for a foreign one. */
export function socketUrl(url: URL, hosts: KaspiHosts): URL {
  const name = hostNameOf(url);
  if (!name) throw new RangeError(`not a Kaspi host: ${url.hostname}`);
  return new URL(`${hosts[name]}${url.pathname}${url.search}`);
}

/**
 * The real address a redirect leads to, or null when it leaves Kaspi's three hosts. `from` is the
 * real address that answered. A stand-in may redirect to its own address or to the real one.
 */
export function redirectTarget(location: string, from: URL, hosts: KaspiHosts): URL | null {
  if (!URL.canParse(location, from.href)) return null;
  const target = new URL(location, from);
  const name = hostNameOf(target);
  if (name) return realUrl(name, target.pathname, target.search, hosts);
  for (const candidate of names) {
    const base = new URL(hosts[candidate]);
    const prefix = base.pathname.replace(/\/$/, "");
    if (base.origin !== target.origin || !target.pathname.startsWith(`${prefix}/`)) continue;
    return realUrl(candidate, target.pathname.slice(prefix.length), target.search, hosts);
  }
  return null;
}

function realUrl(name: HostName, path: string, search: string, hosts: KaspiHosts): URL {
  const shared = names.some((other) => other !== name && hosts[other] === hosts[name]);
  return new URL(`${realHosts[shared ? ownerOfPath(path) : name]}${path}${search}`);
}

/** With all hosts behind one address, only the path tells whose page it is (protocol A2). */
function ownerOfPath(path: string): HostName {
  if (/^\/(login|oauth2\/authorize|api\/p\/.*)$/.test(path)) return "id";
  if (/^\/(mc\/?|yml\/.*|shop\/.*)$/.test(path)) return "storefront";
  return "cabinet";
}
