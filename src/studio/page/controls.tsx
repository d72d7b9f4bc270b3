import type { BleedFill } from '../../artwork/artwork.ts';
import type { ListedProduct, ShownSlot } from '../protocol.ts';
import { chooseBleedFill, chooseCrop, cropOf } from './crop.tsx';
import { fieldHelp, helpOf, templateTitle } from './declared.ts';
import { Field, Problem } from './field.tsx';
import { AT_THE_PICTURE, type Group, groupsOf } from './groups.ts';
import { labelOf, named, sizeTitle } from './labels.ts';
import { Option } from './option.tsx';
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
import { t } from './words.ts';

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
                {named(title)}
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
            {templates.map((one) => (
              <option key={one.name} value={one.name}>
                {templateTitle(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Pictures onChoose={onChoose} most={own?.pictures.max ?? 1} least={own?.pictures.min ?? 1} />
      <CropPanel />
      <Texts />
      {own && <Settings product={own} printer={now.printer ?? own.options.printer?.default} />}
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
  if (!slot?.movable) return <OrderedCrop />;
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
      <BleedFillChoice slot={slot} />
    </fieldset>
  );
}

/**
 * What the order says of its pictures' crop where none can be taken hold of: a pattern, or an order that cannot be
 * laid out. It can be taken out again.
 */
function OrderedCrop() {
  const now = order.value!;
  const said = AT_THE_PICTURE.filter((name) => now[name] !== undefined);
  if (said.length === 0) return null;
  return (
    <fieldset>
      <legend>{t('crop')}</legend>
      {said.map((name) => (
        <div key={name}>
          <p class="quiet">
            {labelOf(name)}: {labelOf(String(now[name]))}, {t('crop.order')}
            <button
              type="button"
              class="link"
              aria-label={`${labelOf(name)}: ${t('crop.drop')}`}
              onClick={() => {
                // The button goes with what it drops.
                document.querySelector<HTMLElement>('.pictures .picture')?.focus();
                change({ [name]: undefined });
              }}
            >
              {t('crop.drop')}
            </button>
          </p>
          <Problem control={name} />
        </div>
      ))}
    </fieldset>
  );
}

/** How the bleed around a picture is filled, and who said so. */
function BleedFillChoice({ slot }: { slot: ShownSlot }) {
  const facts = choices.value?.options.bleedFill;
  const { bleedFill, bleedFillChosen } = slot;
  return (
    <Field
      label={labelOf('bleedFill')}
      control="bleedFill"
      help={facts && helpOf(facts.description)}
      count={bleedFillChosen && t(`crop.${bleedFillChosen}`)}
    >
      {(id, invalid) => (
        <select
          id={id}
          aria-invalid={invalid}
          aria-describedby={`${id}-help`}
          value={bleedFillChosen ? bleedFill : ''}
          onChange={(event) =>
            void chooseBleedFill(slot, (event.currentTarget.value || null) as BleedFill | null)
          }
        >
          <option value="">{bleedFillChosen ? t('usual') : `${t('usual')}: ${labelOf(bleedFill)}`}</option>
          {facts?.enum?.map((fill) => (
            <option key={fill} value={fill}>
              {labelOf(fill)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Texts() {
  const own = template.value;
  const fields = own?.fields ?? [];
  const now = order.value!;
  return (
    <fieldset>
      <legend>{t('texts')}</legend>
      {fields.length === 0 && <p class="quiet">{t('texts.none')}</p>}
      {fields.map((field) => {
        const { name, required, maxLength, choices: values } = field;
        const value = now.fields[name] ?? '';
        const set = (text: string) => change({ fields: { ...now.fields, [name]: text } });
        return (
          <Field
            key={name}
            label={labelOf(name)}
            isRequired={required}
            control={`fields.${name}`}
            help={fieldHelp(own!, field)}
            count={maxLength === null ? null : `${value.length} / ${maxLength}`}
          >
            {(id, invalid) => {
              const common = {
                ...{ id, value, lang: own!.language, 'aria-invalid': invalid },
                'aria-describedby': `${id}-help`,
              };
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

/** All that is declared of the product and of every order, grouped. */
function Settings({ product: own, printer }: { product: ListedProduct; printer: unknown }) {
  const [first, ...others] = groupsOf({ ...own.options, ...choices.value?.options });
  const fitting = (name: string) =>
    (own.suggestions[name] ?? [])
      .filter((suggestion) => !suggestion.printer || suggestion.printer === printer)
      .map((suggestion) => ({ ...suggestion, title: sizeTitle(suggestion.title) }));
  const controls = ({ options }: Group) =>
    options.map(([name, facts]) => (
      <Option key={`${own.name}.${name}`} name={name} facts={facts} suggestions={fitting(name)} />
    ));
  return (
    <>
      {first && (
        <fieldset>
          <legend>{t('settings')}</legend>
          {controls(first)}
        </fieldset>
      )}
      {others.map((group) => (
        <details key={group.word}>
          <summary>{group.word && t(group.word)}</summary>
          {controls(group)}
        </details>
      ))}
    </>
  );
}
