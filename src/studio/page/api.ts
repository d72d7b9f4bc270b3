import type { BleedFill } from '../../artwork/artwork.ts';
import type { Complaint } from '../answer.ts';
import type { Choices, PictureList, Progress, View, WrittenOrder } from '../protocol.ts';

/** What the server says is wrong, and the control that it is about. */
export class Refused extends Error {
  readonly hint: string | null;
  readonly control: string | null;
  readonly place: Complaint['place'];

  constructor({
    message,
    hint = null,
    control = null,
    place = null,
  }: { message: string } & Partial<Complaint & { control: string | null }>) {
    super(message);
    this.hint = hint;
    this.control = control;
    this.place = place;
  }
}

async function asked(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) return response;
  const text = await response.text();
  if (response.headers.get('content-type')?.startsWith('application/json'))
    throw new Refused(JSON.parse(text).error);
  throw new Refused({ message: text });
}

const posted = (path: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
  asked(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

export const getChoices = async (): Promise<Choices> => (await asked('/api/choices')).json();

export const getPictures = async (search: string, from: number, count: number): Promise<PictureList> =>
  (
    await asked(`/api/pictures?${new URLSearchParams({ search, from: `${from}`, count: `${count}` })}`)
  ).json();

/** ID of the picture that the page starts with where there is no order; `null` where there is none. */
export const getFirstPicture = async (): Promise<{ id: string | null }> =>
  (await asked('/api/first-picture')).json();

export const getView = async (order: WrittenOrder, signal: AbortSignal): Promise<View> =>
  (await posted('/api/view', { order }, signal)).json();

export const getWritten = async (order: WrittenOrder): Promise<{ name: string; yaml: string }> =>
  (await posted('/api/order', { order })).json();

/** Presses an order to be compared. @returns the ID of its picture */
export const getTile = async (order: WrittenOrder, signal: AbortSignal): Promise<{ id: string }> =>
  (await posted('/api/tiles', { order }, signal)).json();

export const getContactSheet = async (tiles: readonly string[], format: 'png' | 'pdf'): Promise<Blob> =>
  (await posted('/api/contact-sheet', { tiles, format })).blob();

export async function keepCrop(
  image: string,
  product: string,
  crop: { x: number; y: number; zoom: number } | null,
): Promise<void> {
  await posted('/api/crop', { image, product, crop });
}

export async function keepBleedFill(
  image: string,
  product: string,
  bleedFill: BleedFill | null,
): Promise<void> {
  await posted('/api/bleed-fill', { image, product, bleedFill });
}

export async function release(images: readonly string[]): Promise<void> {
  await posted('/api/release', { images });
}

/** Long work on an order: told of its stages until it is done. */
export async function follow<T>(
  path: '/api/press' | '/api/make',
  order: WrittenOrder,
  signal: AbortSignal,
  onStage: (stage: string) => void,
): Promise<T> {
  const response = await posted(path, { order }, signal);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Refused({ message: 'The studio stopped answering.' });
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const said = JSON.parse(line) as Progress<T>;
      if ('stage' in said) onStage(said.stage);
      else if ('error' in said) throw new Refused(said.error);
      else return said.done;
    }
  }
}
