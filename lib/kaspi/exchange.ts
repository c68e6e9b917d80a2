import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { UnreadableBody } from "@/lib/kaspi/body";

export type RawAnswer = {
  status: number;
  headers: IncomingHttpHeaders;
  /** As received, perhaps packed. */
  bytes: Buffer;
};

/**
 * One HTTP exchange, its answer whole in memory: a stream for a few kilobytes costs more than they
 * do. Throws what the network layer throws, the signal's reason, or UnreadableBody over `maxBytes`.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limits: { maxBytes: number; signal: AbortSignal },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    limits.signal.throwIfAborted();
    dispatcher.dispatch(request, new Collector(limits, resolve, reject));
  });
}

class Collector implements Dispatcher.DispatchHandler {
  readonly #maxBytes: number;
  readonly #signal: AbortSignal;
  readonly #resolve: (answer: RawAnswer) => void;
  readonly #reject: (reason: unknown) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(
    { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
    resolve: (answer: RawAnswer) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#maxBytes = maxBytes;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener("abort", this.#stop, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Stopped while it waited for a connection: it must not leave any more.
    if (this.#signal.aborted) this.#stop();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    this.#chunks.push(chunk);
    if (this.#size > this.#maxBytes)
      controller.abort(new UnreadableBody(`more than ${this.#maxBytes} bytes`));
  }

  onResponseEnd(): void {
    const [only] = this.#chunks;
    const bytes =
      only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks, this.#size);
    this.#resolve({ status: this.#status, headers: this.#headers, bytes });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#reject(error);
  }

  readonly #stop = () => {
    const reason: unknown = this.#signal.reason;
    this.#controller?.abort(reason instanceof Error ? reason : new Error("stopped"));
    this.#reject(reason);
  };
}
