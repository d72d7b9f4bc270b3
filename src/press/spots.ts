import { type PDFObject, type PDFRef, PDFString } from 'pdf-lib';
import type { Spot } from '../colour/exact-colours.ts';
import { name, type Reader } from './pdf.ts';

/** A name of any letters: PDF writes it in UTF-8 (ISO 32000-1, 7.3.5). The library takes `#23` for a `#`. */
export const nameInUtf8 = (text: string) =>
  name(Buffer.from(text, 'utf8').toString('latin1').replaceAll('#', '#23'));

/** A spot as one document holds it. */
export interface SpotPlate {
  /** Under which it stands among resources. */
  readonly name: string;
  /** Its Separation colour space (ISO 32000-1, 8.6.6.4). */
  readonly space: PDFRef;
  /** The optional content group of its processing step; `null` where it is a colour. */
  readonly layer: PDFRef | null;
}

/** The spots of one document: each has one colour space and, where it is a processing step, one layer. */
export class Spots {
  readonly #reader: Reader;
  readonly #layered: boolean;
  readonly #plates = new Map<string, SpotPlate & { spot: Spot }>();

  /** @param layered whether the file may have layers (PDF 1.5 and later) */
  constructor(reader: Reader, layered: boolean) {
    this.#reader = reader;
    this.#layered = layered;
  }

  /** The spots that were used, in the order of their first use. */
  get used(): readonly Spot[] {
    return [...this.#plates.values()].map(({ spot }) => spot);
  }

  of(spot: Spot): SpotPlate {
    const known = this.#plates.get(spot.name);
    if (known) return known;
    const { context } = this.#reader;
    const tint = { FunctionType: 2, Domain: [0, 1], N: 1, C0: [0, 0, 0, 0], C1: [...spot.alternate] };
    const space = context.obj(['Separation', nameInUtf8(spot.name), 'DeviceCMYK', context.obj(tint)]);
    const plate = {
      spot,
      name: `Spot${this.#plates.size + 1}`,
      space: context.register(space),
      layer: this.#layered && spot.step ? this.#layerOf(spot.step) : null,
    };
    this.#plates.set(spot.name, plate);
    return plate;
  }

  /** ISO 19593-1:2018, 6.2: what an optional content group says of its processing step. */
  #layerOf({ title, group, type }: NonNullable<Spot['step']>): PDFRef {
    const { context } = this.#reader;
    const metadata = { GTS_ProcStepsGroup: group, ...(type !== null && { GTS_ProcStepsType: type }) };
    return context.register(
      context.obj({ Type: 'OCG', Name: PDFString.of(title), GTS_Metadata: context.obj(metadata) }),
    );
  }

  /** The catalogue's list of layers, all of them shown; `null` where there are none. */
  properties(): PDFObject | null {
    const layers = [...this.#plates.values()].flatMap(({ layer }) => (layer ? [layer] : []));
    if (layers.length === 0) return null;
    const { context } = this.#reader;
    const shown = { Name: PDFString.of('Processing steps'), Order: layers, ON: layers };
    return context.obj({ OCGs: layers, D: context.obj(shown) });
  }
}
