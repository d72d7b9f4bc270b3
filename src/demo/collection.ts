/** The styles that the demo painter knows, one file each in `styles/`. */
export const PAINTERS = [
  'art-nouveau',
  'collage',
  'constructivist',
  'cubist',
  'gouache',
  'ink-wash',
  'linocut',
  'mosaic',
  'oil',
  'pointillism',
  'stained-glass',
  'woodblock',
] as const;
export type PainterName = (typeof PAINTERS)[number];

/** A picture of the demo collection; it lies in the package as `assets/demo/<id>.png`. */
export interface DemoPicture {
  /** 14-digit image ID. */
  readonly id: string;
  readonly title: string;
  readonly painter: PainterName;
  readonly seed: number;
  /** The cat is cut out: its ground is transparent. */
  readonly cutOut?: true;
}

/** The picture on the README's cover and of `npm run demo`. */
export const COVER_ID = '20220912034858';

/** "Computer created cats": the twelve pictures that the project ships, oldest first. */
export const demoCollection: readonly DemoPicture[] = [
  { id: '20220829211507', title: 'Marmalade, Thick Paint', painter: 'oil', seed: 7 },
  { id: '20220903142233', title: 'The Emblema', painter: 'mosaic', seed: 7 },
  { id: '20220904070915', title: 'Under the Bamboo', painter: 'ink-wash', seed: 7 },
  { id: '20220906193041', title: 'Black Cat, Two Blocks', painter: 'linocut', seed: 7 },
  { id: '20220908221530', title: 'Moon over the Ridge', painter: 'woodblock', seed: 7 },
  { id: '20220910105122', title: 'Noon in the Garden', painter: 'pointillism', seed: 7 },
  { id: COVER_ID, title: 'Cat in Planes', painter: 'cubist', seed: 3 },
  { id: '20220914163309', title: 'Asleep on Coral', painter: 'gouache', seed: 7 },
  { id: '20220917081746', title: 'Sunrise Window', painter: 'stained-glass', seed: 7 },
  { id: '20220919230104', title: 'Cat with Poppies', painter: 'art-nouveau', seed: 7 },
  { id: '20220923124418', title: 'Paper Cat', painter: 'collage', seed: 7, cutOut: true },
  { id: '20220926015527', title: 'Loud Cat', painter: 'constructivist', seed: 7 },
];
