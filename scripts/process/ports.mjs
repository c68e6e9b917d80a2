import net from "node:net";

/**
 * True when nothing listens on the port of 127.0.0.1.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isFree(port) {
  return (await listenOn(port)) !== null;
}

/**
 * The first free port at or above `from`; 0 lets the system choose one.
 * @param {number} from
 * @returns {Promise<number>}
 */
export async function freePort(from) {
  for (let port = from; port < from + 200; port += 1) {
    const found = await listenOn(port);
    if (found !== null) return found;
  }
  throw new Error(`Нет свободного порта от ${from} до ${from + 199}.`);
}

/**
 * @param {number} port
 * @returns {Promise<number | null>} the port that could be listened on
 */
function listenOn(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === "object" && address ? address.port : null;
      server.close(() => resolve(found));
    });
  });
}
