import { judge } from './tool.ts';

/** A step of MuPDF's display list. */
export interface TraceStep {
  /** `fill_path`, `fill_text`, `stroke_path`, `fill_image`, `fill_shade`, `begin_group`, … */
  readonly op: string;
  /** `DeviceGray`, `DeviceRGB`, `DeviceCMYK`, a spot's name, …; `null` where the step has no colour. */
  readonly colorspace: string | null;
  /** Components 0…1. */
  readonly color: readonly number[];
}

/** The display list of a PDF as MuPDF prints it. */
export const mutoolTrace = (file: string): Promise<string> => judge('mutool', 'trace', file);

/** The steps of a trace that have a colour space of their own. */
export const colouredSteps = (trace: string): TraceStep[] =>
  [...trace.matchAll(/<(\w+)([^<>]*\scolorspace="[^<>]*)>/g)].map(([, op, attributes]) => ({
    op: op!,
    colorspace: /\scolorspace="([^"]*)"/.exec(attributes!)?.[1] ?? null,
    color: (/\scolor="([^"]*)"/.exec(attributes!)?.[1] ?? '').split(' ').filter(Boolean).map(Number),
  }));
