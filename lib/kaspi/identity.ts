/**
 * A browser that an exit passes for: what it says of itself belongs together and never changes on
 * the way. Kaspi answers 429 at once to clients that name themselves (protocol I).
 */
export type BrowserIdentity = {
  key: string;
  userAgent: string;
  acceptLanguage: string;
  /** The client hints of Chromium, `sec-ch-ua` and its neighbours. */
  hints: Record<string, string>;
};

type Make = {
  key: string;
  brand: "Google Chrome" | "Microsoft Edge";
  platform: "Windows" | "macOS";
  version: number;
  languages: string;
};

const systems = {
  Windows: "Windows NT 10.0; Win64; x64",
  macOS: "Macintosh; Intel Mac OS X 10_15_7",
};

const ru = "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7";
const ruAndKk = "ru-RU,ru;q=0.9,kk-KZ;q=0.8,kk;q=0.7,en-US;q=0.6,en;q=0.5";
const ruOnly = "ru,en;q=0.9";

const makes: readonly [Make, ...Make[]] = [
  // The protocol's own sample of headers that Kaspi answers.
  { key: "windows-chrome-150", brand: "Google Chrome", platform: "Windows", version: 150, languages: ru },
  { key: "windows-chrome-149", brand: "Google Chrome", platform: "Windows", version: 149, languages: ru },
  { key: "mac-chrome-150", brand: "Google Chrome", platform: "macOS", version: 150, languages: ru },
  { key: "windows-chrome-150-kk", brand: "Google Chrome", platform: "Windows", version: 150, languages: ruAndKk },
  { key: "windows-edge-150", brand: "Microsoft Edge", platform: "Windows", version: 150, languages: ruOnly },
  { key: "mac-chrome-149-kk", brand: "Google Chrome", platform: "macOS", version: 149, languages: ruAndKk },
  { key: "windows-edge-149", brand: "Microsoft Edge", platform: "Windows", version: 149, languages: ruOnly },
];

function identityOf({ key, brand, platform, version, languages }: Make): BrowserIdentity {
  const edge = brand === "Microsoft Edge" ? ` Edg/${version}.0.0.0` : "";
  return {
    key,
    userAgent: `Mozilla/5.0 (${systems[platform]}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36${edge}`,
    acceptLanguage: languages,
    hints: {
      "sec-ch-ua": brandList(brand, version),
      "sec-ch-ua-mobile": "?0",
      "sec-ch-ua-platform": `"${platform}"`,
    },
  };
}

const noise = [" ", "(", ":", "-", ".", "/", ")", ";", "=", "?", "_"];
const noiseVersions = ["8", "99", "24"];
const orders = ["012", "021", "102", "120", "201", "210"];

/** As Chromium makes it up: an invented brand among the true ones, both by the version's number. */
function brandList(brand: string, version: number): string {
  const invented = `Not${noise[version % 11]}A${noise[(version + 1) % 11]}Brand`;
  const named = [
    `"${invented}";v="${noiseVersions[version % 3]}"`,
    `"Chromium";v="${version}"`,
    `"${brand}";v="${version}"`,
  ];
  const places = orders[version % 6] ?? "012";
  return [0, 1, 2].map((place) => named[places.indexOf(String(place))]).join(", ");
}

export const identities = makes.map(identityOf);

export const firstIdentity: BrowserIdentity = identityOf(makes[0]);

/** The identity kept under this key; one that is no longer in the list is the first. */
export function identityByKey(key: string | null): BrowserIdentity {
  return identities.find((one) => one.key === key) ?? firstIdentity;
}

/** What every request of this browser says of it. */
export function headersOf(identity: BrowserIdentity): Record<string, string> {
  return {
    ...identity.hints,
    "User-Agent": identity.userAgent,
    "Accept-Language": identity.acceptLanguage,
    "Accept-Encoding": "gzip, deflate, br",
  };
}
