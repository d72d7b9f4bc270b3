import type { OptionFacts } from '../../option-facts.ts';
import type { ListedProduct } from '../protocol.ts';
import { chooseCrop, cropOf } from './crop.tsx';
import { Field, Problem } from './field.tsx';
import {
  change,
  choices,
  chooseProduct,
  chooseTemplate,
  chosenSlot,
  order,
  product,
  template,
  view,
} from './state.ts';
import { labelOf, t } from './words.ts';

/** Options that are set by hand on the product itself. */
const BY_HAND = ['focal', 'zoom'];

export function Controls({ onChoose }: { onChoose(at: number): void }) {
  const all = choices.value?.products ?? [];
  const own = product.value;
  const now = order.value!;
  const templates = (choices.value?.templates ?? []).filter(({ products }) => products.includes(now.product));
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <Field label={t('product')} control="product">
        {(id) => (
          <select id={id} value={now.product} onChange={(event) => chooseProduct(event.currentTarget.value)}>
            {all.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('template')} control="template">
        {(id) => (
          <select
            id={id}
            value={now.template ?? ''}
            onChange={(event) => chooseTemplate(event.currentTarget.value)}
          >
            <option value="">{t('template.usual')}</option>
            {templates.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Pictures onChoose={onChoose} most={own?.pictures.max ?? 1} least={own?.pictures.min ?? 1} />
      <CropPanel />
      <Texts />
      <fieldset>
        <legend>{t('settings')}</legend>
        {own && <Options facts={own.options} suggestions={own.suggestions} />}
      </fieldset>
      <details>
        <summary>{t('more')}</summary>
        <Options facts={choices.value?.options ?? {}} suggestions={{}} />
      </details>
    </form>
  );
}

function Pictures({ onChoose, most, least }: { onChoose(at: number): void; most: number; least: number }) {
  const { images } = order.value!;
  return (
    <fieldset>
      <legend>{most > 1 ? t('pictures') : t('picture')}</legend>
      <ul class="pictures">
        {images.map((id, at) => (
          <li key={`${id}${at}`}>
            <button
              type="button"
              class="picture"
              aria-label={`${t('picture.change')}: ${id}`}
              onClick={() => onChoose(at)}
            >
              <img src={`/api/thumbnails/${id}`} alt="" />
              <span>{id}</span>
            </button>
            {images.length > Math.max(1, least) && (
              <button
                type="button"
                class="plain remove"
                aria-label={`${t('picture.remove')}: ${id}`}
                onClick={() => change({ images: images.filter((_, i) => i !== at) })}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {images.length < most && (
        <button type="button" class="second" onClick={() => onChoose(images.length)}>
          {t('picture.add')}
        </button>
      )}
      <Problem control="images" />
    </fieldset>
  );
}

function CropPanel() {
  const slots = view.value?.slots ?? [];
  const at = chosenSlot.value ?? slots.findIndex(({ movable }) => movable);
  const slot = slots[at];
  if (!slot?.movable) return null;
  const who = slot.chosen === null ? 'crop.found' : (`crop.${slot.chosen}` as const);
  return (
    <fieldset>
      <legend>{t('crop')}</legend>
      <Field label={`${t('crop.zoom')} · ${slot.slot}`} control="zoom">
        {(id) => (
          <input
            id={id}
            type="range"
            min={1}
            max={4}
            step={0.01}
            value={Math.min(4, slot.zoom)}
            onChange={(event) =>
              void chooseCrop(slot, { ...cropOf(slot), zoom: Number(event.currentTarget.value) })
            }
          />
        )}
      </Field>
      <p class="quiet">
        {Math.round(slot.ppi)} ppi, {t(who)}
        {slot.chosen && (
          <button type="button" class="link" onClick={() => void chooseCrop(slot, null)}>
            {t('crop.reset')}
          </button>
        )}
      </p>
    </fieldset>
  );
}

function Texts() {
  const fields = template.value?.fields ?? [];
  const now = order.value!;
  return (
    <fieldset lang={template.value?.language}>
      <legend>{t('texts')}</legend>
      {fields.length === 0 && <p class="quiet">{t('texts.none')}</p>}
      {fields.map(({ name, description, required, maxLength, choices: values }) => {
        const value = now.fields[name] ?? '';
        const set = (text: string) => change({ fields: { ...now.fields, [name]: text } });
        const label = required ? `${labelOf(name)} (${t('required')})` : labelOf(name);
        return (
          <Field
            key={name}
            label={label}
            control={`fields.${name}`}
            help={description}
            count={maxLength === null ? null : `${value.length} / ${maxLength}`}
          >
            {(id, invalid) => {
              const common = { id, value, 'aria-invalid': invalid, 'aria-describedby': `${id}-help` };
              if (values) {
                return (
                  <select {...common} onChange={(event) => set(event.currentTarget.value)}>
                    {!required && <option value="" />}
                    {values.map((choice) => (
                      <option key={choice}>{choice}</option>
                    ))}
                  </select>
                );
              }
              return (maxLength ?? 0) > 200 || value.includes('\n') ? (
                <textarea {...common} rows={6} onInput={(event) => set(event.currentTarget.value)} />
              ) : (
                <input {...common} type="text" onInput={(event) => set(event.currentTarget.value)} />
              );
            }}
          </Field>
        );
      })}
    </fieldset>
  );
}

interface OptionsProps {
  readonly facts: Readonly<Record<string, OptionFacts>>;
  readonly suggestions: ListedProduct['suggestions'];
}

/** A control for each declared option. */
function Options({ facts, suggestions }: OptionsProps) {
  return (
    <>
      {Object.entries(facts)
        .filter(([name]) => !BY_HAND.includes(name))
        .map(([name, own]) => (
          <Option key={name} name={name} facts={own} suggestions={suggestions[name] ?? []} />
        ))}
    </>
  );
}

interface OptionProps {
  readonly name: string;
  readonly facts: OptionFacts;
  readonly suggestions: ListedProduct['suggestions'][string];
}

function Option({ name, facts, suggestions }: OptionProps) {
  const now = order.value!;
  const value = now[name];
  const set = (next: unknown) => change({ [name]: next });
  const printer = now.printer ?? product.value?.options.printer?.default;
  const fitting = suggestions.filter((suggestion) => !suggestion.printer || suggestion.printer === printer);
  if (facts.type === 'boolean') {
    return (
      <Field label={labelOf(name)} control={name} help={facts.description} isInline>
        {(id) => (
          <input
            id={id}
            type="checkbox"
            checked={value === true}
            onChange={(event) => set(event.currentTarget.checked || undefined)}
          />
        )}
      </Field>
    );
  }
  const usual = facts.default === undefined ? t('usual') : `${String(facts.default)} (${t('usual')})`;
  return (
    <Field label={labelOf(name)} control={name} help={facts.description}>
      {(id, invalid) => {
        const common = { id, 'aria-invalid': invalid, 'aria-describedby': `${id}-help` };
        if (facts.enum) {
          return (
            <select
              {...common}
              value={value === undefined ? '' : String(value)}
              onChange={(event) => set(event.currentTarget.value || undefined)}
            >
              <option value="">{usual}</option>
              {facts.enum
                .filter((choice) => choice !== facts.default)
                .map((choice) => (
                  <option key={choice}>{choice}</option>
                ))}
            </select>
          );
        }
        if (facts.type === 'array') {
          const lines = Array.isArray(value) ? value.join('\n') : '';
          return (
            <textarea
              {...common}
              rows={2}
              value={lines}
              placeholder={`${facts.placeholder ?? ''} (${t('each.line')})`}
              onChange={(event) => {
                const given = event.currentTarget.value.split('\n').filter((line) => line.trim() !== '');
                set(given.length > 0 ? given : undefined);
              }}
            />
          );
        }
        const isNumber = facts.type === 'number' || facts.type === 'integer';
        return (
          <>
            <input
              {...common}
              type="text"
              inputMode={isNumber ? 'decimal' : 'text'}
              value={value === undefined ? '' : String(value)}
              placeholder={facts.placeholder ?? ''}
              list={fitting.length > 0 ? `${id}-list` : undefined}
              onChange={(event) => {
                const text = event.currentTarget.value.trim();
                // What is no number is sent as it is: the server says what it wants.
                set(isNumber && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text);
              }}
            />
            {fitting.length > 0 && (
              <datalist id={`${id}-list`}>
                {fitting.map(({ value: choice, title }) => (
                  <option key={`${choice}${title}`} value={choice}>
                    {title}
                  </option>
                ))}
              </datalist>
            )}
          </>
        );
      }}
    </Field>
  );
}
