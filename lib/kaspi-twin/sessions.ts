import { randomBytes, randomUUID } from "node:crypto";

/** A cabinet session: what the cookie `mc-sid` stands for. */
export type CabinetSession = { sid: string; email: string; merchants: string[]; since: number };

/** The identity host's session (`MS_AUTH_SSO`): where its owner stands in the login. */
export type SsoStep =
  | { at: "start" }
  | { at: "mail_code"; email: string; code: string; sentAt: number; misses: number }
  | { at: "sms_code"; email: string; code: string; sentAt: number; misses: number }
  | { at: "choice_of_shop"; email: string }
  | { at: "inside"; email: string; merchants: string[] };

export type Sso = SsoStep & { returnTo?: string | undefined };

export type SavedSessions = { cabinet: CabinetSession[]; sso: [string, Sso][] };

export class Sessions {
  readonly #cabinet = new Map<string, CabinetSession>();
  readonly #sso = new Map<string, Sso>();

  open(email: string, merchants: string[], now: number): CabinetSession {
    const session = { sid: randomUUID(), email, merchants, since: now };
    this.#cabinet.set(session.sid, session);
    return session;
  }

  find(sid: string | undefined): CabinetSession | null {
    return (sid === undefined ? undefined : this.#cabinet.get(sid)) ?? null;
  }

  close(sid: string | undefined): void {
    if (sid !== undefined) this.#cabinet.delete(sid);
  }

  sso(id: string | undefined): Sso | null {
    return (id === undefined ? undefined : this.#sso.get(id)) ?? null;
  }

  /** Every step gets a new cookie; the one before is worthless from then on. */
  rotateSso(before: string | undefined, step: Sso): string {
    if (before !== undefined) this.#sso.delete(before);
    const id = randomBytes(24).toString("base64url");
    this.#sso.set(id, step);
    return id;
  }

  /** Ends all cabinet sessions, or those of one login; answers how many. */
  expire(email?: string): number {
    const ended = [...this.#cabinet.values()].filter((one) => !email || one.email === email);
    for (const { sid } of ended) this.#cabinet.delete(sid);
    return ended.length;
  }

  /** Ends what the identity host remembers, of all logins or of one. */
  expireSso(email?: string): void {
    for (const [id, sso] of this.#sso) {
      if (!email || ("email" in sso && sso.email === email)) this.#sso.delete(id);
    }
  }

  save(): SavedSessions {
    const inside = [...this.#sso].filter(([, sso]) => sso.at === "inside");
    return { cabinet: [...this.#cabinet.values()], sso: inside };
  }

  restore(saved: SavedSessions): void {
    for (const session of saved.cabinet) this.#cabinet.set(session.sid, session);
    for (const [id, sso] of saved.sso) this.#sso.set(id, sso);
  }
}

/** The load balancer's cookie: `1746529671.617.2772.482503|<32 hex>`. */
export function affinityCookie(now: number): string {
  const seconds = (now / 1_000).toFixed(3);
  return `${seconds}.2772.482503|${randomBytes(16).toString("hex")}`;
}
