/** What a pipeline does with its items; how many at once is the pipeline's business. */
export type Steps<Item, Read> = {
  /** The next items besides those in hand, which are in the order they came; none: no more are left. */
  load(inHand: Item[]): Promise<Item[]>;
  read(item: Item): Promise<Read>;
  save(read: Read[]): Promise<void>;
  /** Asked before anything new is begun: whether the rest is left for another time. */
  isOver(): boolean;
};

/** Enough to keep the pace of several exits whose answers take a while; the pace itself is theirs. */
const READS_AT_ONCE = 16;
/** Saved together while there is more to read. A killed process repeats what was not saved. */
const SAVED_AT_LEAST = 40;
const SAVED_AT_MOST = 200;

/**
 * Loads, reads and saves until nothing is left or it is over: what is next is loaded and read while
 * the former is saved, one load and one save at a time. When a step fails or the signal aborts,
 * nothing more is begun, and it throws only after all that was begun has ended: no save is on its
 * way any more when the caller gives up its locks. Returns whether nothing is left.
 */
export function pipeline<Item, Read>(
  steps: Steps<Item, Read>,
  signal?: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve, reject) => new Pipeline(steps, signal, resolve, reject).advance());
}

class Pipeline<Item, Read> {
  readonly #inHand = new Set<Item>();
  readonly #waiting: Item[] = [];
  readonly #unsaved: { item: Item; read: Read }[] = [];
  readonly #busy = { load: 0, read: 0, save: 0 };
  #isExhausted = false;
  #isCutShort = false;
  #failure: { error: unknown } | null = null;

  constructor(
    readonly steps: Steps<Item, Read>,
    readonly signal: AbortSignal | undefined,
    readonly resolve: (isExhausted: boolean) => void,
    readonly reject: (error: unknown) => void,
  ) {}

  /** Begins whatever can be begun; called again whenever something has ended. */
  advance(): void {
    if (this.signal?.aborted) this.#failure ??= { error: this.signal.reason };
    if (this.#failure) this.#giveUp(this.#failure.error);
    else this.#goOn();
  }

  #goOn(): void {
    this.#isCutShort ||= !this.#isExhausted && this.steps.isOver();
    if (this.#isCutShort) this.#waiting.length = 0;
    else this.#loadMore();
    this.#readMore();
    this.#saveMore();
    const { load, save } = this.#busy;
    if (this.#hasReadAll() && load + save === 0) this.resolve(this.#isExhausted);
  }

  #giveUp(error: unknown): void {
    const { load, read, save } = this.#busy;
    if (load + read + save === 0) this.reject(error);
  }

  #loadMore(): void {
    const hasEnough = this.#isExhausted || this.#waiting.length >= READS_AT_ONCE;
    if (hasEnough || this.#busy.load > 0) return;
    this.#begin("load", this.steps.load([...this.#inHand]), (items) => {
      this.#isExhausted = items.length === 0;
      for (const item of items) this.#inHand.add(item);
      this.#waiting.push(...items);
    });
  }

  #readMore(): void {
    while (this.#busy.read < READS_AT_ONCE && this.#unsaved.length < SAVED_AT_MOST) {
      const item = this.#waiting.shift();
      if (item === undefined) return;
      this.#begin("read", this.steps.read(item), (read) => {
        this.#unsaved.push({ item, read });
      });
    }
  }

  #saveMore(): void {
    const enough = this.#hasReadAll() ? 1 : SAVED_AT_LEAST;
    if (this.#busy.save > 0 || this.#unsaved.length < enough) return;
    const batch = this.#unsaved.splice(0, SAVED_AT_MOST);
    this.#begin("save", this.steps.save(batch.map(({ read }) => read)), () => {
      for (const { item } of batch) this.#inHand.delete(item);
    });
  }

  #hasReadAll(): boolean {
    const { load, read } = this.#busy;
    return (this.#isExhausted || this.#isCutShort) && load + read + this.#waiting.length === 0;
  }

  #begin<Result>(
    step: "load" | "read" | "save",
    work: Promise<Result>,
    done: (result: Result) => void,
  ): void {
    this.#busy[step] += 1;
    work
      .then(done, (error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#busy[step] -= 1;
        this.advance();
      });
  }
}
