import type { PdfPage } from '../document/pdf.ts';
import type {
  GroupMark,
  ImageMark,
  Layer,
  Listener,
  PathMark,
  Place,
  ShadingMark,
  TextMark,
} from '../model.ts';
import { type Edges, edgesOf, grown, isEmpty, overlap } from './geometry.ts';

/** Marks that end at the bleed's edge are not in it: crop marks begin there. */
const TOUCHING_MM = 0.1;

interface Events {
  group: GroupMark;
  text: TextMark;
  path: PathMark;
  image: ImageMark;
  shading: ShadingMark;
}

type Receivers = {
  readonly [K in keyof Events]: readonly (readonly [readonly Place[], (event: Events[K]) => void])[];
};

/** Sends what is painted to the rules that want to see it. */
export class Dispatch {
  readonly #receivers: Receivers;

  constructor(listeners: readonly Listener[]) {
    const to = <K extends keyof Events>(kind: K) =>
      listeners.flatMap((listener) => {
        const receive = listener[kind] as ((event: Events[K]) => void) | undefined;
        return receive ? [[listener.sees ?? ['art'], receive.bind(listener)] as const] : [];
      });
    this.#receivers = {
      group: to('group'),
      text: to('text'),
      path: to('path'),
      image: to('image'),
      shading: to('shading'),
    };
  }

  send<K extends keyof Events>(kind: K, event: Events[K]): void {
    for (const [sees, receive] of this.#receivers[kind]) if (sees.includes(event.place)) receive(event);
  }
}

/** Where a mark stands, by its edges and the layers around it. */
export function placeOf(page: PdfPage, edges: Edges | null, layers: readonly Layer[]): Place {
  if (layers.some(({ shown }) => !shown)) return layers.some(({ step }) => step) ? 'step' : 'hidden';
  if (layers.some(({ step }) => step)) return 'step';
  if (!edges || !(page.bleed ?? page.trim)) return 'art';
  return isEmpty(overlap(edges, grown(edgesOf(page.printed), -TOUCHING_MM))) ? 'slug' : 'art';
}
