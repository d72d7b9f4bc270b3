import type { Palette } from '../artwork/palette.ts';
import type { ImageRecord } from '../catalogue/image.ts';

/** What a template knows of a picture of its order: `{{ pictures[0].prompt }}`. What the file does not say is `null`. */
export interface PictureFacts {
  readonly id: string;
  readonly title: string | null;
  readonly prompt: string | null;
  /** Decimal digits. */
  readonly seed: string | null;
  readonly model: string | null;
  /** px, as the picture is seen. */
  readonly width: number;
  /** px */
  readonly height: number;
  /** Colours that sit well beside it. */
  readonly palette: Palette;
}

export const pictureFacts = ({ id, generation, file }: ImageRecord, palette: Palette): PictureFacts => ({
  ...{ id, title: generation.title, prompt: generation.prompt },
  ...{ seed: generation.seed, model: generation.model },
  ...{ width: file.widthPx, height: file.heightPx, palette },
});
