import type { ComponentChildren } from 'preact';
import { problem } from './state.ts';

interface FieldProps {
  readonly label: string;
  /** What the server calls it when something is wrong with it. */
  readonly control: string;
  readonly help?: string;
  /** How long the text is, of how much. */
  readonly count?: string | null;
  /** The control stands before its label. */
  readonly isInline?: boolean;
  children(id: string, invalid: boolean): ComponentChildren;
}

/** A control with its label, what it is for, and what is wrong with it. */
export function Field({ label, control, help, count, isInline = false, children }: FieldProps) {
  const id = `control-${control}`;
  const invalid = problem.value?.control === control;
  return (
    <div class={`field${isInline ? ' inline' : ''}`} title={help}>
      <label for={id}>
        {label}
        {count && <span class="count">{count}</span>}
      </label>
      {children(id, invalid)}
      <span class="unseen" id={`${id}-help`}>
        {help}
      </span>
      <Problem control={control} />
    </div>
  );
}

/** What is wrong with a control, beside it. */
export function Problem({ control }: { readonly control: string }) {
  const found = problem.value;
  if (found?.control !== control) return null;
  return (
    <p class="wrong">
      {found.message} {found.hint}
    </p>
  );
}
