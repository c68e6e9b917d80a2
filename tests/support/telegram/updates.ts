import type { Shown, Update } from "./fake-model";
import type { Person } from "./person";

const sides = ({ id, chat }: Person) => {
  const { first_name } = chat.person;
  return {
    from: { id, is_bot: false, first_name },
    chat: { id, type: "private" as const, first_name },
  };
};

/** What Telegram tells of something said, for tests that put it before the bot by hand. */
export function saidBy(person: Person, text: string, updateId: number): Update {
  person.chat.begun = true;
  const message = { message_id: updateId, date: 0, text, ...sides(person) };
  return { update_id: updateId, message };
}

/** The same of a button that was pressed. */
export function pressedBy(
  person: Person,
  { id: message_id, text }: Shown,
  { data, updateId }: { data: string; updateId: number },
): Update {
  const { from, chat } = sides(person);
  const message = { message_id, date: 1, text, chat };
  const query = { id: `by-hand-${updateId}`, from, chat_instance: "1", data, message };
  return { update_id: updateId, callback_query: query };
}
