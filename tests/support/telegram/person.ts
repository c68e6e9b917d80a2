import { asMessage, type World } from "./bot-methods";
import type { Chat, Shown, User } from "./fake-model";

/** A person in front of Telegram, in their chat with the bot. */
export type Person = {
  id: number;
  chat: Chat;
  /** What stands in the chat last. */
  last(): Shown | undefined;
  /** Writes to the bot. Resolves when the bot is done with it; see `later` for what is not waited for. */
  says(text: string): Promise<void>;
  /** Presses a button, in the last message that has it or the one that is given; returns what was shown over the chat. */
  presses(button: string | RegExp, on?: Shown): Promise<string>;
  /** Presses what is not on any button any more. */
  pressesData(data: string, on: Shown): Promise<string>;
  blocks(): Promise<void>;
  unblocks(): Promise<void>;
};

let presses = 0;

export function personIn(world: World, user: User): Person {
  const chat: Chat = {
    ...{ person: user, begun: false, blocked: false, deactivated: false },
    ...{ messages: [], nextMessageId: 1 },
  };
  world.chats.set(user.id, chat);

  async function press(data: string, message: Shown): Promise<string> {
    presses += 1;
    const id = `press-${presses}`;
    const pressed = { at: world.now(), answer: null as string | null };
    world.presses.set(id, pressed);
    const told = asMessage(world, chat, message);
    await world.queue.put({
      callback_query: { id, from: user, message: told, chat_instance: `${user.id}`, data },
    } as Parameters<World["queue"]["put"]>[0]);
    return pressed.answer ?? "";
  }

  const memberOf = (status: "member" | "kicked") => ({ user: world.bot, status, until_date: 0 });
  function turn(blocked: boolean): Promise<void> {
    const [from, to] = blocked ? (["member", "kicked"] as const) : (["kicked", "member"] as const);
    chat.blocked = blocked;
    return world.queue.put({
      my_chat_member: {
        ...{ chat: { id: user.id, type: "private", first_name: user.first_name }, from: user },
        date: Math.floor(world.now() / 1_000),
        old_chat_member: memberOf(from),
        new_chat_member: memberOf(to),
      },
    } as Parameters<World["queue"]["put"]>[0]);
  }

  return {
    id: user.id,
    chat,
    last: () => chat.messages.at(-1),
    says(text) {
      chat.begun = true;
      const message: Shown = {
        ...{ id: chat.nextMessageId++, from: "person", text, at: world.now(), edits: 0 },
        ...{ buttons: [], keyboard: undefined },
      };
      chat.messages.push(message);
      const told = asMessage(world, chat, message);
      return world.queue.put({ message: told } as Parameters<World["queue"]["put"]>[0]);
    },
    presses(words, on) {
      const isIt = (text: string) => (words instanceof RegExp ? words.test(text) : text === words);
      const message =
        on ?? chat.messages.findLast(({ buttons }) => buttons.flat().some((text) => isIt(text)));
      const button = message?.keyboard?.inline_keyboard.flat().find(({ text }) => isIt(text));
      if (!message || !button || !("callback_data" in button)) {
        const there = chat.messages.at(-1);
        throw new Error(
          `no button ${words}; the last message: ${there?.text} ${JSON.stringify(there?.buttons)}`,
        );
      }
      return press(button.callback_data, message);
    },
    pressesData: (data, on) => press(data, on),
    blocks: () => turn(true),
    unblocks: () => turn(false),
  };
}
