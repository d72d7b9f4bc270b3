import { batch, computed, effect, signal } from '@preact/signals';
import type { Choices, MadeFiles, PressView, View, WrittenOrder } from '../protocol.ts';
import { follow, getChoices, getView, Refused } from './api.ts';
import { remembered } from './remembered.ts';
import { t } from './words.ts';

export const choices = signal<Choices | null>(null);
export const order = signal<WrittenOrder | null>(null);
/** The last view that could be made. */
export const view = signal<View | null>(null);
/** What is wrong with the order as it now is. */
export const problem = signal<Refused | null>(null);
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
export const look = signal<'layout' | 'press' | 'plates' | 'hand' | 'compare'>('press');
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

/** The template in use: the order's, else what the server chose for it. */
export const template = computed(() => {
  const name = order.value?.template ?? view.value?.template;
  const all = choices.value?.templates ?? [];
  const fitting = all.filter(({ products }) => products.includes(order.value?.product ?? ''));
  return fitting.find((candidate) => candidate.name === name) ?? fitting[0];
});

/** Changes the order; an option that is as usual is left out. */
export function change(changes: Partial<WrittenOrder>): void {
  if (!order.value) return;
  const next = { ...order.value, ...changes };
  for (const [name, value] of Object.entries(next)) {
    if (value === undefined || value === '') delete next[name];
  }
  order.value = next as WrittenOrder;
}

/** Fields that must be filled in are filled from the template's sample, so that there is something to see. */
function withSample(given: WrittenOrder, templateName: string | undefined): WrittenOrder {
  const found = choices.value?.templates.find(({ name }) => name === templateName);
  if (!found) return given;
  const known = found.fields.map(({ name }) => name);
  const fields = Object.fromEntries(Object.entries(given.fields).filter(([name]) => known.includes(name)));
  for (const { name, required } of found.fields) {
    if (required && !fields[name]) fields[name] = found.sample[name] ?? '';
  }
  return { ...given, fields };
}

/** The template that the server chooses by itself: the first that reads from the left, else the first. */
const templateFor = (productName: string): string | undefined => {
  const fitting = (choices.value?.templates ?? []).filter(({ products }) => products.includes(productName));
  return (fitting.find(({ binding }) => binding === 'left') ?? fitting[0])?.name;
};

/** The order's pictures and texts on a product; `null` where it has no template. */
export function orderOf(name: string): WrittenOrder | null {
  const next = choices.value?.products.find((candidate) => candidate.name === name);
  if (!next || !order.value) return null;
  const common = Object.entries(order.value).filter(([key]) => key in (choices.value?.options ?? {}));
  const fresh = {
    ...{ ...Object.fromEntries(common), ...next.example, product: name },
    images: order.value.images.slice(0, next.pictures.max),
    fields: order.value.fields,
  };
  return withSample(fresh as WrittenOrder, templateFor(name));
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
  order.value = withSample(
    { ...order.value, template: name || undefined },
    name || templateFor(order.value.product),
  );
}

/** What the page starts with: the order that was given, else the first product with the first picture. */
export async function start(firstPicture: () => Promise<string | undefined>): Promise<void> {
  const found = await getChoices();
  choices.value = found;
  if (found.order) {
    order.value = withSample(found.order, found.order.template ?? templateFor(found.order.product));
    return;
  }
  const image = await firstPicture();
  const first = found.products.find(({ name }) => templateFor(name));
  if (image === undefined || !first) return;
  const fresh = { ...first.example, product: first.name, images: [image], fields: {} };
  order.value = withSample(fresh, templateFor(first.name));
}

/** The order's file or a template changed: what can be chosen is read again, and all is seen anew. */
export async function readAgain(): Promise<void> {
  const before = JSON.stringify(choices.value?.order);
  try {
    const found = await getChoices();
    choices.value = found;
    if (found.order && JSON.stringify(found.order) !== before) order.value = found.order;
  } catch (error) {
    problem.value = asRefused(error);
  }
  revision.value++;
}

/** Goes up where the view changes though the order does not: a crop, a template's file. */
export const revision = signal(0);

export const asRefused = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused({ message: t('lost'), hint: null });

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** Typing is over, ms. */
const LAYOUT_AFTER = 40;
/** Nobody changes anything for a while: time to press, ms. */
const PRESS_AFTER = 300;

let running = new AbortController();

effect(() => {
  const now = order.value;
  void revision.value;
  if (!now) return;
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
      problem.value = asRefused(error);
      isLayingOut.value = false;
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

export const stopMaking = (): void => makingNow?.abort();
