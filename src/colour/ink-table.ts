import { type IccProfile, Transform } from './lcms.ts';

/** Nodes along each ink. */
const SIDE = 17;
const STEPS = SIDE - 1;
const STRIDES = [SIDE ** 3, SIDE ** 2, SIDE, 1] as const;

/** What a press shows for its inks: a profile's colours and how they change from ink to ink, quickly. */
export class InkTable {
  /** Every order asks for the one of its press. */
  static readonly #made = new WeakMap<IccProfile, InkTable>();
  readonly #lab: Float64Array;

  private constructor(lab: Float64Array) {
    this.#lab = lab;
  }

  /** @param lab the profile of CIE L*a*b* */
  static of(profile: IccProfile, lab: IccProfile): InkTable {
    const made = InkTable.#made.get(profile) ?? InkTable.#make(profile, lab);
    InkTable.#made.set(profile, made);
    return made;
  }

  static #make(profile: IccProfile, lab: IccProfile): InkTable {
    const inks = new Uint16Array(SIDE ** 4 * 4);
    for (let node = 0; node < SIDE ** 4; node++) {
      for (let ink = 0; ink < 4; ink++) {
        inks[4 * node + ink] = Math.round((65535 * (Math.floor(node / STRIDES[ink]!) % SIDE)) / STEPS);
      }
    }
    const toLab = new Transform(profile, 'cmyk16', lab, 'lab', 'relative', false, true);
    return new InkTable(new Float64Array(toLab.run(new Uint8Array(inks.buffer)).buffer));
  }

  /**
   * The colour of four inks (0…1; beyond it goes on straight) and its slopes.
   * @param out receives L*, a*, b*, then the change of the three by a whole of cyan, of magenta, of yellow, of black
   */
  look(inks: ArrayLike<number>, out: Float64Array): void {
    let base = 0;
    const at = [0, 0, 0, 0];
    for (let ink = 0; ink < 4; ink++) {
      const place = inks[ink]! * STEPS;
      const cell = Math.min(STEPS - 1, Math.max(0, Math.floor(place)));
      at[ink] = place - cell;
      base += cell * STRIDES[ink]!;
    }
    out.fill(0, 0, 15);
    const [c, m, y, k] = at as [number, number, number, number];
    for (let corner = 0; corner < 16; corner++) {
      const wc = corner & 8 ? c : 1 - c;
      const wm = corner & 4 ? m : 1 - m;
      const wy = corner & 2 ? y : 1 - y;
      const wk = corner & 1 ? k : 1 - k;
      const node =
        base +
        (corner & 8 ? STRIDES[0] : 0) +
        (corner & 4 ? STRIDES[1] : 0) +
        (corner & 2 ? STRIDES[2] : 0) +
        (corner & 1 ? STRIDES[3] : 0);
      const cm = wc * wm;
      const yk = wy * wk;
      const weight = cm * yk;
      const byC = (corner & 8 ? STEPS : -STEPS) * wm * yk;
      const byM = (corner & 4 ? STEPS : -STEPS) * wc * yk;
      const byY = (corner & 2 ? STEPS : -STEPS) * cm * wk;
      const byK = (corner & 1 ? STEPS : -STEPS) * cm * wy;
      for (let i = 0; i < 3; i++) {
        const value = this.#lab[3 * node + i]!;
        out[i]! += weight * value;
        out[3 + i]! += byC * value;
        out[6 + i]! += byM * value;
        out[9 + i]! += byY * value;
        out[12 + i]! += byK * value;
      }
    }
  }
}
