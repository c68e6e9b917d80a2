import { office } from "./office";
import type { Asked } from "./phone-server";

/** What stands last in somebody's chat with the bot, and what was shown over the chat after a press. */
export type Shown = { text: string; buttons: string[]; answered: string };

/** Somebody's chat with the bot of this worker's office. A button is found by a part of its words. */
export function phoneOf(who: string) {
  const ask = async (what: Omit<Asked, "who">): Promise<Shown> => {
    const response = await fetch(office().phonesUrl, {
      method: "POST",
      body: JSON.stringify({ who, ...what }),
    });
    if (!response.ok) throw new Error(`the phone of ${who}: ${await response.text()}`);
    return response.json();
  };
  return {
    says: (says: string) => ask({ says }),
    presses: (presses: string) => ask({ presses }),
    looks: () => ask({}),
  };
}
