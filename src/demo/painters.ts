import type { PainterName } from './collection.ts';
import { artNouveau } from './styles/art-nouveau.ts';
import { collage } from './styles/collage.ts';
import { constructivist } from './styles/constructivist.ts';
import { cubist } from './styles/cubist.ts';
import { gouache } from './styles/gouache.ts';
import { inkWash } from './styles/ink-wash.ts';
import { linocut } from './styles/linocut.ts';
import { mosaic } from './styles/mosaic.ts';
import { oil } from './styles/oil.ts';
import type { Painter } from './styles/painter.ts';
import { pointillism } from './styles/pointillism.ts';
import { stainedGlass } from './styles/stained-glass.ts';
import { woodblock } from './styles/woodblock.ts';

export const painters: Record<PainterName, Painter> = {
  'art-nouveau': artNouveau,
  collage,
  constructivist,
  cubist,
  gouache,
  'ink-wash': inkWash,
  linocut,
  mosaic,
  oil,
  pointillism,
  'stained-glass': stainedGlass,
  woodblock,
};
