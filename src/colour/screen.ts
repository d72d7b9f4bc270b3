import { IccProfile, Transform } from './lcms.ts';

/** Shows what inks look like: sRGB, 8 bits. */
export class Screen {
  readonly #transform: Transform;

  private constructor(transform: Transform) {
    this.#transform = transform;
  }

  /**
   * @param profile the press profile's bytes
   * @param paperWhite shows the paper's own colour and the press's own black (absolute colorimetric); without it the
   * paper is the screen's white and the deepest ink its black
   */
  static async of(profile: Uint8Array, paperWhite = false): Promise<Screen> {
    const [press, srgb] = await Promise.all([
      IccProfile.fromBytes(profile, 'the press profile'),
      IccProfile.srgb(),
    ]);
    const intent = paperWhite ? 'absolute' : 'relative';
    return new Screen(new Transform(press, 'cmyk8', srgb, 'rgb8', intent, !paperWhite));
  }

  /**
   * @param cmyk four bytes a pixel, 255 = solid
   * @param rgb receives three bytes a pixel
   */
  show(cmyk: Uint8Array, rgb: Uint8Array): void {
    rgb.set(this.#transform.run(cmyk));
  }
}
