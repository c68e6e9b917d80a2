/** So short a secret may stand in a number of another kind by chance: it counts by itself alone. */
const SHORT = 8;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The secrets that a text holds, as they are or as JSON and addresses write them. */
export function leaksIn(text: string, secrets: Iterable<string>): string[] {
  return [...secrets].filter((secret) =>
    secret.length < SHORT
      ? new RegExp(`(?<![\\w.-])${escaped(secret)}(?![\\w.-])`).test(text)
      : [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)].some((form) =>
          text.includes(form),
        ),
  );
}
