import { IccProfile, Transform } from './lcms.ts';

/** Shows what inks look like: sRGB, 8 bits, relative to the paper's white. */
export class Screen {
  readonly #transform: Transform;

  private constructor(transform: Transform) {
    this.#transform = transform;
  }

  /** @param profile the press profile's bytes */
  static async of(profile: Uint8Array): Promise<Screen> {
    const [press, srgb] = await Promise.all([
      IccProfile.fromBytes(profile, 'the press profile'),
      IccProfile.srgb(),
    ]);
    return new Screen(new Transform(press, 'cmyk8', srgb, 'rgb8', 'relative', true));
  }

  /**
   * @param cmyk four bytes a pixel, 255 = solid
   * @param rgb receives three bytes a pixel
   */
  show(cmyk: Uint8Array, rgb: Uint8Array): void {
    rgb.set(this.#transform.run(cmyk));
  }
}
