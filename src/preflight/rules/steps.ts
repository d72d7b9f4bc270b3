import type { Mark, Rule } from '../model.ts';
import { error } from './levels.ts';

export const cuttingStep: Rule = {
  id: 'R1001',
  clause: 'GWG 2022 R1001, ISO 19593-1',
  title: 'The cut line is a processing step',
  hint: 'Put the cut line on a layer with the processing step Structural, Cutting (ISO 19593-1).',
  levels: { label: error() },
  check({ report }) {
    let found = false;
    const look = ({ layer }: Mark) => {
      found ||= layer?.step?.group === 'Structural' && layer.step.type === 'Cutting';
    };
    return {
      sees: ['step'],
      path: look,
      image: look,
      text: look,
      shading: look,
      end() {
        if (!found)
          report({ message: 'Nothing stands on a layer for the processing step Structural, Cutting' });
      },
    };
  },
};
