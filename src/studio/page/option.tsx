import { useSignal } from '@preact/signals';
import type { OptionFacts } from '../../option-facts.ts';
import type { Suggestion } from '../protocol.ts';
import { helpOf } from './declared.ts';
import { Field } from './field.tsx';
import { labelOf, unitOf } from './labels.ts';
import { change, order } from './state.ts';
import { t } from './words.ts';

interface OptionProps {
  readonly name: string;
  readonly facts: OptionFacts;
  /** Values that have a name. */
  readonly suggestions: readonly Suggestion[];
}

/** What stands in a control that is left as it is: the declaration says so in its description. */
function usualOf({ description, default: usual, placeholder }: OptionFacts): string {
  if (usual !== undefined && !Array.isArray(usual)) return String(usual);
  const said = /(?:\(default: |（標準：)([^)）]*)[)）]/.exec(helpOf(description))?.[1];
  if (said) return said;
  return /^(n|name|text|length|mm)$/.test(placeholder ?? '') ? t('usual') : (placeholder ?? '');
}

/** A control for a declared option. */
export function Option({ name, facts, suggestions }: OptionProps) {
  const value = order.value![name];
  const set = (next: unknown) => change({ [name]: next });
  const label = labelOf(name);
  const help = helpOf(facts.description);
  if (facts.type === 'boolean') {
    const isOn = value === undefined ? facts.default === true : value === true;
    return (
      <Field label={label} control={name} help={help} isInline>
        {(id) => (
          <input
            id={id}
            type="checkbox"
            checked={isOn}
            aria-describedby={`${id}-help`}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              set(checked === (facts.default === true) ? undefined : checked);
            }}
          />
        )}
      </Field>
    );
  }
  const unit = unitOf(name, facts.placeholder);
  return (
    <Field label={label} unit={unit} control={name} help={help}>
      {(id, invalid) => {
        const common = { id, 'aria-invalid': invalid, 'aria-describedby': `${id}-help` };
        if (facts.enum) return <Choices common={common} facts={facts} {...{ value, set, suggestions }} />;
        if (facts.type === 'array') return <Lines common={common} facts={facts} {...{ value, set }} />;
        if (suggestions.length > 0) {
          return <Named common={common} facts={facts} {...{ value, set, suggestions }} label={label} />;
        }
        return <Text common={common} facts={facts} {...{ value, set }} />;
      }}
    </Field>
  );
}

interface ControlProps {
  readonly common: { id: string; 'aria-invalid': boolean; 'aria-describedby': string };
  readonly facts: OptionFacts;
  readonly value: unknown;
  set(next: unknown): void;
}

const shown = (value: unknown): string => (value === undefined ? '' : String(value));

function Choices({
  common,
  facts,
  value,
  set,
  suggestions,
}: ControlProps & Pick<OptionProps, 'suggestions'>) {
  const titleOf = (choice: string) =>
    suggestions.find((suggestion) => suggestion.value === choice)?.title ?? labelOf(choice);
  const usual = facts.default === undefined ? t('usual') : titleOf(String(facts.default));
  return (
    <select
      {...common}
      value={value === facts.default ? '' : shown(value)}
      onChange={(event) => set(event.currentTarget.value || undefined)}
    >
      <option value="">{usual}</option>
      {facts.enum
        ?.filter((choice) => choice !== facts.default)
        .map((choice) => (
          <option key={choice} value={choice}>
            {titleOf(choice)}
          </option>
        ))}
    </select>
  );
}

const OWN = ' own';

/** Values that have names, and one of the user's own. */
function Named({
  common,
  facts,
  value,
  set,
  suggestions,
  label,
}: ControlProps & Pick<OptionProps, 'suggestions'> & { label: string }) {
  const isKnown = suggestions.some((suggestion) => suggestion.value === value);
  const isWriting = useSignal(false);
  const isOwn = isWriting.value || (value !== undefined && !isKnown);
  return (
    <>
      <select
        {...common}
        value={isOwn ? OWN : shown(value)}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          isWriting.value = chosen === OWN;
          if (chosen !== OWN) set(chosen || undefined);
        }}
      >
        <option value="">{t('usual')}</option>
        {suggestions.map((suggestion) => (
          <option key={`${suggestion.value}${suggestion.title}`} value={suggestion.value}>
            {suggestion.title}
          </option>
        ))}
        <option value={OWN}>{t('own')}</option>
      </select>
      {isOwn && (
        <Text
          common={{ ...common, id: `${common.id}-own` }}
          facts={facts}
          {...{ value: isKnown ? undefined : value, set }}
          label={`${label}: ${t('own')}`}
        />
      )}
    </>
  );
}

function Text({ common, facts, value, set, label }: ControlProps & { label?: string }) {
  const isNumber = facts.type === 'number' || facts.type === 'integer';
  return (
    <input
      {...common}
      type="text"
      inputMode={isNumber ? 'decimal' : 'text'}
      aria-label={label}
      value={shown(value)}
      placeholder={label === undefined ? usualOf(facts) : '148x210'}
      onChange={(event) => {
        const text = event.currentTarget.value.trim();
        // What is no number is sent as it is: the server says what it wants.
        set(isNumber && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text);
      }}
    />
  );
}

function Lines({ common, facts, value, set }: ControlProps) {
  return (
    <textarea
      {...common}
      rows={2}
      value={Array.isArray(value) ? value.join('\n') : ''}
      placeholder={`${facts.placeholder ?? ''} (${t('each.line')})`}
      onChange={(event) => {
        const given = event.currentTarget.value.split('\n').filter((line) => line.trim() !== '');
        set(given.length > 0 ? given : undefined);
      }}
    />
  );
}
