import type { LiveNews } from "@/lib/runs/live-model";

/** The runs that a piece of news is of. */
export const runsOf = (news: LiveNews) => {
  if (news.kind === "run") return [news.run];
  return news.kind === "snapshot" ? news.runs : [];
};

/** Reads a stream of events one by one; `next` waits for the next one that is no heartbeat. */
export function listener(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let unread = "";
  async function block(): Promise<string | null> {
    for (;;) {
      const end = unread.indexOf("\n\n");
      if (end >= 0) {
        const whole = unread.slice(0, end);
        unread = unread.slice(end + 2);
        return whole;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      unread += decoder.decode(value, { stream: true });
    }
  }
  async function next(): Promise<LiveNews | null> {
    for (let text = await block(); text !== null; text = await block()) {
      const said = /^event: (\w+)\ndata: (.*)$/.exec(text);
      if (said?.[2]) return { kind: said[1], ...JSON.parse(said[2]) } as LiveNews;
    }
    return null;
  }
  return {
    next,
    /** All that is heard up to the news that fits; a snapshot may bring what a step would have. */
    async until(fits: (news: LiveNews) => boolean): Promise<LiveNews[]> {
      const heard: LiveNews[] = [];
      for (let news = await next(); news !== null; news = await next()) {
        heard.push(news);
        if (fits(news)) return heard;
      }
      throw new Error(`never heard; only ${JSON.stringify(heard)}`);
    },
    leave: () => reader.cancel(),
  };
}
