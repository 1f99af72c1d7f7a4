import { COMMON, type Customs } from '../customs.ts';
import { foldGo } from '../../values/go-folding.ts';
import { goCalls } from './calls.ts';
import { ofType, resultsOf, severalOf } from './types.ts';

/** What is special about Go. */
export const goCustoms: Customs = {
  ...COMMON,
  calls: goCalls,
  setsByCall: true,
  startsWithWords: true,
  importsAllNames: true,
  namesReceiver: true,
  extendsClasses: true,
  fold: foldGo,
  typed: { ofType, resultsOf, severalOf },
};
