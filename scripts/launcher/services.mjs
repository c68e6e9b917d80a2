import { endProcess } from "../process/end.mjs";
import { readJson, writeWhole } from "../process/files.mjs";

/**
 * What the launcher runs, kept in the data folder: for `make ps`, for management commands, and to
 * clean up after a launcher that was killed.
 * @typedef {import("../process/identity.mjs").Identity} Identity
 * @typedef {{
 *   ready: boolean,
 *   url: string | null,
 *   web: Identity | null,
 *   twin: (Identity & { urls: TwinUrls }) | null,
 * }} Services
 * @typedef {{ cabinet: string, id: string, storefront: string, images: string, control: string }} TwinUrls
 */

/** @type {Services} */
const none = { ready: false, url: null, web: null, twin: null };

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
 * Ends what the record names, the web first: its jobs still write to the twin and the database.
 * @param {{ files: { services: string } }} instance
 */
export async function endServices(instance) {
  const { web, twin } = readServices(instance);
  await endProcess(web);
  await endProcess(twin);
  noteServices(instance, none);
}
