import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Env } from "@/lib/env";
import { type Finding, unsafe, unwise } from "./finding";

/** Random bytes repeat few of themselves; words, samples and one key again and again do. */
const isPoor = (bytes: Buffer, atLeast: number) => new Set(bytes).size < atLeast;
const isReadable = (bytes: Buffer) => bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
const isSample = (text: string) => /change.?me|secret|example|sample|password/i.test(text);

function secretFinding({ NEXTAUTH_SECRET, ENCRYPTION_KEY }: Env): Finding | null {
  const isWeak =
    isPoor(Buffer.from(NEXTAUTH_SECRET), 12) ||
    isSample(NEXTAUTH_SECRET) ||
    NEXTAUTH_SECRET === ENCRYPTION_KEY;
  if (!isWeak) return null;
  return unsafe("nextauth-secret", [
    "NEXTAUTH_SECRET слабый, взят из примера или тот же, что ENCRYPTION_KEY.",
    "Кто угадает его, войдёт в офис под любым именем.",
    "Задайте новый: openssl rand -base64 32. Все войдут заново.",
  ]);
}

function keyFinding({ ENCRYPTION_KEY }: Env): Finding | null {
  const bytes = Buffer.from(ENCRYPTION_KEY, "base64");
  if (!isPoor(bytes, 20) && !isReadable(bytes)) return null;
  return unsafe("encryption-key", [
    "ENCRYPTION_KEY не случайный.",
    "Им зашифрованы пароли Kaspi: угаданный ключ открывает их все.",
    "Новый: openssl rand -base64 32; прежний в ENCRYPTION_KEYS_OLD, затем manage rotate-keys.",
  ]);
}

/** The launcher makes these for the training Kaspi; a backup of the folder would hold lock and key. */
function madeHereFinding({ DATA_DIR, ENCRYPTION_KEY, NEXTAUTH_SECRET }: Env): Finding | null {
  const made = filesIn(path.join(DATA_DIR, "keys")).map((file) =>
    readFileSync(file, "utf8").trim(),
  );
  if (![ENCRYPTION_KEY, NEXTAUTH_SECRET].some((key) => made.includes(key))) return null;
  return unsafe("demo-keys", [
    "Ключи взяты из папки учебного офиса.",
    "Они лежат рядом с базой: копия папки откроет всё.",
    "Задайте свои ключи в .env или в хранилище секретов.",
  ]);
}

function openFilesFinding({ DATA_DIR }: Env): Finding | null {
  const files = [".env", ...filesIn(path.join(DATA_DIR, "keys"))].filter((file) =>
    existsSync(file),
  );
  const open = files.filter((file) => (statSync(file).mode & 0o077) !== 0);
  if (open.length === 0) return null;
  return unsafe("key-files", [
    `Ключи могут прочесть другие пользователи машины: ${open.join(", ")}.`,
    "Им откроются пароли Kaspi и все входы.",
    `chmod 600 ${open.join(" ")}`,
  ]);
}

function oldKeysFinding({ ENCRYPTION_KEYS_OLD }: Env): Finding | null {
  if (ENCRYPTION_KEYS_OLD.length === 0) return null;
  return unwise("old-keys", [
    "ENCRYPTION_KEYS_OLD ещё задан.",
    "Пока прежний ключ при деле, его утечка опасна.",
    "manage rotate-keys, потом уберите его.",
  ]);
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => path.join(folder, name));
}

const checks = [secretFinding, keyFinding, madeHereFinding, openFilesFinding, oldKeysFinding];

/** Keys: how strong, where from, and who can read them. */
export const secretFindings = (env: Env): Finding[] =>
  checks.map((check) => check(env)).filter((found) => found !== null);
