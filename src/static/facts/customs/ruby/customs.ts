import { COMMON, type Customs } from '../customs.ts';
import { foldRuby } from '../../values/ruby-folding.ts';
import { rubyCalls } from './calls.ts';
import { caughtMethod, ownName } from './names.ts';

/** What is special about Ruby. */
export const rubyCustoms: Customs = {
  ...COMMON,
  calls: rubyCalls,
  hasClassScope: true,
  setsByCall: true,
  sendsNames: true,
  startsWithWords: true,
  importsAllNames: true,
  attributeMark: '@',
  isGlobal: (name) => name.startsWith('$'),
  ownName,
  missingMethod: caughtMethod,
  modelName: (name) => name.replace(/^::/, '').replaceAll('::', '.'),
  fold: foldRuby,
};
