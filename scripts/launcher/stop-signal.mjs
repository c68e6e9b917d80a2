/**
 * Aborted at the first Ctrl-C, kill or closed terminal. A terminal and npm may both deliver the
 * same Ctrl-C: the later ones change nothing.
 * @returns {AbortSignal}
 */
export function untilToldToStop() {
  const told = new AbortController();
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(name, () => told.abort(new Error("Остановлено.")));
  }
  // A closed terminal must not end us before the services are.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return told.signal;
}
