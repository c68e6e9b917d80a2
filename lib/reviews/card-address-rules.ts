/** Kaspi's shop by its names; others only look like it. */
const hosts = new Set(["kaspi.kz", "www.kaspi.kz", "m.kaspi.kz"]);
const LONGEST = 2_000;

/** `/shop/p/any-words-106185651/`, on a phone with `/shop` left out. */
const cardPath = /^\/(?:shop\/)?p\/(?:[^/]*-)?(\d{3,15})\/?$/;
const cardNumber = /^\d{3,15}$/;

/**
 * The card that a person means by its number or by the address of its page; null for anything else. Only
 * the number is taken out of an address: nothing is ever asked of the address itself.
 */
export function cardMeant(typed: string): string | null {
  const text = typed.trim();
  if (cardNumber.test(text)) return text;
  if (text.length > LONGEST) return null;
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, username, password, pathname } = new URL(address);
  const isWeb = protocol === "https:" || protocol === "http:";
  if (!isWeb || port !== "" || username !== "" || password !== "") return null;
  if (!hosts.has(hostname)) return null;
  return cardPath.exec(pathname)?.[1] ?? null;
}
