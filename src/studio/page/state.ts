import { batch, computed, effect, signal } from '@preact/signals';
import { fittingTemplate, isAllSaid } from '../../order/fitting-template.ts';
import type { Choices, ListedTemplate, MadeFiles, PressView, View, WrittenOrder } from '../protocol.ts';
import { follow, getChoices, getFirstPicture, getView, Refused, release } from './api.ts';
import { remembered } from './remembered.ts';
import { language, t } from './words.ts';

export const choices = signal<Choices | null>(null);
export const order = signal<WrittenOrder | null>(null);
/** The last view that could be made. */
export const view = signal<View | null>(null);
/** What is wrong with the order as it now is. */
export const problem = signal<Refused | null>(null);
/** What is wrong with the order's file, or with what can be chosen: the page goes on with what it had. */
export const fileProblem = signal<Refused | null>(null);
/** The order as printed; `null` until it has been pressed as it now is. */
export const pressed = signal<PressView | null>(null);
export const stage = signal<string | null>(null);
export const isLayingOut = signal(false);
export const pressProblem = signal<Refused | null>(null);
export const making = signal<string | null>(null);
export const made = signal<MadeFiles | null>(null);
export const makeProblem = signal<Refused | null>(null);

/** Shown page, from 0. */
export const page = signal(0);
/** Ways to look at the order. */
export const LOOKS = ['layout', 'press', 'plates', 'hand', 'compare'] as const;
export type Look = (typeof LOOKS)[number];
export const look = signal<Look>('press');
/** Which plate is seen: an ink, or `ink` for all together. */
export const plate = signal('ink');
export const scaleMode = signal<'fit' | 'physical' | 'pixels' | number>('fit');
export const theme = remembered('theme', 'auto', ['auto', 'light', 'dark'] as const);

export const GUIDES = [
  'trim',
  'bleed',
  'safe',
  'fold',
  'clear',
  'dieline',
  'ppi',
  'ruler',
  'findings',
] as const;
export type Guide = (typeof GUIDES)[number];
export const guides = signal<ReadonlySet<Guide>>(
  new Set<Guide>(['trim', 'bleed', 'fold', 'dieline', 'ruler', 'findings']),
);

/** Place in `view.slots` of the picture that is being cropped. */
export const chosenSlot = signal<number | null>(null);
/** Place in the findings of the one that is pointed at. */
export const chosenFinding = signal<number | null>(null);

export const product = computed(() =>
  choices.value?.products.find(({ name }) => name === order.value?.product),
);

/** The template in use: the order's, else the one that the server chooses for it. */
export const template = computed(() => order.value && templateOf(order.value));

function templateOf({
  template: named,
  product: of,
  binding,
  fields,
}: WrittenOrder): ListedTemplate | undefined {
  const all = choices.value?.templates ?? [];
  return (
    all.find(({ name }) => name === named) ??
    fittingTemplate(all, of, binding, (one) => isAllSaid(one.fields, fields))
  );
}

/** Whether there is something to see: plates are of files in inks alone. */
export const canShow = (wanted: Look): boolean =>
  wanted !== 'plates' || look.value === 'plates' || (pressed.value?.inks.length ?? 0) > 0;

/** Turns to another page, as far as there are any. */
export function turnPage(by: number): void {
  const last = (view.value?.pages.length ?? 1) - 1;
  page.value = Math.min(last, Math.max(0, page.value + by));
}

/** Changes the order; an option that is as usual is left out. */
export function change(changes: Partial<WrittenOrder>): void {
  if (!order.value) return;
  const next = { ...order.value, ...changes };
  for (const [name, value] of Object.entries(next)) {
    if (value === undefined || value === '') delete next[name];
  }
  order.value = next as WrittenOrder;
}

/**
 * An order with a template's own fields alone. Those that must be filled in are filled from its sample, so that there
 * is something to see; what was the sample of the template before it makes way.
 */
function withSample(
  given: WrittenOrder,
  next: ListedTemplate | undefined,
  before: ListedTemplate | null = null,
): WrittenOrder {
  if (!next) return given;
  const typed = (name: string): string => {
    const text = given.fields[name] ?? '';
    return text === before?.samples[order.value?.product ?? '']?.[name] ? '' : text;
  };
  const filled = next.fields.map(({ name, required }): [string, string] => {
    const sample = required ? (next.samples[given.product]?.[name] ?? '') : '';
    return [name, typed(name) || sample];
  });
  return { ...given, fields: Object.fromEntries(filled.filter(([, text]) => text !== '')) };
}

/** The template that a product begins with: one in the user's language, else the first. */
function templateFor(productName: string): ListedTemplate | undefined {
  const fitting = (choices.value?.templates ?? []).filter(({ products }) => products.includes(productName));
  return fitting.find((candidate) => candidate.language.startsWith(language.value)) ?? fitting[0];
}

