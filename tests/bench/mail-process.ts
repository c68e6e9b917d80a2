import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail server in a process of its own that takes everything, so that its work is not counted as ours. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, _session, done) {
    stream.on("end", () => done(null));
    stream.resume();
  },
});
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.server.address() as AddressInfo).port);
});
process.once("disconnect", () => server.close(() => process.exit(0)));
