type Some<T> = readonly [T, ...T[]];

export type ProductKind = {
  noun: string;
  /** Kaspi's category code without the word "Master". */
  category: string;
  /** From the nearest parent to the root of the catalogue. */
  path: Some<string>;
  /** Lowest and highest usual price, whole tenge. */
  prices: readonly [number, number];
  models: Some<{ brand: string; name: string }>;
  variants: Some<string>;
};

export const UNBRANDED = "Без бренда";

/** What the training market sells: enough to look like a shop, invented enough to be nobody's. */
const table = `
Смартфон; Smartphones; Smartphones and gadgets|Electronics; 54990–749990; Apple: iPhone 13 128Gb, iPhone 15 128Gb, iPhone 16 256Gb | Samsung: Galaxy A56 8/128Gb, Galaxy S25 12/256Gb | Xiaomi: Redmi Note 14 8/256Gb, 15T 12/512Gb | Honor: X8c 8/256Gb | Tecno: Spark 30 8/256Gb; colours
Наушники; Headphones; Audio and TV|Electronics; 3990–189990; Apple: AirPods 4, AirPods Pro 3 | JBL: Tune 520BT, Wave Beam 2 | Sony: WH-CH720N | Haylou: Moripods | QCY: T13 ANC 2; colours
Смарт-часы; Smart watches; Smartphones and gadgets|Electronics; 12990–259990; Amazfit: Bip 6 46 мм, GTS 4 Mini 42 мм | Huawei: Watch Fit 3 43 мм | Samsung: Galaxy Watch 7 44 мм | Haylou: Solar Plus 45 мм; colours
Ноутбук; Notebooks; Computers|Electronics; 164990–899990; Lenovo: IdeaPad Slim 3 | ASUS: VivoBook 15, TUF Gaming A15 | HP: Victus 15 | Acer: Aspire Go 15 | Apple: MacBook Air 13; 8 Гб / SSD 256 Гб|16 Гб / SSD 512 Гб|16 Гб / SSD 1000 Гб
Мышь; Computer mice; Computers|Electronics; 1990–49990; Logitech: M185, G102 Lightsync, M720 Triathlon | Razer: Basilisk V3 | A4Tech: Bloody V8M | Redragon: Cobra M711; colours
SSD-накопитель; SSD; Computers|Electronics; 11990–149990; Samsung: 990 EVO M.2 | Kingston: NV3 M.2 | WD: Green SATA | Apacer: AS350 SATA; 256 Гб|512 Гб|1000 Гб|2000 Гб
Монитор; Monitors; Computers|Electronics; 49990–389990; LG: 27UP650 27" | Samsung: Odyssey G5 32" | AOC: 24G4E 24" | Xiaomi: A24i 23.8"; черный|белый|серый
Телевизор; TVs; Audio and TV|Electronics; 79990–899990; LG: NanoCell 50", UHD 43" | Samsung: QLED 55" | TCL: QNED 65" | Yasin: HD 32" | Artel: UHD 50"; 2024 года|2025 года|2026 года
Портативная колонка; Portable speakers; Audio and TV|Electronics; 4990–199990; JBL: Flip 6, Charge 5, Go 4 | Sony: SRS-XB100 | Xiaomi: Sound Pocket | Anker: Soundcore 3; colours
Пылесос; Vacuum cleaners; Small appliances|Home equipment; 19990–349990; Dreame: L10s Ultra, V8 Slim | Xiaomi: Robot S20 | Dyson: V12 Detect | Samsung: VC4100 | Deerma: DX700 Pro; черный|белый|серый
Электрочайник; Electric kettles; Small appliances|Home equipment; 5490–69990; Tefal: KO8518 1.7 л | Redmond: RK-M1481 1.7 л | Xiaomi: Smart Kettle 1.5 л | Centek: CT-0026 2 л; colours
Мультиварка; Multicookers; Small appliances|Home equipment; 17990–119990; Redmond: RMC-M90 5 л, RMC-M226S 5 л | Tefal: RK736 5 л | Philips: HD3095 4 л; черная|белая|серая
Кофемашина; Coffee machines; Small appliances|Home equipment; 54990–699990; DeLonghi: Magnifica S, Dedica EC685 | Philips: EP2231 | Krups: Essential EA81 | Jura: E6; черная|серая|белая
Фен; Hair dryers; Small appliances|Home equipment; 6990–239990; Dyson: Supersonic HD08 | Dreame: Gleam | Rowenta: CV8820 | Laifen: Swift SE; colours
Стиральная машина; Washing machines; Large appliances|Home equipment; 119990–449990; LG: F2V3 7 кг | Samsung: WW65 6.5 кг | Artel: 50L113 6 кг | Midea: MF100 8 кг; белая|серая
Холодильник; Refrigerators; Large appliances|Home equipment; 109990–749990; LG: GA-B419 | Samsung: RB33 No Frost | Artel: HD 455 | Haier: C2F636; белый|серый|бежевый
Диван прямой; Sofas; Living room|Furniture; 89990–459990; Fixcom: Веста 155х80х79 см | Лина: Монако 220х95х90 см | ARTICO: Осло 200х90х85 см | Без бренда: Книжка 190х85х90 см; велюр, темно-серый|рогожка, бежевый|велюр, изумрудный
Детская кровать; Cribs; Living room|Furniture; 44990–299990; Антел: Алита 120x60 см, Северянка 160x80 см | Polini: Simple 120x60 см | Без бренда: Рони 90x200 см; белая|серая|натуральное дерево
Компьютерное кресло; Computer chairs; Living room|Furniture; 27990–249990; Zeta: Акула | DXRacer: Formula | Defender: Ranger | Metta: B 1m 32P; черное|белое|серое|красное
Шкаф-купе; Wardrobes; Living room|Furniture; 79990–389990; Лером: Карина 160х220х60 см | Империал: Сенатор 200х230х60 см | Без бренда: Эконом 120х210х50 см; белый|дуб сонома|венге
Сковорода; Frying pans; Kitchenware|Home; 3990–59990; Tefal: Unlimited 28 см, Titan 26 см | Kukmara: Гранит Star 24 см | Биол: Оптима 26 см | Мечта: Гранит 28 см; с крышкой|без крышки|со съемной ручкой
Набор столовых приборов; Cutlery; Kitchenware|Home; 990–34990; Нытва: Визит 24 предмета | Lara: Classic 72 предмета | Peterhof: Gala 24 предмета | Без бренда: Дачный 6 предметов; нержавеющая сталь|золотистый|матовый
Комплект постельного белья; Bed linen; Textile|Home; 6490–69990; Текстильный дом: евро сатин | Viva Home: двуспальный поплин | Без бренда: полуторный бязь; colours
Влажные полотенца; Wet wipes; Household goods|Home; 500–4990; Sunlight: Baby Fish 70 шт, XXL Universal 120 шт | Aura: Family 60 шт | Ozmo: Sensitive 60 шт; без запаха|ромашка|алоэ
Туалетная вода; Perfumes; Perfumery|Beauty care; 4990–159990; Lattafa: Asad 100 мл | Chanel: Bleu 100 мл | Versace: Eros 50 мл | Armaf: Club de Nuit 105 мл; мужская|женская|унисекс
Крем для лица; Face creams; Face and body care|Beauty care; 1490–44990; COSRX: Snail 92 100 мл | La Roche-Posay: Cicaplast B5 40 мл | Nivea: Hydra Skin 50 мл | Mizon: All In One 75 мл; для сухой кожи|для всех типов кожи|для жирной кожи
Шампунь; Shampoos; Hair care|Beauty care; 990–29990; Kerastase: Bain Densite 250 мл | Estel: Otium 1000 мл | Head & Shoulders: Основной уход 400 мл | La'dor: Keratin LPP 530 мл; для окрашенных волос|против перхоти|для объема
Конструктор; Constructors; Toys and games|Child goods; 2490–189990; LEGO: City 60440, Technic 42183, Friends 42639 | Qman: Полиция 1925 | Sluban: Космос 0731 | Magnetic: 108 деталей; от 5 лет|от 7 лет|от 10 лет
Настольная игра; Board games; Toys and games|Child goods; 1490–34990; Hobby World: Манчкин, Активити | Звезда: Монополия | Без бренда: Дженга «Башня»; на русском языке|на казахском языке|дорожная версия
Коляска; Strollers; Walking|Child goods; 39990–289990; Tomix: Carry 2 в 1 | Luxmom: Dalux 3 в 1 | Yoya: Plus 4 прогулочная; черная|серая|бежевая
Кроссовки; Sneakers; Shoes|Fashion; 7990–119990; Nike: Court Vision Low | Adidas: Galaxy 7 | Asics: Gel-Contend 9 | Qazaq Republic: Street; размер 40|размер 41|размер 42|размер 43
Рюкзак; Backpacks; Bags|Fashion; 4990–59990; Xiaomi: City 2 17 л | Swissgear: Airflow 32 л | Bange: BG-22005 25 л | Herlitz: Ultralight 15 л; colours
Шуруповерт; Screwdrivers; Tools|Construction and repair; 14990–179990; Makita: DF333DWAE 12 В | Bosch: GSR 120-LI 12 В | DeWALT: DCD700 18 В | Зубр: ДШЛ-185 18 В; 2 аккумулятора, кейс|1 аккумулятор|без аккумулятора
Смеситель; Mixer taps; Plumbing|Construction and repair; 4990–94990; Frap: F1034 для кухни | Grohe: Eurosmart для раковины | Haiba: HB555 для ванны | Ledeme: L4055 для кухни; хром|черный матовый|бронза
Гантели; Dumbbells; Fitness|Sports and outdoors; 5990–89990; Start UP: виниловые 2х3 кг | Barbell: гексагональные 2х5 кг | Без бренда: разборные 2х10 кг; черные|красные|синие
Самокат; Scooters; Transport|Sports and outdoors; 14990–289990; Ninebot: E2 Plus | Xiaomi: Electric Scooter 4 Lite | Tech Team: Huracan 200 | Novatrack: Comfort 180; черный|белый|синий
Мультивитамины; Multivitamins; Vitamins|Pharmacy; 1990–24990; GLS Pharmaceuticals: Гамми 60 шт | Solgar: Daily 100 шт | Now: Омега-3 90 капсул | Эвалар: D3 2000 МЕ 120 шт; для взрослых|для детей|для женщин
`;

const colours = "черный|белый|серый|синий|зеленый|бежевый|розовый";

function some<T>(list: T[]): Some<T> {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error("a product kind lacks a column");
  return [first, ...rest];
}

function modelsOf(text: string): ProductKind["models"] {
  return some(
    text.split(" | ").flatMap((group) => {
      const [brand = "", names = ""] = group.split(": ");
      return names.split(", ").map((name) => ({ brand, name }));
    }),
  );
}

function kindOf(line: string): ProductKind {
  const [noun = "", category = "", path = "", prices = "", models = "", variants = ""] =
    line.split("; ");
  const [lowest = 0, highest = 0] = prices.split("–").map(Number);
  return {
    noun,
    category,
    path: some(path.split("|")),
    prices: [lowest, highest],
    models: modelsOf(models),
    variants: some((variants === "colours" ? colours : variants).split("|")),
  };
}

export const productKinds = some(table.trim().split("\n").map(kindOf));
