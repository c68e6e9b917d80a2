import { HOUR } from "@/lib/core/time";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import type { PriceLists } from "@/lib/kaspi-twin/price-lists";

/** The link of «Автоматическая загрузка», with its login where it has one. */
export type FeedLink = { url: string; login: string | null; password: string | null };

export type FeedPull = {
  merchantUid: string;
  /** Milliseconds of the twin's clock. */
  at: number;
  /** 0: nobody answered. */
  status: number;
  bytes: number;
  fileId: string | null;
};

type Feed = FeedLink & { merchant: Merchant; etag: string | null; nextAt: number };

/** Kaspi fetches a list every hour (protocol C7, K: an hour by its guide). */
const EVERY = HOUR;
const KEPT = 200;

/** Fetches price lists from the links that sellers have set, as Kaspi does by itself. */
export class FeedPuller {
  readonly #feeds = new Map<string, Feed>();
  readonly #log: FeedPull[] = [];

  constructor(
    readonly priceLists: PriceLists,
    readonly now: () => number,
  ) {}

  set(merchant: Merchant, link: FeedLink | null): void {
    if (!link) this.#feeds.delete(merchant.uid);
    else
      this.#feeds.set(merchant.uid, { ...link, merchant, etag: null, nextAt: this.now() + EVERY });
  }

  log(): readonly FeedPull[] {
    return this.#log;
  }

  /** Fetches what is due. */
  async pullDue(): Promise<void> {
    const due = [...this.#feeds.values()].filter(({ nextAt }) => nextAt <= this.now());
    for (const feed of due) await this.#pull(feed);
  }

  /** Fetches now. Throws a RangeError where no link is set. */
  pull(merchantUid: string): Promise<FeedPull> {
    const feed = this.#feeds.get(merchantUid);
    if (!feed) throw new RangeError(`no feed of ${merchantUid}`);
    return this.#pull(feed);
  }

  async #pull(feed: Feed): Promise<FeedPull> {
    const { merchant, url, login, password, etag } = feed;
    const at = this.now();
    feed.nextAt = at + EVERY;
    const basic = Buffer.from(`${login}:${password}`).toString("base64");
    const headers = {
      "user-agent": "KaspiShop price loader (training)",
      ...(login === null ? {} : { authorization: `Basic ${basic}` }),
      ...(etag === null ? {} : { "if-none-match": etag }),
    };
    const pull: FeedPull = { merchantUid: merchant.uid, at, status: 0, bytes: 0, fileId: null };
    const response = await fetch(url, { headers, redirect: "manual" }).catch(() => null);
    if (response) {
      pull.status = response.status;
      const body = await response.text();
      pull.bytes = Buffer.byteLength(body);
      if (response.status === 200) {
        feed.etag = response.headers.get("etag");
        pull.fileId = this.priceLists.receive(merchant, body, { by: "XML", at }).id;
      }
    }
    this.#log.push(pull);
    this.#log.splice(0, this.#log.length - KEPT);
    return pull;
  }
}
