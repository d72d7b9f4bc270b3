import type { ComponentChildren } from 'preact';
import { errorWords } from './declared.ts';
import { problem } from './state.ts';
import { t } from './words.ts';

interface FieldProps {
  readonly label: string;
  /** What the server calls it when something is wrong with it. */
  readonly control: string;
  readonly help?: string | undefined;
  /** What its number is measured in: `mm`. */
  readonly unit?: string | null;
  readonly isRequired?: boolean;
  /** How long the text is, of how much. */
  readonly count?: string | null;
  /** The control stands before its label. */
  readonly isInline?: boolean;
  children(id: string, invalid: boolean): ComponentChildren;
}

/** A control with its label, what it is for, and what is wrong with it. */
export function Field({
  label,
  unit,
  isRequired = false,
  control,
  help,
  count,
  isInline = false,
  children,
}: FieldProps) {
  const id = `control-${control}`;
  const invalid = problem.value?.control === control;
  return (
    <div class={`field${isInline ? ' inline' : ''}`}>
      <label for={id}>
        <span>
          {label}
          {unit && <span class="unit"> {unit}</span>}
          {isRequired && <span class="unit"> ({t('required')})</span>}
        </span>
        {count && <span class="count">{count}</span>}
      </label>
      {children(id, invalid)}
      {help && (
        <span class="help" id={`${id}-help`}>
          {help}
        </span>
      )}
      <Problem control={control} />
    </div>
  );
}

/** What is wrong with a control, beside it. */
export function Problem({ control }: { readonly control: string }) {
  const found = problem.value;
  if (found?.control !== control) return null;
  const { message, hint } = errorWords(found);
  return (
    <p class="wrong">
      {message} {hint}
    </p>
  );
}