/** The order's pictures and texts on a product; `null` where there is no such product, or no order. */
export function orderOf(name: string): WrittenOrder | null {
  const next = choices.value?.products.find((candidate) => candidate.name === name);
  if (!next || !order.value) return null;
  const shared = Object.keys(choices.value?.options ?? {}).filter((key) => key !== 'focal' && key !== 'zoom');
  const common = Object.entries(order.value).filter(([key]) => shared.includes(key));
  const chosen = templateFor(name);
  const fresh = {
    ...Object.fromEntries(common),
    ...next.example,
    product: name,
    images: order.value.images.slice(0, next.pictures.max),
    template: chosen?.name,
    fields: order.value.fields,
  };
  return withSample(fresh, chosen, template.value ?? null);
}

/** Another product: what belongs to the one before it is left behind. */
export function chooseProduct(name: string): void {
  const next = orderOf(name);
  if (!next) return;
  batch(() => {
    order.value = next;
    page.value = 0;
    chosenSlot.value = null;
  });
}

export function chooseTemplate(name: string): void {
  if (!order.value) return;
  const next = { ...order.value, template: name || undefined };
  order.value = withSample(next, templateOf(next), template.value ?? null);
}

/** What the page starts with: the order that was given, else the first product with the first picture. */
export async function start(): Promise<void> {
  const found = await getChoices();
  choices.value = found;
  if (found.order) {
    order.value = withSample(found.order, templateOf(found.order));
    return;
  }
  const { id: image } = await getFirstPicture();
  const first = found.products.find(({ name }) => templateFor(name));
  if (image === null || !first) return;
  const chosen = templateFor(first.name);
  const fresh = {
    ...first.example,
    product: first.name,
    images: [image],
    template: chosen?.name,
    fields: {},
  };
  order.value = withSample(fresh, chosen);
}

/** The order's file or a template changed: what can be chosen is read again, and all is seen anew. */
export async function readAgain(): Promise<void> {
  const before = JSON.stringify(choices.value?.order);
  try {
    const found = await getChoices();
    choices.value = found;
    fileProblem.value = null;
    if (found.order && JSON.stringify(found.order) !== before) order.value = found.order;
  } catch (error) {
    fileProblem.value = asRefused(error);
  }
  revision.value++;
}

/** Goes up where the view changes though the order does not: a crop, a template's file. */
export const revision = signal(0);

export const asRefused = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused({ message: t('lost') });

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** A word that is pasted or put in by an input method is one change, ms; what is laid out in vain is given up. */
const LAYOUT_AFTER = 16;
/** Nobody changes anything for a while: time to press, ms. */
const PRESS_AFTER = 300;

let running = new AbortController();

effect(() => {
  const now = order.value;
  void revision.value;
  if (!now) return;
  // It was said of the order as it was.
  makeProblem.value = null;
  running.abort();
  running = new AbortController();
  const { signal: mine } = running;
  const timer = setTimeout(() => void see(now, mine), LAYOUT_AFTER);
  mine.addEventListener('abort', () => clearTimeout(timer));
});

/** Shows an order: its layout at once, then as it is printed. */
async function see(now: WrittenOrder, mine: AbortSignal): Promise<void> {
  isLayingOut.value = true;
  try {
    const seen = await getView(now, mine);
    batch(() => {
      view.value = seen;
      problem.value = null;
      pressed.value = null;
      pressProblem.value = null;
      isLayingOut.value = false;
      page.value = Math.min(page.value, seen.pages.length - 1);
      if (!seen.slots[chosenSlot.value ?? 0]) chosenSlot.value = null;
    });
    await new Promise((resolve) => setTimeout(resolve, PRESS_AFTER));
    if (!mine.aborted) await press(now, mine);
  } catch (error) {
    if (isAbort(error) || mine.aborted) return;
    batch(() => {
      const refused = asRefused(error);
      problem.value = refused;
      isLayingOut.value = false;
      if (refused.place && view.value?.pages[refused.place.page]) page.value = refused.place.page;
    });
  }
}

async function press(now: WrittenOrder, mine: AbortSignal): Promise<void> {
  stage.value = '';
  try {
    const done = await follow<PressView>('/api/press', now, mine, (text) => {
      if (!mine.aborted) stage.value = text;
    });
    if (!mine.aborted) pressed.value = done;
  } catch (error) {
    if (!isAbort(error) && !mine.aborted) pressProblem.value = asRefused(error);
  } finally {
    if (running.signal === mine || running.signal.aborted) stage.value = null;
  }
}

let makingNow: AbortController | null = null;

/** Makes the order as it stands. */
export async function makeNow(): Promise<void> {
  if (!order.value) return;
  makingNow = new AbortController();
  batch(() => {
    making.value = '';
    made.value = null;
    makeProblem.value = null;
  });
  try {
    made.value = await follow<MadeFiles>('/api/make', order.value, makingNow.signal, (text) => {
      making.value = text;
    });
  } catch (error) {
    if (!isAbort(error)) makeProblem.value = asRefused(error);
  } finally {
    making.value = null;
  }
}

/** Releases the order's pictures that nobody has released. */
export async function releaseAll(): Promise<void> {
  try {
    await release(view.value?.unreleased ?? []);
    makeProblem.value = null;
    revision.value++;
  } catch (error) {
    makeProblem.value = asRefused(error);
  }
}

export const stopMaking = (): void => makingNow?.abort();
