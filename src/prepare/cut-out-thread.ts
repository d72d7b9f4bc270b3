import type { Picture } from '../artwork/artwork.ts';
import { answerAside } from '../aside.ts';
import { cutOut } from './cut-out.ts';
import type { OutlineWish } from './outline.ts';

export interface CutOutQuestion {
  readonly picture: Picture;
  readonly wish: OutlineWish;
  /** For what is written on the way. */
  readonly folder: string;
}

answerAside(({ picture, wish, folder }: CutOutQuestion) => cutOut(picture, wish, folder));
