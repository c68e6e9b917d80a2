import { z } from "zod";
import {
  categoryAnswer,
  confirmAnswer,
  dialogAnswer,
  listOf,
  outcomeAnswer,
  taskAnswer,
  tellingAnswer,
  userAnswer,
} from "./answers-model";
import { callOffice, type OfficeAddress } from "./office-call";

/** As many fit on a screen. */
export const ON_A_SCREEN = 8;

const nothing = z.unknown();
const people = listOf(z.object({ id: z.string(), name: z.string() }));
const queryOf = (query: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));

/** What the bot itself asks of the office. */
export type OfficeDesk = ReturnType<typeof officeDesk>;

/** The office, for the bot itself: who somebody is, and where they are in their talk. */
export function officeDesk(address: OfficeAddress) {
  return {
    user: (telegramId: number) =>
      callOffice(address, { path: `/telegram/users/${telegramId}/` }, userAnswer),
    changeUser: (telegramId: number, body: { locale?: string; muted?: boolean }) =>
      callOffice(
        address,
        { method: "PATCH", path: `/telegram/users/${telegramId}/`, body },
        userAnswer,
      ),
    dialog: (telegramId: number) =>
      callOffice(address, { path: `/telegram/dialogs/${telegramId}/` }, dialogAnswer),
    saveDialog: (telegramId: number, body: { state: object; update_id: number }) =>
      callOffice(
        address,
        { method: "PUT", path: `/telegram/dialogs/${telegramId}/`, body },
        nothing,
      ),
    confirm: (body: { token: string; telegram_id: number; username?: string; replace?: boolean }) =>
      callOffice(address, { method: "POST", path: "/telegram/confirm/", body }, confirmAnswer),
    /** For somebody who is linked, with just their rights. */
    as: (telegramId: number, once: string) => officeOf(address, telegramId, once),
  };
}

/** What somebody may ask of the office through the bot. */
export type Office = ReturnType<typeof officeOf>;

/** `once`: what is asked for is of one press, and is done once however often it is repeated. */
function officeOf(address: OfficeAddress, telegramId: number, once: string) {
  const get = <T>(path: string, answer: z.ZodType<T>) =>
    callOffice(address, { path, telegramId }, answer);
  const post = <T>(path: string, body: unknown, answer: z.ZodType<T>) =>
    callOffice(address, { method: "POST", path, body, telegramId, once }, answer);
  const change = <T>(
    method: "PATCH" | "DELETE",
    path: string,
    body: unknown,
    answer: z.ZodType<T>,
  ) => callOffice(address, { method, path, body, telegramId }, answer);
  return {
    categories: (page: number) =>
      get(`/categories/?${queryOf({ page, page_size: ON_A_SCREEN })}`, listOf(categoryAnswer)),
    category: (id: string) => get(`/categories/${id}/`, categoryAnswer),
    addCategory: (name: string) => post("/categories/", { name }, categoryAnswer),
    renameCategory: (id: string, name: string) =>
      change("PATCH", `/categories/${id}/`, { name }, categoryAnswer),
    deleteCategory: (id: string) => change("DELETE", `/categories/${id}/`, undefined, nothing),
    tasks: (query: Record<string, string | number>) =>
      get(`/tasks/?${queryOf({ page_size: ON_A_SCREEN, ...query })}`, listOf(taskAnswer)),
    task: (id: string) => get(`/tasks/${id}/`, taskAnswer),
    seeTask: (id: string) => post(`/tasks/${id}/seen/`, undefined, nothing),
    addTask: (category_id: string, title: string) =>
      post("/tasks/", { category_id, title }, taskAnswer),
    changeTask: (id: string, body: { title?: string; due_at?: string | null }) =>
      change("PATCH", `/tasks/${id}/`, body, taskAnswer),
    deleteTask: (id: string) => change("DELETE", `/tasks/${id}/`, undefined, nothing),
    complete: (id: string) => post(`/tasks/${id}/complete/`, undefined, taskAnswer),
    reopen: (id: string) => post(`/tasks/${id}/reopen/`, undefined, taskAnswer),
    assign: (id: string, user_ids: string[]) =>
      post(`/tasks/${id}/assign/`, { user_ids }, taskAnswer),
    people: (page: number) => get(`/people/?${queryOf({ page, page_size: ON_A_SCREEN })}`, people),
    telling: (id: string) => get(`/telegram/tellings/${id}/`, tellingAnswer),
    answerPrice: (decision: string, answer: "approve" | "reject") =>
      post(`/decisions/${decision}/${answer}/`, undefined, outcomeAnswer),
  };
}
