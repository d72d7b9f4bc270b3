import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { onKey } from './keys.ts';
import { asRefused, problem, readAgain, start, theme } from './state.ts';
import { language, t } from './words.ts';

effect(() => {
  document.documentElement.lang = language.value;
  document.title = t('title');
});
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

render(<App />, document.body);
document.addEventListener('keydown', onKey);

start().catch((error: unknown) => {
  problem.value = asRefused(error);
});

new EventSource('/api/events').addEventListener('change', () => void readAgain());
