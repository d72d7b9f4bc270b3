import { t } from './words.ts';

export function Compare() {
  return <p>{t('view.compare')}</p>;
}
