import { endProcess } from "../process/end.mjs";
import { readJson, writeWhole } from "../process/files.mjs";
import { holderOf } from "../process/lock.mjs";

/**
 * What the launcher runs, kept in the data folder: for `make ps`, for management commands, and to
 * clean up after a launcher that was killed.
 * @typedef {import("../process/identity.mjs").Identity} Identity
 * @typedef {{
 *   servedBy: number | null,
 *   url: string | null,
 *   web: Identity | null,
 *   bot: Identity | null,
 *   twin: (Identity & { urls: TwinUrls }) | null,
 * }} Services
 * `servedBy` is the launcher whose application answers.
 * @typedef {{ cabinet: string, id: string, storefront: string, images: string, control: string }} TwinUrls
 */

/** @type {Services} */
const none = { servedBy: null, url: null, web: null, bot: null, twin: null };

/**
 * @param {{ files: { services: string } }} instance
 * @returns {Services}
 */
export function readServices({ files }) {
  return { ...none, ...readJson(files.services) };
}

/**
 * @param {{ files: { services: string } }} instance
 * @param {Partial<Services>} change
 */
export function noteServices(instance, change) {
  const services = { ...readServices(instance), ...change };
  writeWhole(instance.files.services, `${JSON.stringify(services, null, 2)}\n`);
}

/**
 * The address of the application if its launcher lives and has seen it answer.
 * @param {{ files: { services: string, lock: string } }} instance
 */
export function servedUrl(instance) {
  const { servedBy, url } = readServices(instance);
  return servedBy !== null && holderOf(instance.files.lock)?.pid === servedBy ? url : null;
}

/**
 * Ends what the record names, the bot before the web that it asks, and the web before the twin and the
 * database, to which its jobs still write.
 * @param {{ files: { services: string } }} instance
 */
export async function endServices(instance) {
  const { bot, web, twin } = readServices(instance);
  await endProcess(bot);
  await endProcess(web);
  await endProcess(twin);
  noteServices(instance, none);
}
